import type { MoveStore } from '@penstock/platform/move-store';
import { describe, expect, it } from 'vitest';
import { decideMove } from '#core/decide-move';
import { moveMessage, orderId, recordOf } from '#testing/drain-messages';
import { type DrainRoomOptions, makeDrainRoom } from '#testing/drain-room';
import { before, denied, invalid, throttled, unanswered } from '#testing/faulty';
import { offerRow, orderRow } from '#testing/rows';

const assam = 'assam-second-flush';
const roomOf = (options: DrainRoomOptions = {}) => {
  const room = makeDrainRoom(options);
  room.tables.offers.set(assam, offerRow({ stock: 5 }));
  for (const number of [0, 1]) room.tables.orders.set(orderId(number), orderRow({ id: orderId(number) }));
  const order = (number = 0) => room.tables.orders.get(orderId(number));
  return { ...room, order };
};
const packed = moveMessage();
const shipped = moveMessage({ moveId: 'move-2', to: 'shipped', statusSeen: 'packed' });
const cancelled = moveMessage({ moveId: 'move-3', to: 'cancelled', statusSeen: 'placed' });

describe('move-orders', () => {
  it('[E3] moves an order step by step in one batch', async () => {
    const room = roomOf();
    expect(await room.drain('moveOrders', [packed, shipped])).toEqual([]);
    expect(room.order()).toMatchObject({
      status: 'shipped',
      rev: 3,
      openShard: expect.stringMatching(/^shipped#/),
      history: [{ status: 'placed' }, { status: 'packed', moveId: 'move-1' }, { status: 'shipped', moveId: 'move-2' }],
    });
    expect(room.events('order-moved')).toMatchObject([
      { orderId: orderId(), moveId: 'move-1', rev: 2, wcu: 1, attempts: 1, ageMs: 1000 },
      { moveId: 'move-2', rev: 3 },
    ]);
  });

  it('[E3] notes each move once for the list of what was done, refused ones with their reason', async () => {
    const room = roomOf();
    const late = moveMessage({ moveId: 'move-9', to: 'delivered', statusSeen: 'placed' });
    await room.drain('moveOrders', [packed, late, packed]);
    expect([...room.noted.values()]).toMatchObject([
      { orderId: orderId(), moveId: 'move-1', status: 'packed', outcome: 'applied', by: 'staff', staffName: 'Sam' },
      {
        moveId: 'move-9',
        status: 'delivered',
        outcome: 'refused',
        reason: expect.stringMatching(/^The order is packed/),
      },
    ]);
  });

  it('[E3] makes the same move of two people once, and refuses neither', async () => {
    const room = roomOf();
    const again = moveMessage({ moveId: 'move-8', staffName: 'Zoë' });
    expect(await room.drain('moveOrders', [packed, again])).toEqual([]);
    expect(room.order()).toMatchObject({ status: 'packed', rev: 2, history: [{}, { moveId: 'move-1', by: 'Sam' }] });
    expect(room.order()).not.toHaveProperty('refusedMove');
    expect([...room.noted.keys()]).toEqual(['move-1']);
  });

  it('[E5] ends the waiting of a move that is applied, refused or made by another, and of no other move', async () => {
    const room = roomOf();
    const late = moveMessage({ moveId: 'late', to: 'delivered', statusSeen: 'placed' });
    const again = moveMessage({ moveId: 'again' });
    const act = { staffName: 'Sam', since: '2025-11-23T10:00:00.000Z', correlationId: 'c', sent: true } as const;
    const record = `order/${orderId()}`;
    for (const message of [packed, late, again]) {
      room.waiting.set(record, { ...act, record, actId: message.moveId, status: message.to });
      await room.drain('moveOrders', [message]);
      expect([message.moveId, room.waiting.has(record)]).toEqual([message.moveId, false]);
    }
    room.waiting.set(record, { ...act, record, actId: 'of tomorrow', status: 'shipped' });
    await room.drain('moveOrders', [packed]);
    expect(room.waiting.has(record)).toBe(true);
  });

  it('[E3] keeps a move in the queue until it is noted, and makes it once', async () => {
    const log = {
      note: async () => {
        throw denied.error;
      },
    };
    const room = roomOf({ log });
    expect(await room.drain('moveOrders', [packed])).toEqual(['message-0']);
    const again = makeDrainRoom({ tables: room.tables });
    expect(await again.drain('moveOrders', [packed])).toEqual([]);
    expect(room.order()?.rev).toBe(2);
    expect([...again.noted.values()]).toMatchObject([{ outcome: 'applied', at: room.order()?.history.at(-1)?.at }]);
  });

  it('[E3] returns stock with the cancellation, once, though the reply was lost', async () => {
    let isFirst = true;
    const moves = (store: MoveStore): MoveStore => ({
      ...store,
      apply: async (move) => {
        const answer = await store.apply(move);
        if (!isFirst) return answer;
        isFirst = false;
        return unanswered;
      },
    });
    const room = roomOf({ moves });
    expect(await room.drain('moveOrders', [cancelled, cancelled])).toEqual([]);
    expect(await room.drain('moveOrders', [cancelled])).toEqual([]);
    expect(room.order()).toMatchObject({ status: 'cancelled', rev: 2 });
    expect(room.order()).not.toHaveProperty('openShard');
    expect(room.tables.offers.get(assam)?.stock).toBe(7);
  });

  it('[E3] would return stock twice without the memory of applied ids and the previous status', async () => {
    const forgetful: typeof decideMove = (order, message, at) =>
      decideMove({ ...order, history: [], status: 'placed' }, message, at);
    const blind = (store: MoveStore): MoveStore => ({
      ...store,
      apply: async (move) => {
        const stored = await store.read(move.read.id);
        return store.apply(stored.outcome === 'found' ? { ...move, read: stored.row } : move);
      },
    });
    const stockAfter = async (options: DrainRoomOptions): Promise<number | undefined> => {
      const room = roomOf(options);
      for (let delivery = 0; delivery < 2; delivery += 1) await room.drain('moveOrders', [cancelled]);
      return room.tables.offers.get(assam)?.stock;
    };
    expect([await stockAfter({}), await stockAfter({ decide: forgetful, moves: blind })]).toEqual([7, 9]);
  });

  it('[E3] cancels either before or after a rival, never both: cancel against ship', async () => {
    const room = roomOf();
    await room.drain('moveOrders', [packed]);
    const cancel = moveMessage({ moveId: 'move-3', to: 'cancelled', statusSeen: 'packed' });
    await Promise.all([room.drain('moveOrders', [shipped]), room.drain('moveOrders', [cancel])]);
    const { status, refusedMove } = room.order() ?? {};
    const stock = room.tables.offers.get(assam)?.stock;
    expect([
      ['shipped', 'cancelled', 5],
      ['cancelled', 'shipped', 7],
    ]).toContainEqual([status, refusedMove?.status, stock]);
  });

  it('[E3] writes a refused move once, with rev + 1, and answers its repeat', async () => {
    const room = roomOf();
    const early = moveMessage({ moveId: 'early', to: 'shipped', statusSeen: 'packed' });
    expect(await room.drain('moveOrders', [early, early])).toEqual([]);
    expect(room.order()).toMatchObject({
      status: 'placed',
      rev: 2,
      refusedMove: { status: 'shipped', moveId: 'early', reason: expect.stringContaining('placed') },
    });
    expect(room.events('move-refused')).toMatchObject([{ moveId: 'early', rev: 2 }]);
  });

  it('[E3] cancels though a product is gone, and returns the rest', async () => {
    const room = roomOf();
    const line = { productId: 'gone-tea', quantity: 1, priceMinor: 100 };
    const row = orderRow({ id: orderId() });
    room.tables.orders.set(orderId(), { ...row, lines: [...row.lines, line] });
    expect(await room.drain('moveOrders', [cancelled])).toEqual([]);
    expect([room.order()?.status, room.tables.offers.get(assam)?.stock]).toEqual(['cancelled', 7]);
  });

  it('[C6] lets nothing overtake a move that goes back', async () => {
    const moves = (store: MoveStore): MoveStore => ({
      ...store,
      apply: async (move) => (move.read.id === orderId() ? throttled : store.apply(move)),
    });
    const room = roomOf({ moves });
    const elsewhere = moveMessage({ orderId: orderId(1) });
    expect(await room.drain('moveOrders', [packed, elsewhere, shipped], 10_000)).toEqual(['message-0', 'message-2']);
    expect(room.deferred.map(({ messages }) => messages.length)).toEqual([2]);
    expect([room.order()?.status, room.order(1)?.status]).toEqual(['placed', 'packed']);
    expect(room.order()).not.toHaveProperty('refusedMove');
  });

  it('[G3] keeps a move of an order that does not exist as a letter', async () => {
    const room = roomOf();
    expect(await room.drain('moveOrders', [moveMessage({ orderId: orderId(9) })])).toEqual([]);
    expect([...room.tables.letters.values()]).toMatchObject([
      { id: expect.stringContaining(`${orderId(9)}.`), queue: 'moves', reason: 'unknown-order' },
    ]);
  });

  it('[G3] knows a letter that nobody can read again when it was sent again', async () => {
    const room = roomOf();
    const first = recordOf('nonsense', 0);
    await room.run('moveOrders', [first]);
    await room.run('moveOrders', [{ ...first, messageId: 'message-7', letter: { id: 'moves.message-0', attempt: 1 } }]);
    expect([...room.tables.letters.values()]).toMatchObject([
      { id: 'moves.message-0', reason: 'unreadable', attempt: 1 },
    ]);
  });

  it('[G1] keeps a move that never fits as a letter after five tries, and goes on with the next', async () => {
    const moves = (store: MoveStore): MoveStore => ({
      ...store,
      apply: before([invalid, invalid, invalid, invalid, invalid], store.apply),
    });
    const room = roomOf({ moves });
    const second = moveMessage({ moveId: 'move-9' });
    expect(await room.drain('moveOrders', [packed, second])).toEqual([]);
    expect([...room.tables.letters.keys()]).toEqual([expect.stringMatching(`^${orderId()}\\.[0-9a-f]{32}$`)]);
    expect(room.order()?.status).toBe('packed');
  });

  it('[A6] lets nothing overtake a move of a newer release', async () => {
    const room = roomOf();
    expect(await room.drain('moveOrders', [{ ...packed, schema: 3 }, shipped])).toEqual(['message-0', 'message-1']);
    expect(room.order()?.rev).toBe(1);
  });
});
