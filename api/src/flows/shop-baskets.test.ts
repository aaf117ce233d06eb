import { basketIdPattern } from '@penstock/domain/ids';
import type { SnapshotProduct } from '@penstock/domain/items';
import { basketOpMessageSchema } from '@penstock/domain/messages';
import { basketOf } from '@penstock/platform/testing/drain-rows';
import { describe, expect, it } from 'vitest';
import { failingRead } from '#testing/faults';
import { basketId, makeShopRoom } from '#testing/shop-room';

const productId = 'assam-second-flush';
const parameters = { id: basketId, productId };
const device = 'device-one';
const setLine = (room: ReturnType<typeof makeShopRoom>, body: unknown, change: object = {}) =>
  room.call('PUT /api/baskets/{id}/lines/{productId}', { parameters: { ...parameters, ...change }, body });

describe('[C1] a basket id is a capability', () => {
  it('is unguessable, and beginning a basket writes nothing', async () => {
    const room = makeShopRoom();
    const ids = await Promise.all(
      Array.from({ length: 50 }, async () => (await room.call('POST /api/baskets')).body.id),
    );
    for (const id of ids) expect(id).toMatch(basketIdPattern);
    expect(new Set(ids).size).toBe(50);
    expect([...room.tables.baskets.keys(), ...room.sent.ops]).toEqual([]);
  });

  it('answers Location, and any well-formed id reads: empty with rev 0 when nothing is stored', async () => {
    const room = makeShopRoom();
    const begun = await room.call('POST /api/baskets');
    expect(begun).toMatchObject({ status: 201, headers: { location: `/api/baskets/${begun.body.id}` } });
    const read = await room.call('GET /api/baskets/{id}', { parameters: { id: basketId } });
    expect(read).toMatchObject({ status: 200, body: { id: basketId, rev: 0, lines: [] } });
    expect(read.headers['cache-control']).toBe('no-store');
  });

  it('reads what is stored, removed lines with quantity 0, archived products as unavailable', async () => {
    const room = makeShopRoom();
    room.put(basketOf({ lines: { [productId]: { quantity: 0, stamp: '5.0.device-one' } } }));
    room.products.push({ id: productId, archived: true } as SnapshotProduct);
    expect((await room.call('GET /api/baskets/{id}', { parameters: { id: basketId } })).body).toMatchObject({
      rev: 5,
      lines: [{ productId, quantity: 0, stamp: { wallMs: 5, counter: 0, device }, unavailable: true }],
    });
  });

  it('never reaches a log: a hash of it does', async () => {
    const room = makeShopRoom();
    await room.call('GET /api/baskets/{id}', { parameters: { id: basketId } });
    await setLine(room, { quantity: 1 });
    await room.call('GET /api/baskets/{id}', { parameters: { id: `${basketId}x` } });
    expect(room.lines).toHaveLength(3);
    expect(room.lines.join()).not.toContain(basketId);
    expect(room.lines[1]).toMatch(/"basketHash":"[0-9a-f]{16}"/);
  });
});

describe('[C2] an op is absolute', () => {
  it('carries line, quantity and stamp as sent', async () => {
    const room = makeShopRoom();
    const stamp = { wallMs: room.now(), counter: 3, device };
    const answer = await setLine(room, { quantity: 4, stamp });
    expect(answer).toMatchObject({
      status: 202,
      headers: { location: `/api/baskets/${basketId}`, 'retry-after': '3' },
      body: { basketId, productId, quantity: 4, stamp, status: 'accepted' },
    });
    const [message] = room.sent.ops;
    expect(message).toMatchObject({ basketId, attempt: 0, op: { line: productId, quantity: 4, stamp } });
    expect(basketOpMessageSchema.parse(message)).toEqual(message);
  });

  it('removing a line is quantity 0, emptying is the clear op, each above the stamp before', async () => {
    const room = makeShopRoom();
    await setLine(room, { quantity: 4 });
    const removed = await room.call('DELETE /api/baskets/{id}/lines/{productId}', { parameters });
    const cleared = await room.call('DELETE /api/baskets/{id}', { parameters: { id: basketId } });
    expect([removed.status, cleared.status]).toEqual([202, 202]);
    expect(removed.body).toMatchObject({ productId, quantity: 0 });
    expect(cleared.body).not.toHaveProperty('productId');
    expect(room.sent.ops.map(({ op }) => op)).toMatchObject([
      { quantity: 4, stamp: { counter: 0, device: 'server-instance' } },
      { quantity: 0, stamp: { counter: 1 } },
      { clear: true, stamp: { counter: 2 } },
    ]);
  });
});

describe('[C3] a stamp is never altered', () => {
  const day = 24 * 60 * 60 * 1000;
  it.each([
    ['10 s ahead', 10_000, 202],
    ['10.001 s ahead', 10_001, 422],
    ['14 days old', -14 * day, 202],
    ['a moment over 14 days old', -14 * day - 1, 422],
  ])('%s', async (_title, offsetMs, status) => {
    const room = makeShopRoom();
    const stamp = { wallMs: room.now() + offsetMs, counter: 0, device };
    const answer = await setLine(room, { quantity: 1, stamp });
    expect(answer.status).toBe(status);
    if (status === 202) expect(room.sent.ops[0]?.op.stamp).toEqual(stamp);
    else {
      expect(answer.body).toMatchObject({ code: 'stamp-out-of-range', violations: [{ pointer: '/stamp/wallMs' }] });
      expect(answer.headers['x-server-time']).toBe(String(room.now()));
      expect(room.sent.ops).toEqual([]);
    }
  });
});

describe('what cannot be read', () => {
  it.each([
    ['quantity -1', { quantity: -1 }, 'quantity'],
    ['quantity 100', { quantity: 100 }, 'quantity'],
    ['a text for a quantity', { quantity: '3' }, 'quantity'],
    ['no quantity', {}, 'quantity'],
    ['a device of seven letters', { quantity: 1, stamp: { wallMs: 1, counter: 0, device: 'seven77' } }, 'stamp.device'],
    [
      "the worker's own device",
      { quantity: 1, stamp: { wallMs: 1, counter: 0, device: 'device-one~order' } },
      'stamp.device',
    ],
    ['a negative counter', { quantity: 1, stamp: { wallMs: 1, counter: -1, device } }, 'stamp.counter'],
    ['an unknown field', { quantity: 1, colour: 'red' }, 'colour'],
  ])('%s is named', async (_title, body, field) => {
    const answer = await setLine(makeShopRoom(), body);
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.body.errors)).toEqual([field]);
  });

  it.each([
    [{ id: 'short' }, '/id'],
    [{ id: `${basketId}%00` }, '/id'],
    [{ productId: 'No Such Thing' }, '/productId'],
    [{ productId: 'p'.repeat(3000) }, '/productId'],
  ])('%j is named', async (change, pointer) => {
    const answer = await setLine(makeShopRoom(), { quantity: 1 }, change);
    expect(answer).toMatchObject({ status: 400, body: { code: 'parameter-invalid', violations: [{ pointer }] } });
  });

  it('a path that no call has is a problem', async () => {
    const room = makeShopRoom();
    await expect(room.call('GET /api/nothing')).rejects.toThrow('not documented');
    expect(room.lines.join()).toContain('route-not-found');
  });
});

describe('a store that does not answer', () => {
  it('[A5] a lost send is not confirmed, and [G6] both tries are in the log', async () => {
    const room = makeShopRoom({ baskets: { queue: { sendBasketOp: () => Promise.reject(new Error('down')) } } });
    const answer = await setLine(room, { quantity: 1 });
    expect(answer).toMatchObject({ status: 503, body: { code: 'queue-unavailable' } });
    expect(answer.headers).toMatchObject({ 'retry-after': '1', location: `/api/baskets/${basketId}` });
    expect(room.lines.filter((line) => line.includes('send-failed'))).toHaveLength(2);
  });

  it('[E4] a fault of the table is store-busy; a fault of ours is internal, without its detail', async () => {
    const reading = (name: string) =>
      makeShopRoom({
        baskets: { baskets: failingRead(Object.assign(new Error('secret detail'), { name })) },
      }).call('GET /api/baskets/{id}', { parameters: { id: basketId } });
    for (const name of ['ProvisionedThroughputExceededException', 'TimeoutError'])
      expect(await reading(name)).toMatchObject({ status: 503, body: { code: 'store-busy' } });
    const broken = await reading('ValidationException');
    expect(broken).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(broken)).not.toContain('secret detail');
  });
});

describe('the origin', () => {
  it.each([
    ['the current secret', { 'x-origin-secret': 'one' }, 200],
    ['the next secret', { 'x-origin-secret': 'two' }, 200],
    ['a wrong secret', { 'x-origin-secret': 'three' }, 403],
    ['none', { 'x-origin-secret': '' }, 403],
  ])('%s', async (_title, headers, status) => {
    const answer = await makeShopRoom().call('GET /api/health', { headers });
    expect(answer.status).toBe(status);
  });

  it('echoes a correlation id that is one, and mints another for what is none', async () => {
    const idOf = async (given: string) =>
      (await makeShopRoom().call('GET /api/health', { headers: { 'X-Correlation-Id': given } })).headers[
        'x-correlation-id'
      ];
    expect(await idOf('my-own-id-1')).toBe('my-own-id-1');
    expect(await idOf('<script>alert(1)</script>')).toBe('minted-correlation');
  });
});
