import type { SnapshotProduct } from '@penstock/domain/items';
import { makeLogger } from '@penstock/platform/logger';
import { makeDynamoDbProductStore } from '@penstock/platform/product-store';
import { offerOf } from '@penstock/platform/testing/drain-rows';
import { describe, expect, it } from 'vitest';
import { makeAdminRoom } from '#testing/admin-room';

const id = 'assam-second-flush';
const parameters = { id };
const draft = { name: 'Earl Grey, Blue', category: 'tea', price: { amountMinor: 900, currency: 'GBP' } };
const roomWith = (overrides: Parameters<typeof offerOf>[0] = {}) => {
  const room = makeAdminRoom();
  room.putOffer(offerOf(overrides));
  const put = (body: unknown, headers: Record<string, string> = {}) =>
    room.call('PUT /products/{id}', { parameters, body, headers });
  return { room, put, stored: () => room.tables.offers.get(id) };
};

describe('[E1] a new product', () => {
  it('is two rows, its rev begins at the milliseconds of the server, its id is made from the name', async () => {
    const room = makeAdminRoom();
    const answer = await room.call('POST /products', { body: { ...draft, description: 'With cornflower.' } });
    expect(answer).toMatchObject({
      status: 201,
      headers: { location: '/products/earl-grey-blue' },
      body: { id: 'earl-grey-blue', version: 1, rev: room.now(), stock: { available: 0, level: 'out' } },
    });
    expect(room.tables.details.get('earl-grey-blue')).toMatchObject({ description: 'With cornflower.' });
    expect(room.tables.offers.get('earl-grey-blue')).not.toHaveProperty('description');
  });

  it('[E2] begins its ledger with the opening stock', async () => {
    const room = makeAdminRoom();
    const answer = await room.call('POST /products', {
      body: { ...draft, stockChange: { seen: 0, wanted: 12, reason: 'opening' } },
    });
    expect(answer.body.stock).toEqual({ available: 12, level: 'in' });
    expect(room.tables.ledger).toMatchObject([
      { productId: 'earl-grey-blue', delta: 12, reason: 'opening', staffName: 'Ada' },
    ]);
  });

  it('whose id is taken is refused; the same key again is the same success', async () => {
    const room = makeAdminRoom();
    const body = { ...draft, id };
    const post = (key: string) => room.call('POST /products', { body, headers: { 'Idempotency-Key': key } });
    expect((await post('edit-1')).status).toBe(201);
    expect((await post('edit-1')).status).toBe(201);
    expect(await post('edit-2')).toMatchObject({ status: 422, body: { violations: [{ pointer: '/id' }] } });
  });
});

describe('[E1] an edit checks the version seen', () => {
  it('merges what is sent, raises version and rev, and leaves the rest', async () => {
    const { put, stored } = roomWith({ version: 3, rev: 100 });
    const answer = await put({ version: 3, name: 'Assam' });
    expect(answer).toMatchObject({ status: 200, body: { name: 'Assam', version: 4, rev: 101, category: 'tea' } });
    expect(stored()).toMatchObject({ stock: 10, priceMinor: 1250 });
  });

  it('raises the rev of the offer when the details alone change, so that open pages hear of it', async () => {
    const { room, put } = roomWith({ rev: 100 });
    expect((await put({ version: 1, description: 'Malty.' })).body).toMatchObject({ rev: 101, description: 'Malty.' });
    expect(room.tables.details.get(id)).toMatchObject({ description: 'Malty.' });
  });

  it('says who edited it last and when, which no sale moves', async () => {
    const { room, put, stored } = roomWith({ stock: 10 });
    const edited = { editedBy: 'Ada', editedAt: new Date(room.now()).toISOString() };
    expect((await put({ version: 1, name: 'Assam' })).body).toMatchObject(edited);
    expect(stored()).toMatchObject(edited);
  });

  it('a sale between does not make it changed by someone else', async () => {
    const { room, put, stored } = roomWith({ stock: 10, rev: 100 });
    room.putOffer(offerOf({ stock: 7, rev: 101 }));
    expect((await put({ version: 1, name: 'Assam' })).status).toBe(200);
    expect(stored()).toMatchObject({ stock: 7, rev: 102 });
  });

  it('another edit between does: 409 with the record as it is', async () => {
    const { put, stored } = roomWith({ version: 4 });
    expect(await put({ version: 3, name: 'Assam' })).toMatchObject({
      status: 409,
      body: { code: 'version-conflict', current: { version: 4, name: 'Assam second flush' } },
    });
    expect(stored()).toMatchObject({ version: 4, name: 'Assam second flush' });
  });

  it('takes back a whole record as a form sends it, and ignores what nobody may set', async () => {
    const { room, put, stored } = roomWith();
    const { body } = await room.call('GET /products/{id}', { parameters });
    const answer = await put({ ...body, name: 'Assam', stock: { available: 9999, level: 'in' }, rev: 1 });
    expect(answer.status).toBe(200);
    expect(stored()).toMatchObject({ name: 'Assam', stock: 10, rev: 101 });
  });
});

describe('[E2] stock is never set', () => {
  it.each([
    [{ delta: 5, reason: 'delivery' }, 15],
    [{ delta: -10, reason: 'broken' }, 0],
    [{ seen: 10, wanted: 4, reason: 'counted' }, 4],
    [{ seen: 12, wanted: 4, reason: 'counted before two sales' }, 2],
  ])('%j leaves %i of 10', async (stockChange, left) => {
    const { room, put, stored } = roomWith({ stock: 10 });
    expect((await put({ version: 1, stockChange })).status).toBe(200);
    expect(stored()?.stock).toBe(left);
    expect(room.tables.ledger).toMatchObject([{ delta: left - 10, reason: stockChange.reason }]);
  });

  it('and never falls below zero: the field says what is left', async () => {
    const { room, put, stored } = roomWith({ stock: 3 });
    const answer = await put({ version: 1, stockChange: { delta: -4, reason: 'broken' } });
    expect(answer).toMatchObject({ status: 422, body: { violations: [{ pointer: '/stockChange' }] } });
    expect(answer.body.detail).toContain('Only 3');
    expect([stored()?.stock, room.tables.ledger.length]).toEqual([3, 0]);
  });

  it('a repeat with the same key moves it once, for eight edits', async () => {
    const { room, put, stored } = roomWith({ stock: 10 });
    const edit = (version: number, key: string) =>
      put({ version, stockChange: { delta: 1, reason: 'delivery' } }, { 'Idempotency-Key': key });
    for (let each = 1; each <= 8; each += 1) expect((await edit(each, `edit-${each}`)).status).toBe(200);
    for (let each = 1; each <= 8; each += 1) expect((await edit(each, `edit-${each}`)).status).toBe(200);
    expect([stored()?.stock, stored()?.version, room.tables.ledger.length]).toEqual([18, 9, 8]);
    expect((await edit(9, 'edit-9')).status).toBe(200);
    expect((await edit(1, 'edit-1')).status).toBe(409);
  });

  it('what is put back on sale by two people is a success for both', async () => {
    const { room } = roomWith({ archived: false, version: 8 });
    const answer = await room.call('PUT /products/{id}', { parameters, body: { version: 7, archived: false } });
    expect(answer).toMatchObject({ status: 200, body: { archived: false, version: 8 } });
    const body = { version: 7, archived: false, name: 'Other' };
    expect((await room.call('PUT /products/{id}', { parameters, body })).status).toBe(409);
  });

  it('DELETE archives, whatever was edited meanwhile, and twice is once', async () => {
    const { room, stored } = roomWith({ version: 7 });
    const archive = () => room.call('DELETE /products/{id}', { parameters });
    expect(await archive()).toMatchObject({ status: 200, body: { archived: true, version: 8 } });
    expect((await archive()).body.version).toBe(8);
    expect(stored()).toMatchObject({ archived: true, stock: 10 });
  });
});

describe('[E4] a table that the workers keep full', () => {
  const busy = (times: number) => {
    const seen = { calls: 0, writes: 0, nowMs: 0 };
    const offer = offerOf();
    /** A table that is read at once and throttles writes `times` times, 100 ms of a fake clock each. */
    const db = {
      send: async (command: { readonly constructor: { readonly name: string } }) => {
        if (command.constructor.name !== 'TransactWriteCommand') return { Items: [offer] };
        seen.calls += 1;
        seen.nowMs += 100;
        if (seen.calls <= times)
          throw Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' });
        seen.writes += 1;
        return {};
      },
    };
    const store = makeDynamoDbProductStore({
      db: db as never,
      settings: { tableName: (table) => table },
      logger: makeLogger({ functionName: 'admin', level: 'error', now: () => 0, write: () => undefined }),
      random: () => 0,
      now: () => seen.nowMs,
    });
    const room = makeAdminRoom({ products: { products: store } });
    return {
      seen,
      put: () => room.call('PUT /products/{id}', { parameters, body: { version: 1, name: 'Assam' } }),
      room,
    };
  };

  it('is tried again until it takes the write', async () => {
    const { seen, put } = busy(20);
    expect((await put()).status).toBe(200);
    expect(seen).toMatchObject({ calls: 21, writes: 1 });
  });

  it('after 5 s answers 503 store-busy with Retry-After, never 409', async () => {
    const { seen, put } = busy(Number.POSITIVE_INFINITY);
    const answer = await put();
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, body: { code: 'store-busy' } });
    expect(answer.body).not.toHaveProperty('current');
    expect(seen.nowMs).toBeGreaterThan(5000);
    expect(seen.nowMs).toBeLessThan(5500);
  });

  it('is store-busy for archiving and for reading too', async () => {
    const { room } = busy(Number.POSITIVE_INFINITY);
    expect((await room.call('DELETE /products/{id}', { parameters })).status).toBe(503);
    const slow = () => Promise.reject(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
    const reading = makeAdminRoom({ orders: { orders: { read: slow, readMany: slow, list: slow } } });
    expect((await reading.call('GET /orders')).body.code).toBe('store-busy');
  });
});

it('every edit of a product is in the list of what was done, written with it', async () => {
  const room = makeAdminRoom();
  const body = { name: 'Earl Grey', category: 'tea', price: { amountMinor: 450, currency: 'GBP' } };
  await room.call('POST /products', { body });
  const parameters = { id: 'earl-grey' };
  const price = { amountMinor: 500, currency: 'GBP' };
  await room.call('PUT /products/{id}', { parameters, body: { version: 1, price } });
  await room.call('DELETE /products/{id}', { parameters });
  await room.call('PUT /products/{id}', { parameters, body: { version: 3, archived: false } });
  expect(room.deeds.map(({ kind, staffName }) => [kind, staffName])).toEqual([
    ['product-create', 'Ada'],
    ['product-edit', 'Ada'],
    ['product-archive', 'Ada'],
    ['product-restore', 'Ada'],
  ]);
});

describe('the product list', () => {
  const listed = (overrides: Partial<SnapshotProduct>): SnapshotProduct => {
    const { priceMinor, currency, stock: _stock, editIds: _editIds, schema: _schema, part: _part, ...rest } = offerOf();
    const price = { amountMinor: priceMinor, currency };
    return { ...rest, description: '', price, level: 'in', images: [], ...overrides };
  };
  const list = (query: Readonly<Record<string, unknown>>) => {
    const room = makeAdminRoom();
    for (const each of ['assam', 'ceylon', 'darjeeling']) {
      room.snapshotProducts.push(listed({ id: each, name: each, archived: each === 'ceylon' }));
      room.putOffer(offerOf({ id: each, name: each, archived: each === 'ceylon' }));
    }
    const texts = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      texts.append(name, typeof value === 'string' ? value : JSON.stringify(value));
    return room.call('GET /products', { query: texts.toString() });
  };
  const idsOf = (answer: { readonly body: readonly { readonly id: string }[] }) => answer.body.map((each) => each.id);

  it('pages with both counts', async () => {
    const answer = await list({ sort: ['name', 'DESC'], range: [0, 1] });
    expect(idsOf(answer as never)).toEqual(['darjeeling', 'ceylon']);
    expect(answer.headers).toMatchObject({ 'content-range': 'products 0-1/3', 'x-total-count': '3' });
  });

  it.each([
    [{ filter: { q: 'JEEL' } }, ['darjeeling']],
    [{ filter: { archived: true } }, ['ceylon']],
    [{ filter: { id: ['assam', 'gone', '', 'x'.repeat(3000)] } }, ['assam']],
    [{ filter: { price_gte: 1251 } }, []],
  ])('%j', async (query, ids) => {
    expect(idsOf((await list(query)) as never)).toEqual(ids);
  });

  it.each([
    [{ filter: '{"constructor":1}' }, 422, 'no-such-index'],
    [{ filter: '{"toString":1}' }, 422, 'no-such-index'],
    [{ filter: '{"stock":1}' }, 422, 'no-such-index'],
    [{ filter: { archived: 'yes' } }, 422, 'no-such-index'],
    [{ sort: ['constructor', 'ASC'] }, 422, 'no-such-index'],
    [{ sort: ['stock', 'ASC'] }, 422, 'no-such-index'],
    [{ filter: '{"q":' }, 400, 'parameter-invalid'],
    [{ filter: '[]' }, 400, 'parameter-invalid'],
    [{ range: '[5,1]' }, 400, 'parameter-invalid'],
    [{ range: '[0,1000]' }, 400, 'parameter-invalid'],
    [{ sort: '["name"]' }, 400, 'parameter-invalid'],
    [{ page: '1' }, 400, 'parameter-invalid'],
  ])('%j is named, never a fault', async (query, status, code) => {
    expect(await list(query)).toMatchObject({ status, body: { code } });
  });

  it.each(['no-such-product', 'x'.repeat(3000), '%00'])('an id of nothing is 404: %.20s', async (each) => {
    const room = makeAdminRoom();
    expect((await room.call('GET /products/{id}', { parameters: { id: each } })).body.code).toBe('product-not-found');
  });
});

describe('[T10] products of one name', () => {
  const draft = { name: 'Earl Grey', category: 'tea', price: { amountMinor: 1, currency: 'GBP' } };
  const post = (room: ReturnType<typeof makeAdminRoom>, key: string, body: object = draft) =>
    room.call('POST /products', { headers: { 'Idempotency-Key': key }, body });

  it('get ids of their own, the same again the same', async () => {
    const room = makeAdminRoom();
    const ids = [];
    for (const key of ['first', 'second', 'first', 'second', 'third']) ids.push((await post(room, key)).body.id);
    expect(ids).toEqual(['earl-grey', 'earl-grey-2', 'earl-grey', 'earl-grey-2', 'earl-grey-3']);
  });

  it('are refused by their id only where it was given', async () => {
    const room = makeAdminRoom();
    await post(room, 'first');
    expect(await post(room, 'second', { ...draft, id: 'earl-grey' })).toMatchObject({
      status: 422,
      body: { errors: { id: 'There is a product earl-grey already.' } },
    });
  });
});

describe('the pictures of a product', () => {
  it.each([
    'https://evil.example/x.png',
    'javascript:alert(1)',
    '//evil.example/x.png',
    'data:image/svg+xml,<svg/>',
    '/images/../config.json',
    'x" onerror="alert(1)',
  ])('are ours alone: %s is refused, in a source too', async (src) => {
    const { put, stored } = roomWith();
    const image = (own: string, other: string) => ({
      alt: 'Tea',
      width: 640,
      height: 480,
      src: own,
      sources: [{ src: other, width: 320, type: 'image/webp' }],
    });
    const images = [image(src, '/images/tea.webp'), image('/images/tea.webp', src)];
    const answer = await put({ version: stored()?.version, images });
    const pointers = answer.body.violations.map(({ pointer }: { pointer: string }) => pointer);
    expect([answer.status, pointers]).toEqual([422, ['/images/0/src', '/images/1/sources/0/src']]);
  });
});
