import type { Random } from '@penstock/domain/clock';
import type { OfferItem, OrderItem } from '@penstock/domain/items';
import type { PlaceOrderMessage } from '@penstock/domain/messages';
import { compareStamps } from '@penstock/domain/stamps';
import type { OrderPlan, OrderStore } from '@penstock/platform/order-store';
import { makeMemoryOrderStore, makeMemoryTables, type PlanConditions } from '@penstock/platform/testing/memory-tables';
import type { planOrders } from '#core/plan-orders';
import { orderId, orderMessage, recordOf, stampOf } from '#testing/drain-messages';
import { makeDrainRoom } from '#testing/drain-room';
import { throttled, unanswered } from '#testing/faulty';
import { offerRow } from '#testing/rows';
import { seededRandom, wholeBetween } from '#testing/seeded-random';

/** Planted faults: the property must find each. */
export type PlantedWorld = {
  readonly conditions?: PlanConditions;
  readonly plan?: typeof planOrders;
  /** A store that lies. */
  readonly lie?: (store: OrderStore) => OrderStore;
  /** Basket ops get lost on their way. */
  readonly dropsOps?: boolean;
};

/** How often a call of the table goes wrong, each way, while faults are on. */
const faultShare = 0.08;

/**
 * One run of the queue `orders` with everything that can happen to it: messages twice, batches regrouped, two workers
 * at once, prices moved, throttles, keys unread, replies lost after the commit, commits that land when nobody waits for
 * them, workers killed at any call, acknowledgements lost. Then calm, until all is acknowledged. Answers what is wrong.
 */
export const playOrders = async (seed: number, planted: PlantedWorld = {}): Promise<readonly string[]> => {
  const random = seededRandom(seed);
  const between = (min: number, max: number) => wholeBetween(random, min, max);
  const faults: string[] = [];
  let stormy = true;
  const happens = (share: number) => stormy && random() < share;
  const late: OrderPlan[] = [];

  const tables = makeMemoryTables();
  const truth = makeMemoryOrderStore(tables, planted.conditions);
  const memory = planted.lie?.(truth) ?? truth;

  /** Every call: some ticks for the other worker, perhaps the end of this one, perhaps a fault. */
  const call = async <Answer>(send: () => Promise<Answer>): Promise<Answer | typeof throttled> => {
    await ticks(random);
    if (happens(faultShare / 2)) throw new WorkerKilled();
    if (happens(faultShare)) return throttled;
    const answer = await send();
    await ticks(random);
    if (happens(faultShare / 2)) throw new WorkerKilled();
    return answer;
  };
  const store: OrderStore = {
    readForPlan: (orderIds, productIds) =>
      call(async () => {
        const read = await memory.readForPlan(orderIds, productIds);
        if (read.outcome !== 'read') return read;
        const unread = new Set([...orderIds, ...productIds].filter(() => happens(faultShare / 2)));
        const isRead = ([id]: readonly [string, unknown]) => !unread.has(id);
        return {
          ...read,
          unread,
          orders: new Map([...read.orders].filter(isRead)),
          offers: new Map([...read.offers].filter(isRead)),
        };
      }),
    commitPlan: (plan) =>
      call(async () => {
        if (happens(faultShare / 2)) {
          late.push(plan);
          return unanswered;
        }
        if (happens(faultShare)) return overlapped(plan);
        const answer = await memory.commitPlan(plan);
        return happens(faultShare) ? unanswered : answer;
      }),
    putIfAbsent: (row) =>
      call(async () => {
        faults.push(...evidenceFaults(row, tables.offers));
        const answer = await memory.putIfAbsent(row);
        return happens(faultShare) ? unanswered : answer;
      }),
  };

  const room = makeDrainRoom({
    random,
    tables,
    ...(planted.plan === undefined ? {} : { plan: planted.plan }),
    sendBasketOp: async () => {
      await ticks(random);
      if (happens(faultShare)) throw new Error('planted');
    },
    orders: () => store,
  });

  const offers = Array.from({ length: between(1, 3) }, (_, index) =>
    offerRow({ id: `tea-number-${index}`, stock: between(0, 8), priceMinor: 100 }),
  );
  for (const offer of offers) tables.offers.set(offer.id, offer);
  // One body for each (id, hash): that is what a hash promises.
  const bodies = new Map<string, PlaceOrderMessage>();
  const messages = Array.from({ length: between(1, 8) }, () => {
    const message = drawMessage(between, offers);
    const key = `${message.orderId} ${message.bodyHash}`;
    bodies.set(key, bodies.get(key) ?? message);
    return bodies.get(key) ?? message;
  });
  const inQueue = messages.flatMap((message) => (random() < 0.3 ? [message, message] : [message]));
  let waiting = inQueue.map((message, index) => recordOf(message, index));
  const firstRows = new Map<string, OrderItem>();

  const work = async (): Promise<void> => {
    const batch = [...waiting].sort(() => random() - 0.5).slice(0, between(1, 10));
    const failed = await room.run('placeOrders', batch).catch((error: unknown) => {
      if (error instanceof WorkerKilled) return batch.map(({ messageId }) => messageId);
      throw error;
    });
    if (happens(0.1)) return; // The acknowledgement was lost.
    const acknowledged = batch.filter(({ messageId }) => !failed.includes(messageId));
    faults.push(
      ...acknowledgedFaults(
        acknowledged.map(({ body }) => JSON.parse(body)),
        tables.orders,
        room.sentOps,
      ),
    );
    waiting = waiting.filter((record) => !acknowledged.includes(record));
  };

  for (let turn = 0; turn < 40 && waiting.length > 0; turn += 1) {
    stormy = turn < 12;
    await Promise.all(stormy ? [work(), work()] : [work()]);
    for (const [id, row] of tables.orders) {
      const first = firstRows.get(id) ?? row;
      firstRows.set(id, first);
      if (first !== row) faults.push(`${id} was written over`);
    }
    if (happens(0.2)) await landOne(late, memory);
    if (happens(0.1)) movePrice(tables.offers, between);
  }
  while (late.length > 0) await landOne(late, memory);
  if (waiting.length > 0) faults.push(`${waiting.length} messages never came to rest`);
  return [...faults, ...stockFaults(offers, tables)];
};

class WorkerKilled extends Error {}

/** Lets the other worker go first, or not. */
const ticks = async (random: Random): Promise<void> => {
  for (let left = Math.floor(random() * 4); left > 0; left -= 1) await undefined;
};

const overlapped = (plan: OrderPlan) => ({
  outcome: 'cancelled' as const,
  orders: plan.orders.map((_, index) => (index === 0 ? ('conflict' as const) : ('none' as const))),
  decrements: plan.decrements.map(() => 'throttled' as const),
  stored: new Map<string, OrderItem>(),
});

const landOne = async (late: OrderPlan[], store: OrderStore): Promise<void> => {
  const plan = late.shift();
  if (plan !== undefined) await store.commitPlan(plan);
};

const movePrice = (offers: Map<string, OfferItem>, between: (min: number, max: number) => number): void => {
  const id = `tea-number-${between(0, offers.size - 1)}`;
  const offer = offers.get(id);
  if (offer !== undefined) offers.set(id, { ...offer, priceMinor: between(95, 105), rev: offer.rev + 1 });
};

const drawMessage = (
  between: (min: number, max: number) => number,
  offers: readonly OfferItem[],
): PlaceOrderMessage => {
  const known = between(0, 9) > 0 ? offers : [offerRow({ id: 'no-such-tea' })];
  const lines = known.slice(0, between(1, known.length)).map(({ id: productId }, index) => ({
    productId,
    quantity: between(1, 4),
    unitPrice: { amountMinor: between(0, 4) > 0 ? 105 : 99, currency: 'GBP' },
    ...(between(0, 1) > 0 ? { stamp: stampOf(index) } : {}),
  }));
  const bodyHash = String(between(0, 1)).repeat(64);
  return orderMessage({ orderId: orderId(between(0, 5)), bodyHash, lines });
};

/** D4: what is refused for stock must be short in committed stock, now and (nothing comes back here) for ever. */
const evidenceFaults = (row: OrderItem, offers: ReadonlyMap<string, OfferItem>): readonly string[] => {
  if (row.reason !== 'out-of-stock') return [];
  const isShort = row.shortLines?.some(({ productId, wanted }) => (offers.get(productId)?.stock ?? 0) < wanted);
  return isShort ? [] : [`${row.id} was refused though its units were there`];
};

/** What an acknowledgement promises: a row, and for what it took from a basket, the ops that say so (C9). */
const acknowledgedFaults = (
  messages: readonly PlaceOrderMessage[],
  orders: ReadonlyMap<string, OrderItem>,
  sentOps: ReturnType<typeof makeDrainRoom>['sentOps'],
): readonly string[] =>
  messages.flatMap(({ orderId: id, bodyHash, lines }) => {
    const row = orders.get(id);
    if (row === undefined) return [`${id} was acknowledged and is nowhere`];
    if (row.bodyHash !== bodyHash || row.status === 'rejected') return [];
    return lines.flatMap(({ productId, stamp }) => {
      const isSent = sentOps.some(
        ({ op }) =>
          'line' in op &&
          op.line === productId &&
          stamp !== undefined &&
          compareStamps(op.stamp, { ...stamp, device: `${stamp.device}~order` }) === 0,
      );
      return stamp === undefined || isSent ? [] : [`${id} left ${productId} in its basket`];
    });
  });

/** D7: a decrement commits if and only if its order's row did, at the price that stood (D1). */
const stockFaults = (
  before: readonly OfferItem[],
  { orders, offers }: ReturnType<typeof makeDrainRoom>['tables'],
): readonly string[] => {
  const placed = [...orders.values()].filter(({ status }) => status === 'placed');
  const lines = placed.flatMap((order) => order.lines);
  return before.flatMap(({ id, stock }) => {
    const units = lines.filter((line) => line.productId === id).reduce((sum, line) => sum + line.quantity, 0);
    const left = offers.get(id)?.stock ?? 0;
    return [
      ...(left < 0 ? [`${id} is oversold: ${left}`] : []),
      ...(stock - units === left ? [] : [`${id}: ${stock} - ${units} placed is not ${left}`]),
    ];
  });
};
