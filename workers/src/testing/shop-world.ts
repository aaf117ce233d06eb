import { type BasketOp, emptyBasket, foldBasket, viewBasketLines } from '@penstock/domain/basket-fold';
import type { OfferItem, OrderItem } from '@penstock/domain/items';
import type { BasketOpMessage, MoveOrderMessage, PlaceOrderMessage } from '@penstock/domain/messages';
import { canMove, isReached, type MoveTarget } from '@penstock/domain/order-states';
import { basketStateOf } from '@penstock/domain/views';
import type { BasketStore } from '@penstock/platform/basket-store';
import type { MoveStore } from '@penstock/platform/move-store';
import type { OrderStore } from '@penstock/platform/order-store';
import {
  makeMemoryBasketStore,
  makeMemoryMoveStore,
  makeMemoryOrderStore,
  makeMemoryTables,
} from '@penstock/platform/testing/memory-tables';
import type { QueueRecord } from '#core/queue-records';
import {
  basketId,
  basketMessage,
  moveMessage,
  orderId,
  orderMessage,
  recordOf,
  stampOf,
} from '#testing/drain-messages';
import { type Drain, makeDrainRoom } from '#testing/drain-room';
import { throttled, unanswered } from '#testing/faulty';
import { offerRow } from '#testing/rows';
import { seededRandom, wholeBetween } from '#testing/seeded-random';

/** Planted faults: the property must find each. */
export type PlantedShop = {
  readonly orders?: (store: OrderStore) => OrderStore;
  readonly moves?: (store: MoveStore) => MoveStore;
  readonly baskets?: (store: BasketStore) => BasketStore;
};

type Message = PlaceOrderMessage | BasketOpMessage | MoveOrderMessage;
const drains = { 'place-order': 'placeOrders', 'basket-op': 'foldBaskets', 'move-order': 'moveOrders' } as const;
const baskets = [basketId, 'YW5vdGhlciBiYXNrZXQgLg'];
/** How often a call of the table goes wrong, each way, while faults are on. */
const faultShare = 0.06;

class WorkerKilled extends Error {}

/**
 * The whole write path against a sequential model: shoppers edit baskets, order and order again, staff move and cancel
 * orders and edit stock and prices, messages come twice and are redriven, two workers at once are throttled, overlapped,
 * killed, lose replies, and write late. Then calm, until the queues are empty. Answers what is wrong.
 */
export const playShop = async (seed: number, planted: PlantedShop = {}): Promise<readonly string[]> => {
  const random = seededRandom(seed);
  const between = (min: number, max: number) => wholeBetween(random, min, max);
  const pick = <Item>(list: readonly Item[]): Item => list[between(0, list.length - 1)] as Item;
  const faults: string[] = [];
  let stormy = true;
  const happens = (share: number) => stormy && random() < share;
  const late: (() => Promise<unknown>)[] = [];

  const tables = makeMemoryTables();
  const offers = Array.from({ length: between(1, 3) }, (_, index) =>
    offerRow({ id: `tea-number-${index}`, stock: between(0, 8), priceMinor: 100 }),
  );
  for (const offer of offers) tables.offers.set(offer.id, offer);
  const edited = new Map<string, number>();
  /** The least stock of each product in this turn: what is refused must have been short of it at some moment. */
  const least = new Map<string, number>();
  const look = () => {
    for (const { id, stock } of tables.offers.values()) {
      least.set(id, Math.min(least.get(id) ?? stock, stock));
      if (stock < 0) faults.push(`${id} is oversold: ${stock}`);
    }
  };

  const ticks = async () => {
    for (let left = between(0, 3); left > 0; left -= 1) await undefined;
  };
  /** Every call: some ticks for the other worker, perhaps the end of this one, perhaps a fault, perhaps a write that lands late. */
  const call = async <Answer>(send: () => Promise<Answer>, writes = true): Promise<Answer> => {
    await ticks();
    look();
    if (happens(faultShare / 2)) throw new WorkerKilled();
    if (happens(faultShare)) return throttled as Answer;
    if (writes && happens(faultShare / 2)) {
      late.push(send);
      return unanswered as Answer;
    }
    const answer = await send();
    look();
    await ticks();
    if (happens(faultShare / 2)) throw new WorkerKilled();
    return writes && happens(faultShare) ? (unanswered as Answer) : answer;
  };

  const truth = {
    orders: makeMemoryOrderStore(tables),
    moves: makeMemoryMoveStore(tables),
    baskets: makeMemoryBasketStore(tables),
  };
  const told = {
    orders: planted.orders?.(truth.orders) ?? truth.orders,
    moves: planted.moves?.(truth.moves) ?? truth.moves,
    baskets: planted.baskets?.(truth.baskets) ?? truth.baskets,
  };
  const queues: Record<Drain, QueueRecord[]> = { placeOrders: [], foldBaskets: [], moveOrders: [] };
  const ops = new Map<string, BasketOp[]>();
  const moves: MoveOrderMessage[] = [];
  const asked: PlaceOrderMessage[] = [];
  let sent = 0;
  const send = (message: Message): void => {
    if (message.kind === 'basket-op') ops.set(message.basketId, [...(ops.get(message.basketId) ?? []), message.op]);
    if (message.kind === 'move-order') moves.push(message);
    for (let copy = random() < 0.2 ? 2 : 1; copy > 0; copy -= 1)
      queues[drains[message.kind]].push(recordOf(message, sent++));
  };

  const room = makeDrainRoom({
    random,
    tables,
    orders: () => ({
      readForPlan: (...keys) => call(() => told.orders.readForPlan(...keys), false),
      commitPlan: (plan) => call(() => told.orders.commitPlan(plan)),
      putIfAbsent: (row) => {
        faults.push(...refusalFaults(row, least));
        return call(() => told.orders.putIfAbsent(row));
      },
    }),
    moves: () => ({
      read: (id) => call(() => told.moves.read(id), false),
      apply: (move) => call(() => told.moves.apply(move)),
      refuse: (move) => call(() => told.moves.refuse(move)),
    }),
    baskets: () => ({
      read: (id) => call(() => told.baskets.read(id), false),
      write: (...row) => call(() => told.baskets.write(...row)),
    }),
    sendBasketOp: async (op) => {
      await ticks();
      if (happens(faultShare)) throw new Error('planted');
      send(op);
    },
  });

  const edit = (): void => {
    const offer = tables.offers.get(pick(offers).id);
    if (offer === undefined) return;
    const delta = Math.max(-offer.stock, between(-3, 4));
    edited.set(offer.id, (edited.get(offer.id) ?? 0) + delta);
    const priceMinor = random() < 0.3 ? between(95, 105) : offer.priceMinor;
    const archived = random() < 0.1 ? !offer.archived : offer.archived;
    tables.offers.set(offer.id, { ...offer, stock: offer.stock + delta, priceMinor, archived, rev: offer.rev + 1 });
  };
  const bodies = new Map<string, PlaceOrderMessage>();
  const order = (): void => {
    const lines = offers.slice(0, between(1, offers.length)).map(({ id: productId }) => ({
      productId,
      quantity: between(1, 4),
      unitPrice: { amountMinor: between(0, 4) > 0 ? 105 : 99, currency: 'GBP' },
      ...(between(0, 1) > 0 ? { stamp: stampOf(between(0, 6)) } : {}),
    }));
    const bodyHash = String(between(0, 1)).repeat(64);
    const drawn = orderMessage({ orderId: orderId(between(0, 4)), bodyHash, lines, basketId: pick(baskets) });
    const key = `${drawn.orderId} ${bodyHash}`;
    const message = bodies.get(key) ?? drawn;
    bodies.set(key, message);
    asked.push(message);
    send(message);
  };
  const change = (): void => {
    const stamp = stampOf(between(0, 6), pick(['device-one', 'device-two']));
    const op: BasketOp =
      random() < 0.15 ? { clear: true, stamp } : { line: pick(offers).id, quantity: between(0, 5), stamp };
    send(basketMessage({}, { basketId: pick(baskets), op }));
  };
  const move = (): void => {
    // The API sends a move of what is stored alone: everything else it answers itself.
    if (tables.orders.size === 0) return;
    const { id, status } = pick([...tables.orders.values()]);
    const to = pick<MoveTarget>(['packed', 'shipped', 'delivered', 'cancelled']);
    send(moveMessage({ orderId: id, moveId: `move-${moves.length}`, to, statusSeen: status }));
  };
  const redrive = (): void => {
    const record = pick(Object.values(queues).flat());
    if (record === undefined) return;
    const message = JSON.parse(record.body) as Message;
    queues[drains[message.kind]].push(recordOf({ ...message, attempt: message.attempt + 1 }, sent++));
  };

  /** Message groups of FIFO queues that a worker holds. */
  const locked = new Set<string>();
  const work = async (): Promise<void> => {
    const drain = pick(Object.keys(queues) as Drain[]);
    const waiting = queues[drain];
    const batch =
      drain === 'placeOrders'
        ? [...waiting].sort(() => random() - 0.5).slice(0, between(1, 10))
        : waiting.filter(({ group }) => !locked.has(`${drain} ${group}`)).slice(0, between(1, 10));
    if (batch.length === 0) return;
    const groups = drain === 'placeOrders' ? [] : batch.map(({ group }) => `${drain} ${group}`);
    for (const group of groups) locked.add(group);
    const failed = await room.run(drain, batch).catch((error: unknown) => {
      if (error instanceof WorkerKilled) return batch.map(({ messageId }) => messageId);
      throw error;
    });
    for (const group of groups) locked.delete(group);
    if (happens(0.1)) return; // The acknowledgement was lost.
    const gone = batch.filter(({ messageId }) => !failed.includes(messageId));
    queues[drain] = queues[drain].filter((record) => !gone.includes(record));
  };

  const known = new Map<string, OrderItem>();
  const actions = [order, order, change, change, move, move, edit, redrive];
  for (let turn = 0; turn < 90; turn += 1) {
    stormy = turn < 16;
    if (!stormy && Object.values(queues).every(({ length }) => length === 0)) break;
    if (stormy) for (let left = between(0, 2); left > 0; left -= 1) pick(actions)();
    least.clear();
    look();
    await Promise.all(stormy ? [work(), work()] : [work()]);
    if (happens(0.3)) await late.shift()?.();
    for (const row of tables.orders.values()) faults.push(...historyFaults(known.get(row.id), row));
    for (const row of tables.orders.values()) known.set(row.id, row);
  }
  for (const write of late) await write();
  look();
  const left = Object.values(queues).flat().length;
  return [
    ...faults,
    ...(left > 0 ? [`${left} messages never came to rest`] : []),
    ...asked.filter(({ orderId: id }) => !tables.orders.has(id)).map(({ orderId: id }) => `${id} is nowhere`),
    ...moves.flatMap((move) => moveFaults(tables.orders.get(move.orderId), move)),
    ...baskets.flatMap((id) => basketFaults(id, ops.get(id) ?? [], tables.baskets)),
    ...stockFaults(offers, edited, tables),
    ...[...tables.letters.values()].map(({ id, reason, detail }) => `${id} became a letter: ${reason}, ${detail}`),
  ];
};

/** D4: what is refused for stock was short of it at some moment of the turn. */
const refusalFaults = (row: OrderItem, least: ReadonlyMap<string, number>): readonly string[] => {
  if (row.reason !== 'out-of-stock') return [];
  const isShort = row.shortLines?.some(({ productId, wanted }) => (least.get(productId) ?? 0) < wanted);
  return isShort ? [] : [`${row.id} was refused though its units were there`];
};

/** Nobody is told a thing that later changes: an order only goes forward, and every change raises its rev. */
const historyFaults = (before: OrderItem | undefined, now: OrderItem): readonly string[] => {
  if (before === undefined || before === now) return [];
  const added = now.history.slice(before.history.length);
  const isKept = JSON.stringify(now.history.slice(0, before.history.length)) === JSON.stringify(before.history);
  const path = [before.status, ...added.map(({ status }) => status)];
  const isLegal = path.slice(1).every((to, index) => canMove(path[index] ?? 'rejected', to as MoveTarget));
  return [
    ...(now.rev > before.rev ? [] : [`${now.id} changed at the same rev`]),
    ...(isKept && isLegal && path.at(-1) === now.status
      ? []
      : [`${now.id} went from ${before.status} to ${now.status}`]),
    ...(now.bodyHash === before.bodyHash ? [] : [`${now.id} was written over`]),
  ];
};

/** E3: a move is applied once, or refused once, or another one had brought the order there. */
const moveFaults = (order: OrderItem | undefined, { moveId, to }: MoveOrderMessage): readonly string[] => {
  const times =
    (order?.history.filter((entry) => entry.moveId === moveId).length ?? 0) +
    (order?.refusedMoveIds?.filter((id) => id === moveId).length ?? 0);
  if (times === 0 && order?.history.some(({ status }) => isReached(status, to))) return [];
  return times === 1 ? [] : [`${moveId} came to an end ${times} times`];
};

/** C2: a basket is the fold of all its ops, in whatever order they came. */
const basketFaults = (
  id: string,
  ops: readonly BasketOp[],
  stored: ReturnType<typeof makeMemoryTables>['baskets'],
): readonly string[] => {
  const row = stored.get(id);
  const [is, should] = [row === undefined ? emptyBasket : basketStateOf(row), foldBasket(emptyBasket, ops)].map(
    (state) => JSON.stringify(viewBasketLines(state)),
  );
  return is === should ? [] : [`basket ${id} is ${is}, not ${should}`];
};

/** D7, E2, E3: what there was + edits - what orders hold = what there is. */
const stockFaults = (
  before: readonly OfferItem[],
  edited: ReadonlyMap<string, number>,
  { orders, offers }: ReturnType<typeof makeMemoryTables>,
): readonly string[] => {
  const holding = [...orders.values()].filter(({ status }) => status !== 'rejected' && status !== 'cancelled');
  return before.flatMap(({ id, stock }) => {
    const held = holding.flatMap(({ lines }) => lines).filter((line) => line.productId === id);
    const units = held.reduce((sum, { quantity }) => sum + quantity, 0);
    const should = stock + (edited.get(id) ?? 0) - units;
    const is = offers.get(id)?.stock;
    return is === should ? [] : [`${id}: ${stock} + edits - ${units} held is ${should}, not ${is}`];
  });
};
