import { moveLetterId } from '@penstock/platform/letter-ids';
import { letterItemOf } from '@penstock/platform/testing/dead-letter-desk-contract-suite';
import { orderOf } from '@penstock/platform/testing/drain-rows';
import { makeMemoryPendingActs } from '@penstock/platform/testing/memory-pending-acts';
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

  it('[G6] [E5] that the queue does not take is not confirmed, and is shown to nobody', async () => {
    const room = makeAdminRoom({ orders: { queue: { sendMove: () => Promise.reject(new Error('down')) } } });
    room.putOrder(orderOf());
    const answer = await room.call('PUT /orders/{id}', { parameters, body: { status: 'packed' } });
    expect(answer).toMatchObject({ status: 503, body: { code: 'queue-unavailable' } });
    expect((await room.call('GET /orders/{id}', { parameters })).body).not.toHaveProperty('pending');
    expect(room.waiting.size).toBe(0);
  });

  it('that somebody else has made is a success, and is not sent', async () => {
    const { room, move } = roomWith({ status: 'packed' });
    const answer = await move({ status: 'packed', statusSeen: 'placed' });
    expect(answer).toMatchObject({ status: 202, body: { status: 'packed' } });
    expect(answer.body).not.toHaveProperty('pending');
    expect(room.sent.moves).toEqual([]);
  });
});

describe('[E5] a move of staff that was taken', () => {
  const waits = { status: 'packed', since: '2025-11-23T10:00:00.000Z', by: 'Ada' };
  const show = async ({ room, list }: ReturnType<typeof roomWith>) => [
    (await room.call('GET /orders/{id}', { parameters })).body.pending,
    (await list({})).body[0].pending,
    (await list({ id: [id] })).body[0].pending,
  ];

  it('waits on every page and for everybody until the order has it, and pages are told', async () => {
    const office = roomWith();
    await office.move({ status: 'packed' }, { 'Idempotency-Key': 'move-1' });
    expect(office.room.refetched).toEqual(['staff/orders']);
    office.room.pass(9 * 86_400_000);
    for (const pending of await show(office)) expect(pending).toMatchObject(waits);
    office.room.putOrder(
      orderOf({ status: 'packed', history: [{ status: 'packed', at: waits.since, moveId: 'move-1' }] }),
    );
    expect(await show(office)).toEqual([undefined, undefined, undefined]);
  });

  it('waits no more once it was refused', async () => {
    const office = roomWith();
    await office.move({ status: 'packed' }, { 'Idempotency-Key': 'move-1' });
    office.room.putOrder(orderOf({ status: 'cancelled', refusedMoveIds: ['move-1'] }));
    expect(await show(office)).toEqual([undefined, undefined, undefined]);
  });

  it('is sent once, however often and by whomever it is asked for', async () => {
    const { room, move } = roomWith();
    await move({ status: 'packed' }, { 'Idempotency-Key': 'move-1' });
    const again = await move({ status: 'packed' }, { 'Idempotency-Key': 'move-1' });
    const colleague = await move({ status: 'packed' }, { 'X-Staff-Name': 'Zo%C3%AB' });
    expect([again, colleague]).toMatchObject([
      { status: 202, body: { pending: waits } },
      { status: 202, body: { pending: waits } },
    ]);
    expect(room.sent.moves).toHaveLength(1);
  });

  it('refuses a colleague who wants something else, and names it', async () => {
    const { room, move } = roomWith();
    await move({ status: 'packed' });
    expect(await move({ status: 'cancelled' }, { 'X-Staff-Name': 'Zo%C3%AB' })).toMatchObject({
      status: 409,
      body: {
        code: 'illegal-transition',
        detail: expect.stringContaining('Ada asked for packed'),
        current: { pending: waits },
      },
    });
    expect(room.sent.moves).toHaveLength(1);
  });

  it('of which nobody knows whether it was sent blocks nobody for longer than half a minute', async () => {
    const { room, move } = roomWith();
    const act = { record: `order/${id}`, actId: 'move-0', status: 'packed' as const, staffName: 'Sam' };
    room.waiting.set(act.record, { ...act, since: waits.since, correlationId: 'c' });
    expect((await move({ status: 'cancelled' })).status).toBe(409);
    room.pass(30_001);
    expect(await move({ status: 'cancelled' })).toMatchObject({
      status: 202,
      body: { pending: { status: 'cancelled' } },
    });
    expect(room.sent.moves).toMatchObject([{ to: 'cancelled' }]);
  });

  it('reads the order again when a colleague was faster by a moment', async () => {
    const rival = {
      record: `order/${id}`,
      actId: 'rival',
      status: 'packed' as const,
      staffName: 'Sam',
      since: waits.since,
    };
    const acts = new Map();
    const pending = makeMemoryPendingActs(acts);
    const keep: typeof pending.keep = async (act, seen) => {
      if (acts.size === 0) acts.set(rival.record, { ...rival, correlationId: 'c', sent: true });
      return pending.keep(act, seen);
    };
    const room = makeAdminRoom({ orders: { pending: { ...pending, keep } } });
    room.putOrder(orderOf());
    const answer = await room.call('PUT /orders/{id}', { parameters, body: { status: 'packed' } });
    expect(answer).toMatchObject({ status: 202, body: { pending: { by: 'Sam' } } });
    expect(room.sent.moves).toEqual([]);
  });

  it('is told as held once it became a dead letter, and may be asked for anew once that was discarded', async () => {
    const office = roomWith();
    await office.move({ status: 'packed' }, { 'Idempotency-Key': 'move-1' });
    const letterId = moveLetterId(id, 'move-1');
    office.room.desk.letters.set(letterId, letterItemOf({ id: letterId, queue: 'moves', status: 'open' }));
    expect(await show(office)).toMatchObject([{ letterId }, { letterId }, { letterId }]);
    expect((await office.move({ status: 'packed' })).status).toBe(409);
    office.room.desk.letters.set(letterId, letterItemOf({ id: letterId, queue: 'moves', status: 'discarded' }));
    expect(await show(office)).toEqual([undefined, undefined, undefined]);
    expect((await office.move({ status: 'packed' })).status).toBe(202);
  });
});

describe('the order list', () => {
  it.each([
    [{}, { by: 'recent' }],
    [{ status: '', number: '', email: '', placedAt_gte: '', placedAt_lte: null }, { by: 'recent' }],
    [{ status: ['placed', 'packed'] }, { by: 'open', statuses: ['placed', 'packed'] }],
    [{ status: ['placed', 'delivered'] }, { by: 'recent', statuses: ['placed', 'delivered'] }],
    [
      { status: 'placed', placedAt_gte: '2025-11-23' },
      { by: 'open', statuses: ['placed'], fromTime: '2025-11-23' },
    ],
    [{ number: '01HV3K9ZQ7' }, { by: 'number', number: '01HV3-K9ZQ7' }],
    [{ number: '01hv3–k9zq7' }, { by: 'number', number: '01HV3-K9ZQ7' }],
    [
      { number: '01HV3-K9ZQ7', status: 'placed' },
      { by: 'number', number: '01HV3-K9ZQ7' },
    ],
    [
      { number: '01HV3-K9ZQ7', email: ' ADA@example.com' },
      { by: 'number', number: '01HV3-K9ZQ7' },
    ],
    [
      { email: 'ada@example.com', status: 'placed', placedAt_gte: '2025-11-23' },
      { by: 'email', emailHash: 'hash of ada@example.com', fromTime: '2025-11-23' },
    ],
    [{ status: 'placed' }, { by: 'open', statuses: ['placed'] }],
    [{ status: 'delivered' }, { by: 'recent', statuses: ['delivered'] }],
    [{ number: ' 01hv3-k9zq7 ' }, { by: 'number', number: '01HV3-K9ZQ7' }],
    [{ number: 'OlHV3 K9ZQ7' }, { by: 'number', number: '01HV3-K9ZQ7' }],
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

  it.each([
    [{ number: '01HV3-K9ZQ7', status: 'packed' }],
    [{ number: '01HV3-K9ZQ7', email: 'bob@example.com' }],
    [{ number: '01HV3-K9ZQ7', placedAt_lte: '2025-11-22' }],
    [{ email: 'ada@example.com', status: ['packed', 'delivered'] }],
    [{ id: [id], status: 'packed' }],
    [{ id: [id], placedAt_gte: '2025-11-24' }],
  ])('%j holds for the orders that are shown, and for their count', async (filter) => {
    const { list } = roomWith();
    expect(await list(filter)).toMatchObject({ status: 200, headers: { 'x-total-count': '0' }, body: [] });
  });

  it('tells addresses apart as its index does, also where it looks at the rows', async () => {
    const { room, list } = roomWith();
    room.putOrder(orderOf({ contact: { name: 'Ada', email: 'ada@xn--mller-kva.de' } }));
    const answer = await list({ email: 'Ada@müller.de', status: 'placed' });
    expect(answer).toMatchObject({ status: 200, headers: { 'x-total-count': '1' } });
  });

  it('of ids keeps to its range', async () => {
    const { room, list } = roomWith();
    const ids = ['0', '1', '2'].map((last) => id.slice(0, -1) + last);
    for (const each of ids) room.putOrder(orderOf({ id: each }));
    const answer = await list({ id: ids }, '&range=[1,1]');
    expect(answer).toMatchObject({ headers: { 'content-range': 'orders 1-1/3' }, body: [{ id: ids[1] }] });
  });

  it('reads exactly the orders of a list of ids', async () => {
    const { list } = roomWith();
    expect((await list({ id: [id, 'nonsense', ''] })).body).toHaveLength(1);
  });

  it.each([
    [{ city: 'Leeds' }, 422],
    [{ constructor: 'x' }, 422],
    [{ status: 'accepted' }, 422],
    [{ status: ['placed', 'lost'] }, 422],
    [{ ['__proto__']: 'x' }, 422],
    [{ number: '01HV3' }, 422],
    [{ number: [['x']] }, 400],
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
