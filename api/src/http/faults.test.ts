import { orderOf } from '@penstock/platform/testing/drain-rows';
import { loadTopology } from '@penstock/platform/topology';
import { describe, expect, it } from 'vitest';
import { makeAdminRoom } from '#testing/admin-room';
import type { CallParts } from '#testing/events';
import { failing, failingRead, faultsOfAPart } from '#testing/faults';
import { basketId, key, makeShopRoom, orderBody } from '#testing/shop-room';

const topology = loadTopology(new URL('../../../topology.json', import.meta.url));
const routesOf = (api: 'shop' | 'admin') => topology.routes[api].map(({ method, path }) => `${method} ${path}`);

const orderId = '0123456789abcdefghjkmnpqrs';
const product = { id: 'assam-second-flush' };
const keyed = { 'Idempotency-Key': key };
const basket = { id: basketId };
const line = { ...basket, productId: product.id };
const reason = 'because of this';

/** A call of every route that its own checks let through. */
const calls: Readonly<Record<string, CallParts>> = {
  'GET /api/products/{id}': { parameters: product },
  'GET /api/baskets/{id}': { parameters: basket },
  'DELETE /api/baskets/{id}': { parameters: basket },
  'PUT /api/baskets/{id}/lines/{productId}': { parameters: line, body: { quantity: 1 } },
  'DELETE /api/baskets/{id}/lines/{productId}': { parameters: line },
  'POST /api/orders': { headers: keyed, body: orderBody() },
  'GET /api/orders/{id}': { parameters: { id: orderId } },
  'POST /api/orders/{id}/cancellation': { parameters: { id: orderId } },
  'POST /products': {
    body: { name: 'Assam', category: 'tea', price: { amountMinor: 1, currency: 'GBP' } },
  },
  'GET /products/{id}': { parameters: product },
  'PUT /products/{id}': { parameters: product, body: { version: 1 } },
  'DELETE /products/{id}': { parameters: product },
  'GET /orders/{id}': { parameters: { id: orderId } },
  'PUT /orders/{id}': { parameters: { id: orderId }, body: { status: 'packed' } },
  'GET /baskets/{id}': { parameters: basket },
  'DELETE /baskets/{id}': { parameters: basket },
  'POST /uploads': { body: { contentType: 'image/png', size: 10 } },
  'POST /uploads/{id}/complete': { parameters: { id: '00000000-0000-4000-8000-000000000001' }, body: {} },
  'GET /dead-letters/{id}': { parameters: { id: orderId } },
  'POST /dead-letters/redrive': { body: { all: true, reason } },
  'POST /dead-letters/discard': { body: { ids: [orderId], reason } },
  'PUT /operations/capacity': { body: { table: 'orders', writePerSecond: 5 } },
  'PUT /operations/switches': { body: { ordersPaused: true } },
};

/** Routes that need no table: the accept path (A1 to A3), a new basket, health. */
const needNone: Readonly<Record<string, number>> = {
  'GET /api/health': 200,
  'POST /api/baskets': 201,
  'DELETE /api/baskets/{id}': 202,
  'PUT /api/baskets/{id}/lines/{productId}': 202,
  'DELETE /api/baskets/{id}/lines/{productId}': 202,
  'POST /api/orders': 202,
};

const shopOn = async (error: unknown) => {
  const parts = {
    catalogue: { snapshot: failing<never>(error), products: failing<never>(error) },
    baskets: { baskets: failingRead(error), snapshot: failing<never>(error) },
    orders: { orders: failing<never>(error), letters: failing<never>(error) },
  };
  const sent = await makeShopRoom().call('POST /api/orders', { headers: keyed, body: orderBody() });
  const receipt = { 'Order-Receipt': sent.body.receipt };
  const parameters = { id: sent.body.id };
  const room = makeShopRoom(parts);
  return {
    lines: room.lines,
    call: (route: string) =>
      room.call(route, route.includes('/orders/{id}') ? { parameters, headers: receipt } : (calls[route] ?? {})),
  };
};

const officeOn = (error: unknown) => {
  const snapshot = failing<never>(error);
  const room = makeAdminRoom({
    products: { snapshot, products: failing(error) },
    orders: { orders: failing(error), pending: failing(error), letters: failing(error) },
    baskets: { baskets: failingRead(error), lists: failing(error), snapshot },
    uploads: { images: failing(error) },
    operations: { operations: failing(error), lever: failing(error), switches: failing(error) },
    deadLetters: { desk: failing(error) },
    activity: { activity: failing(error) },
  });
  return { lines: room.lines, call: (route: string) => room.call(route, calls[route] ?? {}) };
};

describe.each(faultsOfAPart)('when a part is gone (%s)', (_what, error) => {
  it.each(routesOf('shop'))('the shop answers %s without a fault of ours', async (route) => {
    const { call } = await shopOn(error);
    const answer = await call(route);
    const expected = needNone[route];
    if (expected !== undefined) expect(answer.status).toBe(expected);
    else expect(answer).toMatchObject(storeBusy);
  });

  it.each(routesOf('admin'))('the back office answers %s with store-busy', async (route) => {
    expect(await officeOn(error).call(route)).toMatchObject(storeBusy);
  });
});

const storeBusy = {
  status: 503,
  headers: { 'retry-after': '1' },
  body: {
    code: 'store-busy',
    retryAfterSeconds: 1,
    detail: expect.stringContaining('Nothing that was accepted is lost'),
  },
};

describe('the log', () => {
  it('says a fault of a part once, as a warning, under the id of the call', async () => {
    const { call, lines } = officeOn(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
    const answer = await call('GET /orders');
    const own = lines.filter((line) => line.includes(answer.body.correlationId)).map((line) => JSON.parse(line));
    expect(own.map(({ level, event }) => [level, event])).toEqual([
      ['warn', 'part-fault'],
      ['info', 'request'],
    ]);
  });

  it('bears one id of a failed call: in the answer, in the line of the call, and in what the route logged', async () => {
    const queue = { sendMove: () => Promise.reject(new Error('away')) };
    const room = makeAdminRoom({ orders: { queue } });
    room.putOrder(orderOf({ id: orderId }));
    const answer = await room.call('PUT /orders/{id}', calls['PUT /orders/{id}']);
    const ids = room.lines.map((line) => JSON.parse(line).correlationId);
    expect(ids).toEqual(Array(ids.length).fill(answer.headers['x-correlation-id']));
    expect(room.lines.join()).toMatch(/send-failed.*request/);
  });

  it('calls an operator for what stays until somebody acts', async () => {
    const { call, lines } = officeOn(Object.assign(new Error('no grant'), { name: 'AccessDeniedException' }));
    await call('GET /orders');
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ level: 'error', event: 'part-refuses' }),
    );
  });
});

describe('a fault of ours', () => {
  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['a text of ours that is no JSON', new SyntaxError('Unexpected token')],
    ['a call that no table takes', Object.assign(new Error('x'), { name: 'ValidationException' })],
  ])('stays a 500 without detail: %s', async (_what, error) => {
    const { call, lines } = officeOn(error);
    const answer = await call('GET /orders');
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(answer.body)).not.toContain(error.message);
    expect(lines.some((line) => line.includes('request-failed'))).toBe(true);
  });
});
