import type { OrderStore } from '@penstock/platform/order-store';
import { storageFault } from '@penstock/platform/storable';
import { describe, expect, it } from 'vitest';
import { planOrders } from '#core/plan-orders';
import { orderId, orderLine, orderMessage, recordOf, stampOf } from '#testing/drain-messages';
import { type DrainRoomOptions, makeDrainRoom } from '#testing/drain-room';
import { before, denied, invalid, namedError, throttled, unanswered, unheardOf } from '#testing/faulty';
import { marker, offerRow } from '#testing/rows';

const assam = 'assam-second-flush';
const order = (number: number, quantity = 1) =>
  orderMessage({ orderId: orderId(number), lines: [orderLine({ quantity })] });

const roomOf = (options: DrainRoomOptions = {}, stock = 10) => {
  const room = makeDrainRoom(options);
  room.tables.offers.set(assam, offerRow({ stock }));
  const stockOf = () => room.tables.offers.get(assam)?.stock;
  const statusOf = (number: number) => room.tables.orders.get(orderId(number))?.status;
  return { ...room, stockOf, statusOf };
};

/** A store whose commits are counted and may be answered for it. */
const counting = (answers: readonly Awaited<ReturnType<OrderStore['commitPlan']>>[] = []) => {
  const plans: string[][] = [];
  const orders = (store: OrderStore): OrderStore => {
    const commitPlan = before(answers, store.commitPlan);
    return {
      ...store,
      commitPlan: async (plan) => {
        plans.push(plan.orders.map(({ id }) => id.slice(-1)));
        return commitPlan(plan);
      },
    };
  };
  return { plans, orders };
};

describe('place-orders', () => {
  it('[D3] commits a batch as one transaction with one summed decrement', async () => {
    const { plans, orders } = counting();
    const room = roomOf({ orders });
    expect(await room.drain('placeOrders', [order(1, 2), order(2, 3), order(3, 1)])).toEqual([]);
    expect(plans).toEqual([['1', '2', '3']]);
    expect(room.stockOf()).toBe(4);
    expect(room.tables.offers.get(assam)?.rev).toBe(101);
    expect(room.events('orders-committed')).toMatchObject([{ count: 3, wcu: 8, attempts: 1 }]);
    expect(room.events('order-placed')).toEqual(
      [1, 2, 3].map((number) =>
        expect.objectContaining({
          orderId: orderId(number),
          correlationId: 'correlation-1',
          ageMs: 1000,
          durationMs: 0,
          attempts: 1,
          wcu: 8 / 3,
        }),
      ),
    );
  });

  it('[D4] judges who lost to others again, after the commit, on a fresh read', async () => {
    const room = roomOf({}, 5);
    expect(await room.drain('placeOrders', [order(1, 3), order(2, 4), order(3, 2)])).toEqual([]);
    expect([1, 2, 3].map(room.statusOf)).toEqual(['placed', 'rejected', 'placed']);
    expect(room.tables.orders.get(orderId(2))).toMatchObject({
      reason: 'out-of-stock',
      shortLines: [{ productId: assam, wanted: 4, available: 0 }],
    });
    expect(room.events('order-rejected')).toMatchObject([{ orderId: orderId(2), reason: 'out-of-stock', wcu: 1 }]);
  });

  it('[D4] takes a stored row for the answer when a refusal comes too late', async () => {
    const stale = (store: OrderStore): OrderStore => ({
      ...store,
      readForPlan: before(
        [
          {
            outcome: 'read',
            orders: new Map(),
            offers: new Map([[assam, offerRow({ stock: 0 })]]),
            unread: new Set(),
            unreadable: new Set(),
          },
        ],
        store.readForPlan,
      ),
    });
    const room = roomOf({ orders: stale });
    await room.memory.orders.commitPlan({
      orders: [(await placedBy(order(1))).row],
      decrements: [{ productId: assam, units: 1, priceMinor: 1250 }],
      at: '2025-11-23T10:00:00.000Z',
    });
    expect(await room.drain('placeOrders', [order(1)])).toEqual([]);
    expect([room.statusOf(1), room.stockOf()]).toEqual(['placed', 9]);
  });

  it('[D2] neither plans nor refuses on keys that nobody answered for', async () => {
    let reads = 0;
    const unread = (store: OrderStore): OrderStore => ({
      ...store,
      readForPlan: async (...keys) => {
        const read = await store.readForPlan(...keys);
        reads += 1;
        if (read.outcome !== 'read' || reads > 2) return read;
        return { ...read, offers: new Map(), unread: new Set([assam]) };
      },
    });
    const room = roomOf({ orders: unread, random: () => 1 });
    expect(await room.drain('placeOrders', [order(1)])).toEqual([]);
    expect([room.statusOf(1), reads, room.waits]).toEqual(['placed', 3, [50, 100]]);
  });

  it('[D5] sends the very same request again while it is throttled or unanswered', async () => {
    const seen: unknown[] = [];
    const orders = (store: OrderStore): OrderStore => {
      const commitPlan = before([throttled, unanswered], store.commitPlan);
      return {
        ...store,
        commitPlan: async (plan) => {
          seen.push(plan);
          return commitPlan(plan);
        },
      };
    };
    const room = roomOf({ orders, random: () => 1 });
    expect(await room.drain('placeOrders', [order(1), order(2)])).toEqual([]);
    expect(seen).toHaveLength(3);
    expect(new Set(seen).size).toBe(1);
    expect(room.waits).toEqual([50, 100]);
    expect(room.events('order-placed')).toMatchObject([{ attempts: 3 }, { attempts: 3 }]);
  });

  it('[D5] is not fooled by a lost reply: the commit counts once', async () => {
    const lost = (store: OrderStore): OrderStore => {
      let isLost = true;
      return {
        ...store,
        commitPlan: async (plan) => {
          const answer = await store.commitPlan(plan);
          if (!isLost) return answer;
          isLost = false;
          return unanswered;
        },
      };
    };
    const room = roomOf({ orders: lost });
    expect(await room.drain('placeOrders', [order(1, 4)])).toEqual([]);
    expect([room.statusOf(1), room.stockOf()]).toEqual(['placed', 6]);
  });

  it('[D5] applies every reason of a cancelled plan by position before it plans again', async () => {
    const { plans, orders } = counting();
    let isFirst = true;
    const overtaken = (store: OrderStore): OrderStore => {
      const counted = orders(store);
      return {
        ...counted,
        commitPlan: async (plan) => {
          if (isFirst) {
            isFirst = false;
            // Another worker places order 2 and sells all but three between our read and our commit.
            const row = plan.orders.find(({ id }) => id === orderId(2));
            if (row !== undefined) room.tables.orders.set(row.id, row);
            room.tables.offers.set(assam, offerRow({ stock: 3 }));
          }
          return counted.commitPlan(plan);
        },
      };
    };
    const room = roomOf({ orders: overtaken });
    expect(await room.drain('placeOrders', [order(1, 2), order(2, 2), order(3, 4), order(4, 1)])).toEqual([]);
    expect(plans).toEqual([
      ['1', '2', '3', '4'],
      ['1', '4'],
    ]);
    expect([1, 2, 3, 4].map(room.statusOf)).toEqual(['placed', 'placed', 'rejected', 'placed']);
    expect(room.stockOf()).toBe(0);
    expect(room.events('order-duplicate')).toMatchObject([{ orderId: orderId(2), outcome: 'stored' }]);
  });

  it('[D5] waits 10 to 50 ms after an overlap and sends the same plan', async () => {
    const conflict = { outcome: 'cancelled', orders: ['conflict'], decrements: ['none'], stored: new Map() } as const;
    const { plans, orders } = counting([conflict]);
    const room = roomOf({ orders });
    expect(await room.drain('placeOrders', [order(1)])).toEqual([]);
    expect(plans).toEqual([['1'], ['1']]);
    expect(room.waits).toEqual([30]);
  });

  it('[D5] waits until its plan is due before it reads what it plans on', async () => {
    const stocks: (number | undefined)[] = [];
    const due = async () => {
      // Another instance takes nine of ten while this one waits.
      room.tables.offers.set(assam, offerRow({ stock: 1 }));
      return true;
    };
    const reading = (store: OrderStore): OrderStore => ({
      ...store,
      commitPlan: (plan) => {
        stocks.push(room.stockOf());
        return store.commitPlan(plan);
      },
    });
    const room = roomOf({ orders: reading, due });
    expect(await room.drain('placeOrders', [order(1, 1), order(2, 2)])).toEqual([]);
    expect([1, 2].map(room.statusOf)).toEqual(['placed', 'rejected']);
    // One commit, and none that was cancelled for what it did not know.
    expect(stocks).toEqual([1]);
  });

  it('[D7] acknowledges a redelivered order without a write', async () => {
    const { plans, orders } = counting();
    const room = roomOf({ orders });
    await room.drain('placeOrders', [order(1, 3)]);
    expect(await room.drain('placeOrders', [order(1, 3), order(2, 1)])).toEqual([]);
    expect(plans).toEqual([['1'], ['2']]);
    expect(room.stockOf()).toBe(6);
  });

  it('[D7] defers what it could not commit, and acknowledges none of it', async () => {
    const busy = (store: OrderStore): OrderStore => ({ ...store, commitPlan: async () => throttled });
    const room = roomOf({ orders: busy, random: () => 0.5 });
    expect(await room.drain('placeOrders', [order(1), order(2)])).toEqual(['message-0', 'message-1']);
    expect(room.deferred.map(({ delaySeconds }) => delaySeconds)).toEqual([31, 31]);
    expect(room.tables.orders.size).toBe(0);
    expect(room.events('deferred')).toMatchObject([
      { orderId: orderId(1), reason: 'throttled', delayMs: 31_000 },
      { orderId: orderId(2) },
    ]);
  });

  it.each([
    [0, 1],
    [0.999, 60],
  ])('[F4] defers for a random time between 1 and 60 s: %s gives %s', async (share, delaySeconds) => {
    const busy = (store: OrderStore): OrderStore => ({ ...store, readForPlan: async () => denied });
    const room = roomOf({ orders: busy, random: () => share });
    await room.drain('placeOrders', [order(1)]);
    expect(room.deferred).toMatchObject([{ delaySeconds }]);
  });

  it('[A4] places the same body once, though it came twice in a batch', async () => {
    const room = roomOf();
    expect(await room.drain('placeOrders', [order(1, 3), order(1, 3)])).toEqual([]);
    expect(room.stockOf()).toBe(7);
    expect(room.events('order-duplicate')).toMatchObject([{ outcome: 'same-batch', count: 1 }]);
  });

  it('[A4] lets the first body stored own the id, and acknowledges and counts the other', async () => {
    const room = roomOf();
    const other = { ...order(1, 5), bodyHash: 'c'.repeat(64) };
    expect(await room.drain('placeOrders', [order(1, 3), other])).toEqual([]);
    expect(room.stockOf()).toBe(7);
    expect(room.tables.orders.get(orderId(1))).toMatchObject({ bodyHash: 'a'.repeat(64), status: 'placed' });
    expect(room.events('order-duplicate')).toMatchObject([{ outcome: 'payload-mismatch', count: 1 }]);
  });

  it('[C9] takes the ordered lines out of the basket just above the stamp ordered', async () => {
    const room = roomOf();
    const lines = [orderLine({ stamp: stampOf(7) })];
    await room.drain('placeOrders', [orderMessage({ lines }), order(2)]);
    const op = { line: assam, quantity: 0, stamp: stampOf(7, 'device-one~order') };
    expect(room.sentOps).toMatchObject([{ kind: 'basket-op', schema: 1, attempt: 0, op }]);
  });

  it('[C9] sends the ops again when it finds the order stored, and none for a refused one', async () => {
    const room = roomOf({}, 2);
    const lines = [orderLine({ stamp: stampOf(7) })];
    const refused = orderMessage({ orderId: orderId(2), lines: [orderLine({ quantity: 9, stamp: stampOf(8) })] });
    for (let delivery = 0; delivery < 2; delivery += 1)
      await room.drain('placeOrders', [orderMessage({ lines }), refused]);
    expect(room.sentOps).toHaveLength(2);
    expect(new Set(room.sentOps.map(({ op }) => op.stamp.counter))).toEqual(new Set([7]));
  });

  it('[C9] does not acknowledge an order whose basket ops could not be sent', async () => {
    let isAway = true;
    const sendBasketOp = async () => {
      if (isAway) throw namedError('TimeoutError');
    };
    const room = roomOf({ sendBasketOp });
    const message = orderMessage({ lines: [orderLine({ stamp: stampOf(7) })] });
    expect(await room.drain('placeOrders', [message, order(2)])).toEqual(['message-0']);
    expect([room.stockOf(), room.sentOps]).toEqual([7, []]);
    isAway = false;
    expect(await room.drain('placeOrders', [message])).toEqual([]);
    expect([room.stockOf(), room.sentOps.length]).toEqual([7, 1]);
  });

  it('[D6] finds by halves the one order that makes a plan fail, and places the others', async () => {
    const picky = (store: OrderStore): OrderStore => ({
      ...store,
      commitPlan: async (plan) => (plan.orders.some(({ id }) => id === orderId(3)) ? invalid : store.commitPlan(plan)),
    });
    const room = roomOf({ orders: picky });
    expect(
      await room.drain(
        'placeOrders',
        [1, 2, 3, 4, 5].map((number) => order(number)),
      ),
    ).toEqual([]);
    expect([1, 2, 4, 5].map(room.statusOf)).toEqual(['placed', 'placed', 'placed', 'placed']);
    expect(room.stockOf()).toBe(6);
    expect([...room.tables.letters.values()]).toMatchObject([
      { id: orderId(3), queue: 'orders', reason: 'invalid', detail: 'ValidationException: planted', attempt: 0 },
    ]);
  });

  it('[D6] blames nobody for a fault that nobody knows: the one it follows waits', async () => {
    const strange = (store: OrderStore): OrderStore => ({
      ...store,
      commitPlan: async (plan) =>
        plan.orders.some(({ id }) => id === orderId(2)) ? unheardOf : store.commitPlan(plan),
    });
    const room = roomOf({ orders: strange });
    expect(await room.drain('placeOrders', [order(1), order(2), order(3)])).toEqual(['message-1']);
    expect([1, 2, 3].map(room.statusOf)).toEqual(['placed', undefined, 'placed']);
    expect(room.tables.letters.size).toBe(0);
  });

  it('[G1] makes a message poison only when its fault repeats three times while it is tried alone', async () => {
    const { plans, orders } = counting([invalid, invalid]);
    const room = roomOf({ orders });
    expect(await room.drain('placeOrders', [order(1)])).toEqual([]);
    expect([plans.length, room.statusOf(1), room.tables.letters.size]).toEqual([3, 'placed', 0]);
    const worse = counting([invalid, invalid, invalid]);
    const sick = roomOf({ orders: worse.orders });
    expect(await sick.drain('placeOrders', [order(1)])).toEqual([]);
    expect([worse.plans.length, sick.statusOf(1), sick.tables.letters.size]).toEqual([3, undefined, 1]);
  });

  it('[D6] tries alone whom a plan names, and places the others with one more plan', async () => {
    const { plans, orders } = counting();
    const sick = [orderId(2), orderId(4)];
    const naming = (store: OrderStore): OrderStore => {
      const counted = orders(store);
      return {
        ...counted,
        commitPlan: async (plan) => {
          if (!plan.orders.some(({ id }) => sick.includes(id))) return counted.commitPlan(plan);
          plans.push(plan.orders.map(({ id }) => id.slice(-1)));
          const reasons = plan.orders.map(({ id }) => (sick.includes(id) ? ('invalid' as const) : ('none' as const)));
          const error = Object.assign(new Error('A value cannot be stored: 99000000000000000'), {
            name: 'ValueNotStorable',
          });
          return { outcome: 'cancelled', orders: reasons, decrements: [], stored: new Map(), error };
        },
      };
    };
    const room = roomOf({ orders: naming });
    const messages = [1, 2, 3, 4, 5].map((number) => order(number));
    expect(await room.drain('placeOrders', messages)).toEqual([]);
    expect(plans).toEqual([['1', '2', '3', '4', '5'], ['1', '3', '5'], ['2'], ['2'], ['4'], ['4']]);
    expect([...room.tables.letters.values()]).toMatchObject(
      sick.map((id) => ({
        id,
        reason: 'invalid',
        detail: 'ValueNotStorable: A value cannot be stored: 99000000000000000',
      })),
    );
    expect(room.waits).toEqual([]);
  });

  it('[D6] names whose planning throws, and asks no table more often than that takes', async () => {
    let reads = 0;
    const room = roomOf({
      orders: (store) => ({
        ...store,
        readForPlan: (...keys) => {
          reads += 1;
          return store.readForPlan(...keys);
        },
      }),
      plan: (messages, ...rest) => {
        if (messages.some(({ orderId: id }) => id === orderId(3))) throw new RangeError('Invalid time value');
        return planOrders(messages, ...rest);
      },
    });
    expect(
      await room.drain(
        'placeOrders',
        [1, 2, 3, 4].map((number) => order(number)),
      ),
    ).toEqual([]);
    expect([1, 2, 3, 4].map(room.statusOf)).toEqual(['placed', 'placed', undefined, 'placed']);
    expect([...room.tables.letters.values()]).toMatchObject([{ id: orderId(3), detail: 'RangeError' }]);
    expect(reads).toBe(4);
  });

  it('[D6] waits before it tries the halves of what nobody knows', async () => {
    const room = roomOf({ orders: (store) => ({ ...store, commitPlan: async () => unheardOf }), random: () => 1 });
    expect(await room.drain('placeOrders', [order(1), order(2)])).toEqual(['message-0', 'message-1']);
    expect(room.waits).toEqual([50]);
  });

  it('[F6] ends at its deadline, however well it goes', async () => {
    const slow = (store: OrderStore): OrderStore => ({
      ...store,
      readForPlan: async (...keys) => {
        room.advance(3000);
        return store.readForPlan(...keys);
      },
    });
    const plan: typeof planOrders = (messages, ...rest) => {
      const planned = planOrders(messages.slice(0, 1), ...rest);
      return { ...planned, waiting: messages.slice(1).map(({ orderId: id }) => id) };
    };
    const room = roomOf({ orders: slow, plan });
    const back = await room.drain(
      'placeOrders',
      [1, 2, 3, 4, 5, 6].map((number) => order(number)),
    );
    expect(back).toEqual(['message-4', 'message-5']);
    expect([1, 2, 3, 4, 5].map(room.statusOf)).toEqual(['placed', 'placed', 'placed', 'placed', undefined]);
    expect(room.events('deferred')).toMatchObject([{ reason: 'out-of-time' }, { reason: 'out-of-time' }]);
  });

  it('[F6] reads nothing for a plan that is not due before its deadline', async () => {
    let reads = 0;
    const orders = (store: OrderStore): OrderStore => ({
      ...store,
      readForPlan: (...keys) => {
        reads += 1;
        return store.readForPlan(...keys);
      },
    });
    const room = roomOf({ orders, due: async () => false });
    expect(await room.drain('placeOrders', [order(1)])).toEqual(['message-0']);
    expect(reads).toBe(0);
  });

  it('[G1] refuses an order of a total beyond all numbers like any other', async () => {
    const room = roomOf();
    const lines = [
      orderLine({ productId: 'unicorn-tears', quantity: 99, unitPrice: { amountMinor: 1e15, currency: 'GBP' } }),
    ];
    expect(await room.drain('placeOrders', [orderMessage({ orderId: orderId(1), lines })])).toEqual([]);
    const row = room.tables.orders.get(orderId(1));
    expect([row?.status, row?.totalMinor]).toEqual(['rejected', Number.MAX_SAFE_INTEGER]);
    expect(storageFault(row ?? {})).toBeUndefined();
  });

  it('[C9] keeps a letter of an order whose basket ops no queue takes, and holds nobody up', async () => {
    const sendBasketOp = async () => {
      throw namedError('InvalidMessageContents');
    };
    const room = roomOf({ sendBasketOp });
    const message = orderMessage({ lines: [orderLine({ stamp: stampOf(7) })] });
    expect(await room.drain('placeOrders', [message, order(2)])).toEqual([]);
    expect([room.statusOf(2), room.stockOf()]).toEqual(['placed', 7]);
    expect([...room.tables.letters.values()]).toMatchObject([
      { id: message.orderId, reason: 'invalid', detail: expect.stringContaining('InvalidMessageContents') },
    ]);
  });

  it('[G1] waits and alarms when the world is at fault', async () => {
    const room = roomOf({ orders: (store) => ({ ...store, readForPlan: async () => denied }) });
    expect(await room.drain('placeOrders', [order(1)])).toEqual(['message-0']);
    expect(room.tables.letters.size).toBe(0);
    expect(room.events('orders-fault')).toMatchObject([{ level: 'error', code: 'world' }]);
  });

  it('[G1] keeps what nobody understands as a letter, and works the rest', async () => {
    const room = roomOf();
    expect(await room.drain('placeOrders', ['{"half', order(1), { ...order(2), lines: [] }])).toEqual([]);
    expect(room.statusOf(1)).toBe('placed');
    expect([...room.tables.letters.values()]).toMatchObject([
      { id: 'orders.message-0', reason: 'unreadable', detail: 'body: no JSON', payload: '{"half', receives: 1 },
      { id: 'orders.message-2', reason: 'unreadable', detail: 'lines: too_small', correlationId: 'correlation-1' },
    ]);
    expect(room.told).toEqual(['orders.message-0', 'orders.message-2']);
  });

  it('[G3] does not acknowledge a message whose letter could not be kept', async () => {
    const deadLetters = () => ({
      keep: async () => {
        throw namedError('TimeoutError');
      },
    });
    const room = roomOf({ deadLetters });
    expect(await room.drain('placeOrders', ['{"half', order(1)])).toEqual(['message-0']);
  });

  it('[A6] defers a message of a newer release, and never makes it a letter', async () => {
    const room = roomOf();
    expect(
      await room.drain('placeOrders', [
        { ...order(1), schema: 3 },
        { ...order(2), schema: 2 },
      ]),
    ).toEqual(['message-0']);
    expect([room.statusOf(1), room.statusOf(2), room.tables.letters.size]).toEqual([undefined, 'placed', 0]);
  });

  it('[A6] decides nothing on a row that it cannot read', async () => {
    const blind = (store: OrderStore): OrderStore => ({
      ...store,
      readForPlan: async (...keys) => {
        const read = await store.readForPlan(...keys);
        return read.outcome === 'read' ? { ...read, unreadable: new Set([orderId(1)]) } : read;
      },
    });
    const room = roomOf({ orders: blind });
    expect(await room.drain('placeOrders', [order(1), order(2)])).toEqual(['message-0']);
    expect([room.statusOf(1), room.statusOf(2)]).toEqual([undefined, 'placed']);
  });

  it('[D3] splits what does not fit into one transaction', async () => {
    const { plans, orders } = counting();
    const room = roomOf({ orders });
    const messages = Array.from({ length: 10 }, (_, number) => {
      const lines = Array.from({ length: 20 }, (__, line) => `tea-number-${number}-${line}`);
      for (const id of lines) room.tables.offers.set(id, offerRow({ id }));
      return orderMessage({ orderId: orderId(number), lines: lines.map((productId) => orderLine({ productId })) });
    });
    expect(await room.drain('placeOrders', messages)).toEqual([]);
    expect(plans.map((plan) => plan.length)).toEqual([4, 4, 2]);
    expect(room.tables.orders.size).toBe(10);
  });

  it('[H6] writes no name and no address into a log', async () => {
    const room = roomOf({ orders: (store) => ({ ...store, commitPlan: async () => unheardOf }) });
    await room.drain('placeOrders', [order(1), `{"name":"${marker}"}`]);
    await roomOf().drain('placeOrders', [order(1)]);
    expect(room.lines.length).toBeGreaterThan(0);
    expect(room.lines.join('\n')).not.toContain(marker);
  });

  it('settles an empty event', async () => {
    expect(await roomOf().run('placeOrders', [])).toEqual([]);
  });

  it('returns every record of an order that came twice and could not be worked', async () => {
    const room = roomOf({ orders: (store) => ({ ...store, readForPlan: async () => denied }) });
    const records = [recordOf(order(1), 0), recordOf(order(1), 1)];
    expect(await room.run('placeOrders', records)).toEqual(['message-0', 'message-1']);
    expect(room.deferred).toHaveLength(1);
  });
});

const placedBy = async (message: ReturnType<typeof orderMessage>) => {
  const room = makeDrainRoom();
  room.tables.offers.set(assam, offerRow());
  await room.drain('placeOrders', [message]);
  const row = room.tables.orders.get(message.orderId);
  if (row === undefined) throw new Error('not placed');
  return { row };
};
