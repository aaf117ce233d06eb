import { allRunning } from '@penstock/platform/switches';
import { offerOf } from '@penstock/platform/testing/drain-rows';
import { describe, expect, it } from 'vitest';
import { makeShopRoom, type Overrides } from '#testing/shop-room';
import { snapshotProduct } from '#testing/snapshot-product';

const id = 'assam-second-flush';
const roomWith = (catalogue: NonNullable<Overrides['catalogue']>['products'], level: 'in' | 'low' | 'out' = 'in') => {
  const room = makeShopRoom(catalogue === undefined ? {} : { catalogue: { products: catalogue } });
  room.products.push(snapshotProduct({ level }), snapshotProduct({ id: 'gone', archived: true }));
  return room;
};
const none = { read: async () => undefined, readStock: async () => new Map() };

describe('GET /products', () => {
  it('[F5] shows stock, price and rev as the table has them, kept for a second', async () => {
    let reads = 0;
    const readStock = async () => {
      reads += 1;
      return new Map([[id, { stock: 3, rev: 120, priceMinor: 1300 }]]);
    };
    const room = roomWith({ ...none, readStock });
    const list = () => room.call('GET /api/products');
    const answer = await list();
    expect(answer).toMatchObject({ status: 200, body: { total: 1, rev: 7, page: 1, pageSize: 24 } });
    expect(answer.body.items).toMatchObject([
      { id, rev: 120, price: { amountMinor: 1300 }, stock: { available: 3, level: 'low' } },
    ]);
    expect(answer.headers['cache-control']).toBe('public, max-age=2');
    room.pass(1000);
    await list();
    expect(reads).toBe(1);
    room.pass(1);
    await list();
    expect(reads).toBe(2);
  });

  it.each([
    ['out', 0],
    ['low', 1],
    ['in', 6],
  ] as const)(
    '[F5] shows the level %s when the table is throttled, says so in the log, and never fails',
    async (level, available) => {
      const room = roomWith({ ...none, readStock: () => Promise.reject(new Error('slow down')) }, level);
      expect((await room.call('GET /api/products')).body.items[0].stock).toEqual({ available, level });
      expect(room.lines.join()).toContain('stock-unread');
    },
  );

  it('[F5] leaves a throttled table alone for a second', async () => {
    let reads = 0;
    const readStock = () => {
      reads += 1;
      return Promise.reject(new Error('slow down'));
    };
    const room = roomWith({ ...none, readStock });
    for (const passMs of [0, 999, 1]) {
      room.pass(passMs);
      await room.call('GET /api/products');
    }
    expect(reads).toBe(2);
  });

  it.each([
    ['page=0', '/page'],
    ['page=abc', '/page'],
    ['pageSize=101', '/pageSize'],
    ['priceMin=-1', '/priceMin'],
    ['priceMin=1.5', '/priceMin'],
    ['inStock=maybe', '/inStock'],
    ['sort=stock', '/sort'],
    ['sort=name&sort=price', '/sort'],
    ['inStock=yes', '/inStock'],
    ['page=0x2', '/page'],
    ['__proto__=1', '/__proto__'],
    ['page=1&page=2', '/page'],
    [`q=${'x'.repeat(101)}`, '/q'],
    ['colour=red', '/colour'],
    ['constructor=1', '/constructor'],
    ['__proto__=1', '/__proto__'],
  ])('%s is named, never a fault', async (query, pointer) => {
    const answer = await roomWith(none).call('GET /api/products', { query });
    expect(answer).toMatchObject({ status: 400, body: { code: 'parameter-invalid', violations: [{ pointer }] } });
  });

  it('takes no value as none, and a category more than once', async () => {
    const room = roomWith(none);
    expect((await room.call('GET /api/products', { query: 'q=&page=&category=&sort=&inStock=' })).body.total).toBe(1);
    expect((await room.call('GET /api/products', { query: 'category=tea&category=mugs' })).body.total).toBe(1);
  });
});

describe('GET /products/{id}', () => {
  const show = (archived: boolean, wanted = id) =>
    roomWith({ ...none, read: async () => ({ offer: offerOf({ archived }), details: undefined }) }).call(
      'GET /api/products/{id}',
      { parameters: { id: wanted } },
    );

  it('shows what is stored, and no archived product', async () => {
    expect(await show(false)).toMatchObject({ status: 200, body: { id, stock: { available: 10, level: 'in' } } });
    expect((await show(true)).body.code).toBe('product-not-found');
  });

  it.each(['no', 'UPPER', 'x'.repeat(3000), '../orders'])(
    'an id that cannot be one is 404 without a read: %.20s',
    async (each) => {
      expect((await show(false, each)).status).toBe(404);
    },
  );
});

describe('while the tables do not answer', () => {
  const away = () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
  const hung = () => new Promise<never>(() => undefined);
  const table = (read: () => Promise<never>) => ({ read, readStock: read });

  it.each([
    ['away', away],
    ['hung', hung],
  ])('(%s) lists and products are shown as they are known, with the level of their stock', async (_what, read) => {
    const room = roomWith(table(read));
    const listed = await room.call('GET /api/products');
    expect(listed).toMatchObject({ status: 200, body: { items: [{ id, stock: { available: 6, level: 'in' } }] } });
    const shown = await room.call('GET /api/products/{id}', { parameters: { id } });
    expect(shown).toMatchObject({ status: 200, body: listed.body.items[0] });
  });

  it('a product that no list knows is store-busy, one that is archived is gone', async () => {
    const room = roomWith(table(away));
    const unknown = await room.call('GET /api/products/{id}', { parameters: { id: 'no-list-has-it' } });
    expect(unknown).toMatchObject({ status: 503, body: { code: 'store-busy' } });
    room.products.splice(0, 1, snapshotProduct({ id, archived: true }));
    expect((await room.call('GET /api/products/{id}', { parameters: { id } })).body.code).toBe('product-not-found');
  });

  it.each([
    ['the switches', { switches: { read: async () => allRunning, isCurrent: () => false } }],
    ['the list', { snapshot: { read: async () => ({ rev: 1, products: [] }), isCurrent: () => false } }],
    ['a list that was never read', { snapshot: { read: away, isCurrent: () => true } }],
  ])('health says so, by %s', async (_what, catalogue) => {
    expect((await makeShopRoom({ catalogue }).call('GET /api/health')).body.status).toBe('degraded');
  });
});

describe('GET /health', () => {
  it('tells the release', async () => {
    expect((await makeShopRoom().call('GET /api/health')).body).toEqual({
      status: 'ok',
      version: 'test',
      ordersPaused: false,
    });
  });
});
