import type { DeadLetterItem } from '@penstock/domain/items';
import { messageSchemaNumber } from '@penstock/domain/messages';
import { storageFault } from '@penstock/platform/storable';
import { letterItemOf } from '@penstock/platform/testing/dead-letter-desk-contract-suite';
import { orderOf } from '@penstock/platform/testing/drain-rows';
import { makeMemoryDeadLetterDesk } from '@penstock/platform/testing/memory-dead-letter-desk';
import { describe, expect, it } from 'vitest';
import { deedOf } from '#core/staff-deeds';
import { makeAdminRoom, type Overrides } from '#testing/admin-room';

const orderId = '01hv3k9zq7c2x5t8w4n6m0p1rs';
const header = { schema: messageSchemaNumber, correlationId: 'correlation-1', sentAtMs: 1_763_892_000_000, attempt: 0 };
const order = {
  ...header,
  kind: 'place-order',
  orderId,
  bodyHash: 'a'.repeat(64),
  acceptedAt: '2025-11-23T09:00:00.000Z',
  basketId: 'dGhpcyBpcyBhIGJhc2tldA',
  lines: [{ productId: 'assam-second-flush', quantity: 2, unitPrice: { amountMinor: 1250, currency: 'GBP' } }],
  contact: { name: 'Ada', email: 'ada@example.com' },
  address: { line1: '1 High Street', city: 'Leeds', postcode: 'LS1 1AA', country: 'GB' },
  emailHash: 'b'.repeat(64),
};
const opOf = (wallMs: number) => ({
  ...header,
  kind: 'basket-op',
  basketId: order.basketId,
  op: { line: 'assam-second-flush', quantity: 1, stamp: { wallMs, counter: 0, device: 'device-one' } },
});
const orderLetter = letterItemOf({ id: orderId, payload: JSON.stringify(order) });
const opLetter = letterItemOf({
  id: `${order.basketId}.op`,
  queue: 'baskets',
  payload: JSON.stringify(opOf(header.sentAtMs)),
});
const streamLetter = letterItemOf({ id: 'stream-failures.m1', queue: 'stream-failures', payload: '{}' });

const roomOf = (letters: readonly DeadLetterItem[], overrides: Overrides = {}) => {
  const room = makeAdminRoom(overrides);
  for (const letter of letters) room.desk.letters.set(letter.id, letter);
  const act = (what: 'redrive' | 'discard', body: object) =>
    room.call(`POST /dead-letters/${what}`, { body: { reason: 'mended', ...body } });
  return { ...room, act };
};

describe('GET /dead-letters', () => {
  const settled = letterItemOf({
    id: 'orders.m2',
    status: 'discarded',
    kind: 'dead-letter-settled',
    payload: 'no JSON',
  });
  const listed = async (filter: object) => {
    const query = new URLSearchParams({ filter: JSON.stringify(filter), range: '[0,9]' }).toString();
    const { body } = await roomOf([orderLetter, settled]).call('GET /dead-letters', { query });
    return body.map(({ id }: { id: string }) => id);
  };

  it('keeps to the range of a list of ids', async () => {
    const query = new URLSearchParams({ filter: JSON.stringify({ id: [orderId, settled.id] }), range: '[1,1]' });
    const answer = await roomOf([orderLetter, settled]).call('GET /dead-letters', { query: query.toString() });
    expect(answer).toMatchObject({ headers: { 'x-total-count': '2' }, body: [{ id: settled.id }] });
  });

  it('shows the beginning of long messages, so that a thousand of 340 KB fit an answer; the whole by its id', async () => {
    const payload = '茶'.repeat(100_000);
    const ids = Array.from({ length: 300 }, (_, index) => `orders.long-${index}`);
    const room = roomOf(ids.map((id) => letterItemOf({ id, payload })));
    const { body } = await room.call('GET /dead-letters', { query: 'range=[0,299]' });
    expect(body).toHaveLength(300);
    expect(body[0]).toMatchObject({ payload: '茶'.repeat(2000), payloadCut: true });
    const whole = await room.call('GET /dead-letters/{id}', { parameters: { id: ids[0] ?? '' } });
    expect(whole.body.payload).toBe(payload);
    expect(whole.body).not.toHaveProperty('payloadCut');
  });

  it('[G5] shows what a letter is about, when it was accepted, and whether it can be sent again', async () => {
    const { body, headers } = await roomOf([orderLetter]).call('GET /dead-letters');
    expect(headers['x-total-count']).toBe('1');
    expect(body).toMatchObject([
      { id: orderId, orderId, number: '01HV3-K9ZQ7', status: 'open', sentAt: order.acceptedAt, redrive: 'possible' },
    ]);
  });

  it.each([
    [{}, [orderId, settled.id]],
    [{ status: 'open' }, [orderId]],
    [{ status: 'discarded' }, [settled.id]],
    [{ status: 'requeued' }, []],
    [{ id: [settled.id, 'nobody'] }, [settled.id]],
    [{ id: [settled.id, orderId], status: 'open' }, [orderId]],
    [{ status: '' }, [orderId, settled.id]],
  ])('filtered by %j lists %j', async (filter, ids) => {
    expect((await listed(filter)).sort()).toEqual([...ids].sort());
  });

  it('refuses a filter that no index serves', async () => {
    const query = new URLSearchParams({ filter: '{"queue":"orders"}' }).toString();
    expect((await roomOf([]).call('GET /dead-letters', { query })).body.code).toBe('no-such-index');
  });

  it('answers one by its id, or record-not-found', async () => {
    const room = roomOf([opLetter]);
    const one = (id: string) => room.call('GET /dead-letters/{id}', { parameters: { id } });
    expect((await one(opLetter.id)).body).toMatchObject({ id: opLetter.id, queue: 'baskets' });
    expect((await one('nobody')).body.code).toBe('record-not-found');
  });
});

describe('POST /dead-letters/redrive', () => {
  it('[G5] sends with the attempt raised by one, marks, notes and tells the pages', async () => {
    const room = roomOf([{ ...orderLetter, attempt: 2 }]);
    const { status, body } = await room.act('redrive', { ids: [orderId] });
    expect([status, body]).toEqual([200, { results: [{ id: orderId, outcome: 'requeued' }] }]);
    expect(room.redriven).toEqual([
      { queue: 'orders', group: order.basketId, letterId: orderId, attempt: 3, body: { ...order, attempt: 3 } },
    ]);
    expect(room.desk.letters.get(orderId)).toMatchObject({
      status: 'requeued',
      settled: { by: 'Ada', reason: 'mended' },
    });
    expect(room.told).toEqual([orderId]);
  });

  it('[G5] is done once, however often it is asked', async () => {
    const room = roomOf([orderLetter]);
    await room.act('redrive', { ids: [orderId] });
    const { body } = await room.act('redrive', { ids: [orderId, 'nobody', orderId] });
    expect(body.results).toEqual([
      { id: orderId, outcome: 'already-settled' },
      { id: 'nobody', outcome: 'gone' },
    ]);
    expect(room.redriven).toHaveLength(1);
  });

  it('[G5] of all sends every open letter that can be sent, and leaves the rest alone', async () => {
    const done = letterItemOf({ id: 'orders.m9', status: 'requeued', kind: 'dead-letter-settled' });
    const room = roomOf([orderLetter, opLetter, streamLetter, done]);
    const { body } = await room.act('redrive', { all: true });
    expect(body.results.map(({ id }: { id: string }) => id).sort()).toEqual([orderId, opLetter.id].sort());
    expect(room.desk.letters.get(streamLetter.id)?.status).toBe('open');
    expect((await room.act('redrive', { all: true })).body).toEqual({ results: [] });
  });

  it('[C3] refuses an op with a stamp far ahead by name, shows why, and leaves it alone when all are sent', async () => {
    const ahead = { ...opLetter, payload: JSON.stringify(opOf(9_999_999_999_999)) };
    const room = roomOf([ahead]);
    const shown = await room.call('GET /dead-letters/{id}', { parameters: { id: ahead.id } });
    expect(shown.body.redrive).toBe('stamp-ahead');
    const answer = await room.act('redrive', { ids: [ahead.id] });
    expect(answer).toMatchObject({ status: 422, body: { violations: [{ pointer: '/ids/0', code: 'stamp-ahead' }] } });
    expect((await room.act('redrive', { all: true })).body.results).toEqual([]);
    expect(room.redriven).toEqual([]);
  });

  it('[C3] sends an order without stamps that lie far ahead, keeps the others, and says so in the log', async () => {
    const stamp = { wallMs: header.sentAtMs, counter: 0, device: 'device-one' };
    const [line] = order.lines;
    const lines = [
      { ...line, stamp },
      { ...line, productId: 'kenya-black', stamp: { ...stamp, wallMs: 9_999_999_999_999 } },
    ];
    const room = roomOf([{ ...orderLetter, payload: JSON.stringify({ ...order, lines }) }]);
    expect((await room.act('redrive', { ids: [orderId] })).body.results).toEqual([
      { id: orderId, outcome: 'requeued' },
    ]);
    const sent = JSON.parse(JSON.stringify(room.redriven[0]?.body));
    expect(sent.lines).toEqual([lines[0], { ...line, productId: 'kenya-black' }]);
    expect(room.lines.join()).toContain('"withoutStamps":1');
  });

  it('[C7] refuses an op older than 45 days, and what is no write, before anything is sent', async () => {
    const room = roomOf([orderLetter, opLetter, streamLetter]);
    room.pass(46 * 24 * 60 * 60 * 1000);
    const { status, body } = await room.act('redrive', { ids: [orderId, opLetter.id, streamLetter.id] });
    expect(status).toBe(422);
    expect(Object.keys(body.errors)).toEqual(['ids.1', 'ids.2']);
    expect(room.redriven).toEqual([]);
  });

  it('sends what nobody could read as it came, again', async () => {
    const room = roomOf([letterItemOf({ id: 'moves.m1', queue: 'moves', payload: 'nonsense' })]);
    await room.act('redrive', { ids: ['moves.m1'] });
    expect(room.redriven).toMatchObject([{ queue: 'moves', body: 'nonsense', group: 'unreadable' }]);
  });

  it('[G5] keeps a letter open when its message could not be sent, and tells of those that were', async () => {
    const queue = {
      send: async ({ queue: name }: { readonly queue: string }) => {
        if (name === 'baskets') throw new Error('away');
      },
    };
    const room = roomOf([orderLetter, opLetter], { deadLetters: { queue } });
    const answer = await room.act('redrive', { ids: [orderId, opLetter.id] });
    expect([answer.status, answer.body.code]).toEqual([503, 'queue-unavailable']);
    expect(room.desk.letters.get(opLetter.id)?.status).toBe('open');
    expect(room.told).toEqual([orderId]);
  });

  it('[G5] sent twice at once marks once', async () => {
    const room = roomOf([orderLetter]);
    const answers = await Promise.all([1, 2].map(() => room.act('redrive', { ids: [orderId] })));
    const outcomes = answers.map(({ body }) => body.results[0].outcome);
    expect(outcomes.sort()).toEqual(['already-settled', 'requeued']);
    expect(room.desk.acts.size).toBe(1);
  });

  it('says that there is more when time is up', async () => {
    const letters = Array.from({ length: 20 }, (_, index) => ({ ...orderLetter, id: `orders.m${index}` }));
    const room = roomOf(letters, { deadLetters: { queue: { send: async () => room.pass(5000) } } });
    const { body } = await room.act('redrive', { all: true });
    expect([body.results.length, body.more]).toEqual([8, true]);
  });

  it.each([
    [{}, 'ids'],
    [{ ids: [orderId], all: true }, 'ids'],
    [{ ids: [] }, 'ids'],
    [{ all: false }, 'all'],
    [{ all: true, reason: ' ' }, 'reason'],
    [{ ids: Array.from({ length: 101 }, (_, index) => `m${index}`) }, 'ids'],
  ])('refuses %j by its field', async (body, field) => {
    const answer = await roomOf([]).act('redrive', body);
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.body.errors)).toContain(field);
  });
});

describe('POST /dead-letters/discard', () => {
  it.each([
    ['its total is beyond all numbers', { unitPrice: { amountMinor: 1e15, currency: 'GBP' }, quantity: 99 }, 'Ada'],
    ['half a character is in its name', {}, 'Ada \uD83D'],
  ])('[G5] refuses an order that no table holds with a row that one does: %s', async (_what, line, name) => {
    const lines = [{ ...order.lines[0], ...line }];
    const payload = JSON.stringify({ ...order, lines, contact: { ...order.contact, name } });
    const room = roomOf([letterItemOf({ id: orderId, payload })]);
    const { body } = await room.act('discard', { ids: [orderId] });
    expect(body.results).toEqual([{ id: orderId, outcome: 'discarded' }]);
    const row = room.desk.orders.get(orderId);
    expect(row).toMatchObject({ status: 'rejected', reason: 'discarded' });
    expect(storageFault(row ?? {})).toBeUndefined();
    expect(JSON.stringify(row)).not.toMatch(/\\ud83d/);
  });

  it('[G5] refuses the order with the reason discarded, once', async () => {
    const room = roomOf([orderLetter]);
    expect((await room.act('discard', { ids: [orderId] })).body.results).toEqual([
      { id: orderId, outcome: 'discarded' },
    ]);
    expect(room.desk.orders.get(orderId)).toMatchObject({
      status: 'rejected',
      reason: 'discarded',
      bodyHash: order.bodyHash,
      totalMinor: 2500,
    });
    expect((await room.act('discard', { ids: [orderId] })).body.results).toEqual([
      { id: orderId, outcome: 'already-settled' },
    ]);
    expect(room.told).toEqual([orderId]);
  });

  it('[G5] of an order that is stored settles the letter alone', async () => {
    const room = roomOf([orderLetter]);
    room.desk.orders.set(orderId, orderOf({ id: orderId }));
    expect((await room.act('discard', { ids: [orderId] })).body.results[0].outcome).toBe('already-settled');
    expect(room.desk.orders.get(orderId)?.status).toBe('placed');
  });

  it('[G5] of anything else only marks', async () => {
    const room = roomOf([opLetter, streamLetter]);
    const { body } = await room.act('discard', { ids: [opLetter.id, streamLetter.id] });
    expect(body.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['discarded', 'discarded']);
    expect(room.desk.orders.size).toBe(0);
  });

  it('[G5] needs a reason', async () => {
    expect((await roomOf([]).act('discard', { ids: [orderId], reason: '' })).status).toBe(422);
  });

  it('is a write: not while the back office is read-only', async () => {
    const room = roomOf([orderLetter], { switches: { adminReadOnly: true } });
    expect((await room.act('discard', { ids: [orderId] })).body.code).toBe('admin-read-only');
  });

  it('[G5] leaves a letter that was redriven meanwhile and failed again', async () => {
    const room = roomOf([orderLetter]);
    const desk = makeMemoryDeadLetterDesk(room.desk);
    const stale = { ...desk, readMany: async () => [orderLetter] };
    const other = roomOf([], { deadLetters: { desk: stale } });
    room.desk.letters.set(orderId, { ...orderLetter, attempt: 1 });
    expect((await other.act('discard', { ids: [orderId] })).body.results[0].outcome).toBe('already-settled');
    expect(room.desk.orders.size).toBe(0);
  });
});

describe('GET /activity', () => {
  const change = { field: 'writePerSecond', to: '25' };
  const at = '2025-11-23T10:00:00.000Z';
  const edit = {
    pk: 'stock-edit#tea',
    sk: `${at}#e1`,
    schema: 1,
    kind: 'stock-edit' as const,
    productId: 'tea',
    editId: 'e1',
    delta: -2,
    reason: 'broken',
    staffName: 'Ada',
    at,
    lastSeenAt: at,
    correlationId: 'c1',
  };
  const move = {
    pk: `move#${orderId}`,
    sk: 'm1',
    schema: 1,
    kind: 'move' as const,
    orderId,
    moveId: 'm1',
    status: 'cancelled' as const,
    outcome: 'refused' as const,
    reason: 'The order is shipped.',
    by: 'shopper' as const,
    lastSeenAt: at,
    correlationId: 'c2',
  };

  it('lists edits of stock, moves and what became of letters in one shape', async () => {
    const room = makeAdminRoom();
    const doing = { id: 'd1', at, staffName: 'Ada', correlationId: 'c3' };
    room.acts.push(
      edit,
      move,
      deedOf('basket-clear', 'basket', [], doing),
      deedOf('capacity', 'orders', [change], doing),
    );
    expect((await room.call('GET /activity')).body).toMatchObject([
      { kind: 'stock-edit', at, by: 'Ada', productId: 'tea', delta: -2, reason: 'broken' },
      { kind: 'move', at, by: 'shopper', orderId, status: 'cancelled', outcome: 'refused' },
      { kind: 'basket-clear', at, by: 'Ada', basketId: 'basket' },
      { kind: 'capacity', at, by: 'Ada', table: 'orders', changes: [change] },
    ]);
  });

  it.each([
    ['{"kind":"move"}', 200],
    ['{"kind":"rumour"}', 422],
    ['{"by":"Ada"}', 422],
  ])('filtered by %s answers %i', async (filter, status) => {
    const query = new URLSearchParams({ filter }).toString();
    expect((await makeAdminRoom().call('GET /activity', { query })).status).toBe(status);
  });
});
