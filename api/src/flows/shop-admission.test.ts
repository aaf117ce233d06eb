import { readReceipt } from '@penstock/domain/receipt';
import { allRunning } from '@penstock/platform/switches';
import { orderOf } from '@penstock/platform/testing/drain-rows';
import type { WaitReading } from '@penstock/platform/wait-estimate';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '#compose';
import { basketId, key, makeShopRoom, type Overrides, orderBody } from '#testing/shop-room';

const keyed = { 'Idempotency-Key': key };
const placeOrder = (room: ReturnType<typeof makeShopRoom>) =>
  room.call('POST /api/orders', { headers: keyed, body: orderBody() });
const setLine = (room: ReturnType<typeof makeShopRoom>) =>
  room.call('PUT /api/baskets/{id}/lines/{productId}', {
    parameters: { id: basketId, productId: 'assam-second-flush' },
    body: { quantity: 1 },
  });

const waiting = (reading: WaitReading): Overrides => {
  const wait = { read: async () => reading };
  return { orders: { wait }, baskets: { wait } };
};
const deep = waiting({ kind: 'known', waitMs: 700_000 });
const paused: Overrides = { orders: { switches: { read: async () => ({ ...allRunning, ordersPaused: true }) } } };
const idOf = async () => String((await placeOrder(makeShopRoom())).body.id);

describe('a backlog that is too deep', () => {
  it('[B3] sheds a basket edit before it is sent, with Retry-After', async () => {
    const room = makeShopRoom(deep);
    const answer = await setLine(room);
    expect(answer).toMatchObject({ status: 429, body: { code: 'backlog-too-deep' } });
    expect(answer.headers['retry-after']).toBe('120');
    expect(room.sent.ops).toEqual([]);
  });

  it('[B3] sheds an order before it is sent, and says where to look', async () => {
    const room = makeShopRoom(deep);
    const answer = await placeOrder(room);
    expect(answer).toMatchObject({ status: 429, body: { code: 'backlog-too-deep' } });
    expect(answer.body.detail).toMatch(/^Not confirmed/);
    expect(answer.headers).toMatchObject({ 'retry-after': '120', location: `/api/orders/${await idOf()}` });
    expect(room.sent.orders).toEqual([]);
  });

  it('[B3] still takes orders where it sheds basket edits', async () => {
    const room = makeShopRoom(waiting({ kind: 'known', waitMs: 100_000 }));
    expect((await setLine(room)).status).toBe(429);
    expect(await placeOrder(room)).toMatchObject({ status: 202, body: { estimatedWaitMs: 100_000 } });
  });

  it('[B3] admits when the reading is missing', async () => {
    const room = makeShopRoom(waiting({ kind: 'unknown', waitMs: 500 }));
    expect((await setLine(room)).status).toBe(202);
    expect((await placeOrder(room)).status).toBe(202);
  });

  it('[B2] admits into a paused queue, and states no wait', async () => {
    const room = makeShopRoom(waiting({ kind: 'paused' }));
    const order = await placeOrder(room);
    expect(order.status).toBe(202);
    expect(order.body).not.toHaveProperty('estimatedWaitMs');
    expect(order.headers).not.toHaveProperty('retry-after');
    const edit = await setLine(room);
    expect(edit.status).toBe(202);
    expect(edit.headers).not.toHaveProperty('retry-after');
  });
});

describe('an order that is stored already', () => {
  it.each([
    ['the backlog is too deep', deep],
    ['orders are paused', paused],
  ])('[A5] gets the normal answer while %s, and nothing is sent', async (_, overrides) => {
    const room = makeShopRoom(overrides);
    const id = await idOf();
    room.put(orderOf({ id, acceptedAt: '2025-11-23T09:59:00.000Z' }));
    const answer = await placeOrder(room);
    expect(answer).toMatchObject({ status: 202, body: { id, acceptedAt: '2025-11-23T09:59:00.000Z' } });
    expect(await readReceipt(nodeCrypto.hmac, room.ring, answer.body.receipt)).toMatchObject({ id });
    expect(room.sent.orders).toEqual([]);
  });

  it('[A5] is not confirmed while the look itself fails', async () => {
    const orders = { read: async () => Promise.reject(new Error('throttled')) };
    const room = makeShopRoom({ orders: { ...deep.orders, orders } });
    expect(await placeOrder(room)).toMatchObject({ status: 429, body: { code: 'backlog-too-deep' } });
    expect(room.lines.some((line) => line.includes('look-before-refusal-failed'))).toBe(true);
  });
});

describe('the switch of the orders', () => {
  it('refuses orders with orders-paused, and takes basket edits', async () => {
    const room = makeShopRoom(paused);
    const answer = await placeOrder(room);
    expect(answer).toMatchObject({ status: 503, body: { code: 'orders-paused' } });
    expect(answer.headers).toMatchObject({ 'retry-after': '30', location: `/api/orders/${await idOf()}` });
    expect(room.sent.orders).toEqual([]);
    expect((await setLine(room)).status).toBe(202);
  });

  it('shows in the health of the shop', async () => {
    const switches = { read: async () => ({ ...allRunning, ordersPaused: true }), isCurrent: () => true };
    expect((await makeShopRoom({ catalogue: { switches } }).call('GET /api/health')).body.ordersPaused).toBe(true);
    expect((await makeShopRoom().call('GET /api/health')).body.ordersPaused).toBe(false);
  });
});
