import { itemSchemaNumber } from '@penstock/domain/items';
import { makeDynamoDbActivityReader } from '@penstock/platform/activity-log';
import { makeDynamoDbBasketLists } from '@penstock/platform/basket-lists';
import { makeDynamoDbBasketStore } from '@penstock/platform/basket-store';
import { makeDynamoDbDeadLetterDesk } from '@penstock/platform/dead-letter-desk';
import { makeLogger } from '@penstock/platform/logger';
import { makeDynamoDbOrderReader } from '@penstock/platform/order-reader';
import { makeDynamoDbProductStore } from '@penstock/platform/product-store';
import { letterItemOf } from '@penstock/platform/testing/dead-letter-desk-contract-suite';
import { basketOf, offerOf, orderOf } from '@penstock/platform/testing/drain-rows';
import { describe, expect, it } from 'vitest';
import { makeAdminRoom } from '#testing/admin-room';
import { makeShopRoom } from '#testing/shop-room';
import { snapshotProduct } from '#testing/snapshot-product';

type Row = Record<string, unknown>;
const damages = [
  ['of a newer release', { schema: itemSchemaNumber + 2 }],
  ['damaged', { schema: 'x' }],
] as const;

const ids = {
  order: ['0123456789abcdefghjkmnpqrs', 'z123456789abcdefghjkmnpqrs'],
  basket: ['a', 'b'].map((x) => x.repeat(22)),
};
const act = (sk: string): Row => ({
  pk: 'move#1',
  sk,
  schema: itemSchemaNumber,
  kind: 'move',
  orderId: ids.order[0],
  moveId: sk,
  status: 'packed',
  by: 'staff',
  outcome: 'applied',
  staffName: 'Ada',
  correlationId: 'c',
  lastSeenAt: '2025-11-23T10:00:00.000Z',
});

/** Two rows of each kind, of which the second cannot be read. */
const rowsOf = (damage: Row): Readonly<Record<string, readonly Row[]>> => ({
  orders: ids.order.map((id, index) => ({ ...orderOf({ id }), recentShard: '0', ...(index === 1 ? damage : {}) })),
  baskets: ids.basket.map((id, index) => ({ ...basketOf({ id }), touchedShard: '0', ...(index === 1 ? damage : {}) })),
  products: ['assam-one', 'assam-two'].map((id, index) => ({ ...offerOf({ id }), ...(index === 1 ? damage : {}) })),
  operations: [
    ...['one', 'two'].map((id, index) => ({
      ...letterItemOf(),
      id,
      pk: `dead-letter#${id}`,
      ...(index === 1 ? damage : {}),
    })),
    act('m1'),
    { ...act('m2'), ...damage },
  ],
});

/** As much of a table as these readers ask of it. */
const tableOf = (tables: Readonly<Record<string, readonly Row[]>>) => ({
  send: async ({
    constructor: { name },
    input,
  }: {
    readonly constructor: { readonly name: string };
    readonly input: Row;
  }) => {
    const matching = (table: string, key: Row) =>
      (tables[table] ?? []).filter((row) => Object.entries(key).every(([field, value]) => row[field] === value));
    if (name === 'TransactWriteCommand') return {};
    if (name === 'GetCommand') return { Item: matching(String(input.TableName), input.Key as Row)[0] };
    if (name === 'BatchGetCommand')
      return {
        Responses: Object.fromEntries(
          Object.entries(input.RequestItems as Record<string, { Keys: Row[] }>).map(([table, { Keys }]) => [
            table,
            Keys.flatMap((key) => matching(table, key)),
          ]),
        ),
      };
    const [, field = '', value = ''] = /^(\S+) = (\S+)/.exec(String(input.KeyConditionExpression)) ?? [];
    const names = (input.ExpressionAttributeNames ?? {}) as Record<string, string>;
    const wanted = (input.ExpressionAttributeValues as Row)[value];
    return { Items: matching(String(input.TableName), { [names[field] ?? field]: wanted }) };
  },
});

const rooms = (damage: Row) => {
  const lines: string[] = [];
  const logger = makeLogger({ functionName: 'api', level: 'error', now: () => 0, write: (line) => lines.push(line) });
  const deps = {
    db: tableOf(rowsOf(damage)) as never,
    settings: { tableName: (table: string) => table },
    logger,
    random: () => 0,
    now: () => 0,
  };
  const products = makeDynamoDbProductStore(deps);
  const orders = makeDynamoDbOrderReader(deps);
  const baskets = makeDynamoDbBasketStore(deps);
  const listed = ['assam-one', 'assam-two'].map((id) => snapshotProduct({ id }));
  const snapshot = { read: async () => ({ rev: 1, products: listed }), isCurrent: () => true };
  const admin = makeAdminRoom({
    products: { products, snapshot },
    orders: { orders },
    baskets: { baskets, lists: makeDynamoDbBasketLists(deps) },
    deadLetters: { desk: makeDynamoDbDeadLetterDesk(deps) },
    activity: { activity: makeDynamoDbActivityReader(deps) },
  });
  const shop = makeShopRoom({ catalogue: { products, snapshot }, baskets: { baskets }, orders: { orders } });
  return { admin, shop, lines };
};

describe.each(damages)('a row that is %s', (_what, damage) => {
  it.each(['GET /products', 'GET /orders', 'GET /baskets', 'GET /dead-letters', 'GET /activity'])(
    '[A6] is left out of %s, counted and logged once',
    async (route) => {
      const { admin, lines } = rooms(damage);
      const kind = route === 'GET /activity' ? 'filter={"kind":"move"}' : '';
      const answer = await admin.call(route, { query: kind });
      expect(answer).toMatchObject({ status: 200, body: [expect.anything()] });
      expect(answer.headers['x-total-count']).toBe('2');
      await admin.call(route, { query: kind });
      expect(lines.filter((line) => line.includes('row-unreadable'))).toHaveLength(1);
    },
  );

  it.each([
    ['GET /products', ['assam-one', 'assam-two']],
    ['GET /orders', ids.order],
    ['GET /baskets', ids.basket],
    ['GET /dead-letters', ['one', 'two']],
    ['GET /activity', ['m1', 'm2'].map((sk) => Buffer.from(JSON.stringify(['move#1', sk])).toString('base64url'))],
  ])('[A6] is left out of %s by ids', async (route, named) => {
    const { admin } = rooms(damage);
    const answer = await admin.call(route, { query: `filter=${encodeURIComponent(JSON.stringify({ id: named }))}` });
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(1);
  });

  it.each([
    ['GET /products/{id}', 'assam-two'],
    ['PUT /products/{id}', 'assam-two'],
    ['DELETE /products/{id}', 'assam-two'],
    ['GET /orders/{id}', ids.order[1] ?? ''],
    ['PUT /orders/{id}', ids.order[1] ?? ''],
    ['GET /baskets/{id}', ids.basket[1] ?? ''],
    ['DELETE /baskets/{id}', ids.basket[1] ?? ''],
    ['GET /dead-letters/{id}', 'two'],
  ])('[A6] answers %s with store-busy: it is not gone, and not ours to overwrite', async (route, id) => {
    const bodies: Readonly<Record<string, object>> = {
      'PUT /products/{id}': { version: 1 },
      'PUT /orders/{id}': { status: 'packed' },
    };
    const { admin } = rooms(damage);
    const answer = await admin.call(route, { parameters: { id }, ...(bodies[route] ? { body: bodies[route] } : {}) });
    expect(answer).toMatchObject({ status: 503, body: { code: 'store-busy' } });
    expect(answer.headers['retry-after']).toBe('30');
  });

  it('[A6] is never redriven: by name it is told, of all it is left alone', async () => {
    const { admin } = rooms(damage);
    const redrive = (body: object) =>
      admin.call('POST /dead-letters/redrive', { body: { ...body, reason: 'try again' } });
    expect(await redrive({ ids: ['two'] })).toMatchObject({ status: 503, body: { code: 'store-busy' } });
    const { results } = (await redrive({ all: true })).body;
    expect(results).toEqual([{ id: 'one', outcome: 'requeued' }]);
  });

  it('[A6] claims nothing of the letters that were settled beside it', async () => {
    const { admin } = rooms(damage);
    const answer = await admin.call('POST /dead-letters/redrive', {
      body: { ids: ['one', 'two'], reason: 'try again' },
    });
    expect(answer).toMatchObject({ status: 503, body: { code: 'store-busy' } });
    expect(answer.body.detail).not.toContain('Nothing was changed');
  });

  it('[A6] of the shop: the list shows the level, the product comes from memory, the rest says busy', async () => {
    const { shop } = rooms(damage);
    expect((await shop.call('GET /api/products')).body.items).toHaveLength(2);
    const call = (route: string, id = '') => shop.call(route, { parameters: { id } });
    expect((await call('GET /api/products/{id}', 'assam-two')).status).toBe(200);
    expect((await call('GET /api/orders/{id}', ids.order[1])).body.code).toBe('store-busy');
    expect((await call('GET /api/baskets/{id}', ids.basket[1])).body.code).toBe('store-busy');
  });
});
