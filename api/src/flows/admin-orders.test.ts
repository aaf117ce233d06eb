import { orderOf } from '@penstock/platform/testing/drain-rows';
import { describe, expect, it } from 'vitest';
import { makeAdminRoom } from '#testing/admin-room';

const id = '01hv3k9zq7c2x5t8w4n6m0p1rs';
const parameters = { id };
const roomWith = (overrides: Parameters<typeof orderOf>[0] = {}) => {
  const room = makeAdminRoom();
  room.putOrder(orderOf(overrides));
  const move = (body: unknown, headers: Record<string, string> = {}) =>
    room.call('PUT /orders/{id}', { parameters, body, headers });
  const list = (filter: object, rest = '') =>
    room.call('GET /orders', { query: `filter=${encodeURIComponent(JSON.stringify(filter))}${rest}` });
  return { room, move, list };
};

describe('[E3] a move by staff', () => {
  it('is sent when it is legal as the order stands, and answers the record with what is pending', async () => {
    const { room, move } = roomWith();
    const answer = await move({ status: 'packed', statusSeen: 'placed' }, { 'Idempotency-Key': 'move-1' });
    expect(answer).toMatchObject({
      status: 202,
      headers: { 'retry-after': '1' },
      body: { status: 'placed', pending: { status: 'packed', since: '2025-11-23T10:00:00.000Z' } },
    });
    expect(answer.body.pending.correlationId).toBe(answer.headers['x-correlation-id']);
    expect(room.sent.moves).toMatchObject([
      { orderId: id, moveId: 'move-1', to: 'packed', statusSeen: 'placed', by: 'staff', staffName: 'Ada', attempt: 0 },
    ]);
  });

  it.each([
    ['shipped before it is packed', {}, { status: 'shipped' }],
    ['cancelled once shipped', { status: 'shipped' }, { status: 'cancelled' }],
    ['moved by an old page', { status: 'packed' }, { status: 'shipped', statusSeen: 'placed' }],
    ['moved once refused', { status: 'rejected' }, { status: 'packed' }],
  ] as const)('cannot be %s: 409 with the order as it is', async (_title, row, body) => {
    const { room, move } = roomWith(row);
    expect(await move(body)).toMatchObject({ status: 409, body: { code: 'illegal-transition', current: { id } } });
    expect(room.sent.moves).toEqual([]);
  });

  it('whose id is in the history is a success already, and is not sent again', async () => {
    const at = '2025-11-23T10:00:00.000Z';
    const { room, move } = roomWith({ status: 'packed', history: [{ status: 'packed', at, moveId: 'move-1' }] });
    const answer = await move({ status: 'packed', statusSeen: 'placed' }, { 'Idempotency-Key': 'move-1' });
    expect(answer.status).toBe(202);
    expect(answer.body).not.toHaveProperty('pending');
    expect(room.sent.moves).toEqual([]);
  });

  it('reads status and statusSeen of a whole record, and names a status that is none', async () => {
    const { room, move } = roomWith();
    const { body } = await room.call('GET /orders/{id}', { parameters });
    expect((await move({ ...body, status: 'packed' })).status).toBe(202);
    expect(await move({ ...body, status: 'lost' })).toMatchObject({
      status: 422,
      body: { violations: [{ pointer: '/status' }] },
    });
  });

  it('[G6] that the queue does not take is not confirmed', async () => {
    const room = makeAdminRoom({ orders: { queue: { sendMove: () => Promise.reject(new Error('down')) } } });
    room.putOrder(orderOf());
    const answer = await room.call('PUT /orders/{id}', { parameters, body: { status: 'packed' } });
    expect(answer).toMatchObject({ status: 503, body: { code: 'queue-unavailable' } });
  });
});

describe('the order list', () => {
  it.each([
    [{}, { by: 'recent' }],
    [{ status: 'placed' }, { by: 'open', status: 'placed' }],
    [{ status: 'delivered' }, { by: 'recent', status: 'delivered' }],
    [{ number: ' 01hv3-k9zq7 ' }, { by: 'number', number: '01HV3-K9ZQ7' }],
    [{ email: 'ada@example.com' }, { by: 'email', emailHash: 'hash of ada@example.com' }],
    [
      { placedAt_gte: '2025-11-23', placedAt_lte: '2025-11-23T12:00:00+02:00' },
      { by: 'recent', fromTime: '2025-11-23', toTime: '2025-11-23T10:00:00.000Z' },
    ],
    [
      { placedAt_gte: '2025-11-23T10:00:00Z', placedAt_lte: '2025-11-23' },
      { by: 'recent', fromTime: '2025-11-23T10:00:00.000Z', toTime: '2025-11-23' },
    ],
  ])('%j is served by one index', async (filter, listing) => {
    const { room, list } = roomWith();
    expect(await list(filter)).toMatchObject({ status: 200, headers: { 'x-total-count': '1' }, body: [{ id }] });
    expect(room.listings).toEqual([listing]);
  });

  it('reads exactly the orders of a list of ids', async () => {
    const { list } = roomWith();
    expect((await list({ id: [id, 'nonsense', ''] })).body).toHaveLength(1);
  });

  it.each([
    [{ city: 'Leeds' }, 422],
    [{ constructor: 'x' }, 422],
    [{ status: 'accepted' }, 422],
    [{ number: '01HV3-K9ZQ7', email: 'ada@example.com' }, 422],
    [{ id: [id], status: 'placed' }, 422],
    [{ number: '' }, 400],
    [{ number: 'x'.repeat(3000) }, 400],
    [{ placedAt_gte: 'yesterday' }, 400],
    [{ placedAt_gte: { a: 1 } }, 400],
    [{ placedAt_gte: '2025-11-24', placedAt_lte: '2025-11-23' }, 400],
  ])('%j is named, never a fault', async (filter, status) => {
    const { room, list } = roomWith();
    expect((await list(filter)).status).toBe(status);
    expect(room.listings).toEqual([]);
  });

  it('names a sort that no index serves', async () => {
    const { list } = roomWith();
    expect((await list({}, '&sort=["total","ASC"]')).body.code).toBe('no-such-index');
  });

  it.each([id.replace('0', '1'), 'nonsense', 'x'.repeat(3000)])('an order of nothing is 404: %.30s', async (each) => {
    const answer = await makeAdminRoom().call('GET /orders/{id}', { parameters: { id: each } });
    expect(answer).toMatchObject({ status: 404, body: { code: 'order-not-found' } });
  });
});
