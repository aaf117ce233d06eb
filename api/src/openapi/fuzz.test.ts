import { letterItemOf } from '@penstock/platform/testing/dead-letter-desk-contract-suite';
import { basketOf, offerOf, orderOf } from '@penstock/platform/testing/drain-rows';
import { loadTopology } from '@penstock/platform/topology';
import { describe, expect, it } from 'vitest';
import { makeDocument } from '#openapi/document';
import { makeAdminRoom } from '#testing/admin-room';
import { differencesOf, type Operation } from '#testing/fuzz-operation';
import { png } from '#testing/pictures';
import { basketId, makeShopRoom } from '#testing/shop-room';
import { snapshotProduct } from '#testing/snapshot-product';
import type { JsonSchema, Schemas } from '#testing/valid-values';

const topology = loadTopology(new URL('../../../topology.json', import.meta.url));
const document = makeDocument(topology);
const schemas = document.components?.schemas as unknown as Schemas;
const productId = 'assam-second-flush';
const orderId = '0123456789abcdefghjkmnpqrs';
const letterId = 'letter-1';
const uploadId = '00000000-0000-4000-8000-000000000001';

const shopCall = async (route: string) => {
  const room = makeShopRoom({
    catalogue: {
      products: {
        read: async (id) => (id === productId ? { offer: offerOf(), details: undefined } : undefined),
        readStock: async () => new Map(),
      },
    },
  });
  room.products.push(snapshotProduct());
  room.put(orderOf({ id: orderId }));
  const sent = await room.call('POST /api/orders', {
    headers: { 'Idempotency-Key': 'a-key-of-this-checkout' },
    body: {
      basketId,
      lines: [{ productId, quantity: 1, unitPrice: { amountMinor: 1, currency: 'GBP' } }],
      contact: { name: 'Ada', email: 'ada@example.com' },
      address: { line1: '1 High Street', city: 'Leeds', postcode: 'LS1 1AA', country: 'GB' },
    },
  });
  const id: string = sent.body.id;
  room.put(orderOf({ id, bodyHash: room.sent.orders[0]?.bodyHash ?? '' }));
  const known = {
    id: route.includes('orders') ? [id] : route.includes('baskets') ? [basketId] : [productId],
    productId: [productId],
  };
  const call: typeof room.call = (name, parts = {}) => {
    // A receipt cannot be made up from the document; the text of the header is tried without one elsewhere.
    const isOurs = parts.parameters?.id === id && parts.headers?.['Order-Receipt'] !== undefined;
    const headers = { ...parts.headers, ...(isOurs ? { 'Order-Receipt': String(sent.body.receipt) } : {}) };
    return room.call(name, { ...parts, headers });
  };
  return { call, known };
};

const adminCall = (route: string) => {
  const room = makeAdminRoom();
  const renew = () => {
    room.putOffer(offerOf({ id: productId, version: 1 }));
    room.putOrder(orderOf({ id: orderId }));
    room.putBasket(basketOf({ id: basketId }));
    room.desk.letters.set(letterId, letterItemOf({ id: letterId }));
    room.incoming.set(uploadId, png(10, 10));
    room.waiting.clear();
  };
  const known: Readonly<Record<string, string>> = {
    products: productId,
    orders: orderId,
    baskets: basketId,
    'dead-letters': letterId,
    uploads: uploadId,
  };
  const call: typeof room.call = (name, parts) => {
    renew();
    // A version cannot be made up from the document: whoever edits has read one.
    const body = String(parts?.body).replace(/"version":[1-9]\d{0,14}(?=[,}])/, '"version":1');
    return room.call(name, parts?.body === undefined ? parts : { ...parts, body });
  };
  const id = known[route.split('/')[1] ?? ''];
  const ids: Readonly<Record<string, readonly string[]>> = id === undefined ? {} : { id: [id] };
  return { call, known: ids };
};

const operationOf = (route: string): Operation => {
  const [method = '', path = ''] = route.split(' ');
  const item = document.paths?.[path] as Readonly<Record<string, unknown>> | undefined;
  return item?.[method.toLowerCase()] as Operation;
};

const fuzz = async (api: 'shop' | 'admin', route: string, told: { operation?: Operation; schemas?: Schemas } = {}) => {
  const { call, known } = api === 'shop' ? await shopCall(route) : adminCall(route);
  return differencesOf({
    operation: told.operation ?? operationOf(route),
    schemas: told.schemas ?? schemas,
    call: (parts) => call(route, parts),
    known,
    seed: 7,
    runs: 25,
  });
};

const routes = (['shop', 'admin'] as const).flatMap((api) =>
  topology.routes[api].map(({ method, path }) => ({ api, route: `${method} ${path}` })),
);

describe('the document is the truth', () => {
  it.each(routes)('of $api $route', async ({ api, route }) => {
    expect(await fuzz(api, route)).toEqual([]);
  });
});

describe('a difference that is planted is found', () => {
  const changed = (name: string, change: (schema: JsonSchema) => JsonSchema): { schemas: Schemas } => ({
    schemas: { ...schemas, [name]: change(schemas[name] ?? {}) },
  });
  const member = (schema: JsonSchema, name: string, own: JsonSchema): JsonSchema => ({
    ...schema,
    properties: { ...schema.properties, [name]: own },
  });

  it.each([
    [
      'a maximum that is too high',
      'shop',
      'PUT /api/baskets/{id}/lines/{productId}',
      changed('SetLine', (s) => member(s, 'quantity', { type: 'integer', minimum: 100, maximum: 120 })),
    ],
    [
      'a maximum that is too low',
      'shop',
      'PUT /api/baskets/{id}/lines/{productId}',
      changed('SetLine', (s) => member(s, 'quantity', { type: 'integer', minimum: 0, maximum: 50 })),
    ],
    [
      'a member that is needed',
      'admin',
      'POST /products',
      changed('CreateProduct', (s) => ({ ...s, required: [...(s.required ?? []), 'description'] })),
    ],
    [
      'a member that is not needed',
      'admin',
      'POST /uploads',
      changed('RequestUpload', (s) => ({ ...s, required: [] })),
    ],
    [
      'any currency',
      'shop',
      'POST /api/orders',
      changed('Price', (s) => member(s, 'currency', { type: 'string', pattern: '^[A-Z]{3}$' })),
    ],
    [
      'members of any name',
      'admin',
      'PUT /products/{id}',
      changed('EditProduct', (s) => ({
        ...s,
        required: ['version', 'colour'],
        properties: { ...s.properties, colour: { type: 'string' } },
      })),
    ],
  ] as const)('%s', async (_what, api, route, told) => {
    expect(await fuzz(api, route, told)).not.toEqual([]);
  });

  it('a parameter that there is not', async () => {
    const operation = operationOf('GET /orders');
    const colour = { in: 'query', name: 'colour', required: true, schema: { type: 'string' } };
    const told = { operation: { ...operation, parameters: [...operation.parameters, colour] } };
    expect(await fuzz('admin', 'GET /orders', told)).not.toEqual([]);
  });
});
