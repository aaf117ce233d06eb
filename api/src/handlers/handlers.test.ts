import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadTopology } from '@penstock/platform/topology';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { adminActivityRoutes } from '#flows/admin-activity';
import { adminBasketsRoutes } from '#flows/admin-baskets';
import { adminDeadLettersRoutes } from '#flows/admin-dead-letters';
import { adminOperationsRoutes } from '#flows/admin-operations';
import { adminOrdersRoutes } from '#flows/admin-orders';
import { adminProductsRoutes } from '#flows/admin-products';
import { adminUploadsRoutes } from '#flows/admin-uploads';
import { shopBasketsRoutes } from '#flows/shop-baskets';
import { shopCatalogueRoutes } from '#flows/shop-catalogue';
import { shopOrdersRoutes } from '#flows/shop-orders';
import { checkAnswer } from '#testing/check-answer';
import { adminEvent, shopEvent } from '#testing/events';

const topology = loadTopology(new URL('../../../topology.json', import.meta.url));
/** Routes are made without a call, so no collaborator is touched. */
const without = {} as never;
const routesOf = {
  'shop-catalogue': shopCatalogueRoutes(without),
  'shop-baskets': shopBasketsRoutes(without),
  'shop-orders': shopOrdersRoutes(without),
  'admin-products': adminProductsRoutes(without),
  'admin-orders': adminOrdersRoutes(without),
  'admin-baskets': adminBasketsRoutes(without),
  'admin-uploads': adminUploadsRoutes(without),
  'admin-operations': adminOperationsRoutes(without),
  'admin-dead-letters': { ...adminDeadLettersRoutes(without), ...adminActivityRoutes(without) },
};
const all = [...topology.routes.shop, ...topology.routes.admin];

describe('the functions of both APIs', () => {
  it.each(Object.entries(routesOf))('%s answers exactly the routes that the topology gives it', (name, routes) => {
    const wanted = all.filter((route) => route.function === name).map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(routes).sort()).toEqual(wanted.sort());
  });

  it('has no route of another function', () => {
    expect([...new Set(all.map((route) => route.function))].sort()).toEqual(Object.keys(routesOf).sort());
  });
});

describe('the handlers as they are deployed', () => {
  let parameters: Server;
  beforeAll(async () => {
    parameters = createServer((_request, response) => {
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ Parameter: { Value: '{"current":"the-secret-of-the-edge"}' } }));
    });
    await new Promise<void>((resolve) => {
      parameters.listen(0, '127.0.0.1', resolve);
    });
    const { port } = parameters.address() as AddressInfo;
    const environment = {
      ENVIRONMENT: 'local',
      QUEUE_URL_BASE: 'http://127.0.0.1:9/000000000000/',
      IMAGES_BUCKET: 'images',
      SECRET_PREFIX: '/penstock/local/',
      CURRENCY: 'GBP',
      STAFF_NETWORKS: '127.0.0.1/32',
      ADMIN_ORIGINS: 'http://127.0.0.1:4101',
      SHOP_ORIGINS: 'http://127.0.0.1:4100',
      LOG_LEVEL: 'error',
      AWS_REGION: 'eu-west-2',
      AWS_ACCESS_KEY_ID: 'shop',
      AWS_SECRET_ACCESS_KEY: 'shop',
      AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${port}`,
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await new Promise((resolve) => parameters.close(resolve));
  });

  it.each([
    ['admin-products', () => import('#handlers/admin-products')],
    ['admin-orders', () => import('#handlers/admin-orders')],
    ['admin-baskets', () => import('#handlers/admin-baskets')],
    ['admin-uploads', () => import('#handlers/admin-uploads')],
    ['admin-dead-letters', () => import('#handlers/admin-dead-letters')],
  ])('%s refuses a foreign network on every route', async (name, load) => {
    const { handler } = await load();
    for (const { method, path } of all.filter((route) => route.function === name)) {
      const route = `${method} ${path}`;
      const answer = await handler(adminEvent(route, { sourceIp: '203.0.113.7' }));
      checkAnswer('admin', route, answer);
      expect(answer.statusCode).toBe(403);
    }
  });

  it.each([
    ['shop-catalogue', () => import('#handlers/shop-catalogue')],
    ['shop-baskets', () => import('#handlers/shop-baskets')],
    ['shop-orders', () => import('#handlers/shop-orders')],
  ])('%s refuses whoever does not come by the edge, on every route', async (name, load) => {
    const { handler } = await load();
    for (const { method, path } of all.filter((route) => route.function === name)) {
      const route = `${method} ${path}`;
      const answer = await handler(shopEvent(route, { headers: { 'x-origin-secret': 'guessed' } }));
      checkAnswer('shop', route, answer);
      expect(answer.statusCode).toBe(403);
    }
  });

  it('a shop handler answers whoever comes by the edge', async () => {
    const { handler } = await import('#handlers/shop-catalogue');
    const event = shopEvent('GET /api/health', { headers: { 'x-origin-secret': 'the-secret-of-the-edge' } });
    expect((await handler(event)).statusCode).toBe(200);
  });
});
