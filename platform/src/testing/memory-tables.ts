import type { BasketItem, OfferItem, OrderItem } from '@penstock/domain/items';
import type { BasketStore } from '#basket-store';
import { type DeadLetter, type DeadLetterStore, storedPayload } from '#dead-letter-store';
import type { Deferral, InFlight } from '#deferral';
import type { MoveStore } from '#move-store';
import type { OrderPlan, OrderStore, StockDecrement } from '#order-store';

/** The tables in memory, with the conditions of the real stores: rows of several stores live side by side in it. */
export type MemoryTables = {
  readonly orders: Map<string, OrderItem>;
  readonly offers: Map<string, OfferItem>;
  readonly baskets: Map<string, BasketItem>;
  readonly letters: Map<string, DeadLetter>;
  /** Plans that committed, by their serialised request: the table's memory of request tokens (D5). */
  readonly plans: Set<string>;
};

export const makeMemoryTables = (): MemoryTables => ({
  orders: new Map(),
  offers: new Map(),
  baskets: new Map(),
  letters: new Map(),
  plans: new Set(),
});

/** The conditions under which the table takes a plan. One object, so that a test can plant a fault. */
export type PlanConditions = {
  readonly mayPut: (stored: OrderItem | undefined) => boolean;
  readonly mayTake: (stored: OfferItem | undefined, decrement: StockDecrement) => boolean;
};

export const planConditions: PlanConditions = {
  mayPut: (stored) => stored === undefined,
  mayTake: (stored, { units, priceMinor }) =>
    stored !== undefined && stored.stock >= units && stored.priceMinor === priceMinor && !stored.archived,
};

export const makeMemoryOrderStore = (tables: MemoryTables, conditions = planConditions): OrderStore => {
  const commit = (plan: OrderPlan): void => {
    for (const order of plan.orders) tables.orders.set(order.id, order);
    for (const { productId, units } of plan.decrements) addStock(tables, productId, -units, plan.at);
  };
  return {
    readForPlan: async (orderIds, productIds) => ({
      outcome: 'read',
      orders: pick(tables.orders, orderIds),
      offers: pick(tables.offers, productIds),
      unread: new Set(),
      unreadable: new Set(),
    }),
    commitPlan: async (plan) => {
      const token = JSON.stringify(plan);
      if (tables.plans.has(token)) return { outcome: 'committed', wcu: 0 };
      const orders = plan.orders.map(({ id }) => reasonOf(conditions.mayPut(tables.orders.get(id))));
      const decrements = plan.decrements.map((each) =>
        reasonOf(conditions.mayTake(tables.offers.get(each.productId), each)),
      );
      const ids = plan.orders.map(({ id }) => id);
      if ([...orders, ...decrements].includes('condition'))
        return { outcome: 'cancelled', orders, decrements, stored: pick(tables.orders, ids) };
      commit(plan);
      tables.plans.add(token);
      return { outcome: 'committed', wcu: 2 * (orders.length + decrements.length) };
    },
    putIfAbsent: async (order) => {
      const stored = tables.orders.get(order.id);
      if (!conditions.mayPut(stored)) return { outcome: 'exists', stored };
      tables.orders.set(order.id, order);
      return { outcome: 'written', wcu: 1 };
    },
  };
};

export const makeMemoryMoveStore = (tables: MemoryTables): MoveStore => {
  const asRead = ({ id, rev, status }: Pick<OrderItem, 'id' | 'rev' | 'status'>): OrderItem | undefined => {
    const stored = tables.orders.get(id);
    return stored?.rev === rev && stored.status === status ? stored : undefined;
  };
  return {
    read: async (id) => found(tables.orders.get(id)),
    apply: async ({ read, entry, openShard, returns }) => {
      const stored = asRead(read);
      const missing = returns.map(({ productId }) => productId).filter((id) => !tables.offers.has(id));
      if (stored === undefined || missing.length > 0) return { outcome: 'lost', missing };
      const { openShard: _closed, ...row } = stored;
      tables.orders.set(stored.id, {
        ...row,
        status: entry.status,
        rev: row.rev + 1,
        history: [...row.history, entry],
        ...(openShard === undefined ? {} : { openShard }),
      });
      for (const { productId, units } of returns) addStock(tables, productId, units, entry.at);
      return { outcome: 'written', wcu: returns.length === 0 ? 1 : 2 * (1 + returns.length) };
    },
    refuse: async ({ read, refusedMove, refusedMoveIds }) => {
      const stored = asRead(read);
      if (stored === undefined) return { outcome: 'lost', missing: [] };
      const refusal = { refusedMove, refusedMoveIds: [...refusedMoveIds] };
      tables.orders.set(stored.id, { ...stored, rev: stored.rev + 1, ...refusal });
      return { outcome: 'written', wcu: 1 };
    },
  };
};

export const makeMemoryBasketStore = (tables: MemoryTables): BasketStore => ({
  read: async (id) => found(tables.baskets.get(id)),
  write: async (basket, readRev) => {
    if (tables.baskets.get(basket.id)?.rev !== readRev) return { outcome: 'lost' };
    tables.baskets.set(basket.id, basket);
    return { outcome: 'written', wcu: 1 };
  },
});

export const makeMemoryDeadLetterStore = (tables: MemoryTables): DeadLetterStore => ({
  keep: async (letter) => {
    const known = tables.letters.get(letter.id);
    if (known !== undefined && known.attempt >= letter.attempt) return 'known';
    const { payload, detail } = storedPayload(letter);
    tables.letters.set(letter.id, { ...letter, payload, detail });
    return 'kept';
  },
});

/** A deferral that only writes down what it was asked for. */
export const makeMemoryDeferral = () => {
  const deferred: { readonly messages: readonly InFlight[]; readonly delaySeconds: number }[] = [];
  const deferral: Deferral = {
    defer: async (messages, delaySeconds) => {
      deferred.push({ messages, delaySeconds });
      return [];
    },
  };
  return { deferral, deferred };
};

const reasonOf = (holds: boolean) => (holds ? ('none' as const) : ('condition' as const));

const found = <Row>(row: Row | undefined) =>
  row === undefined ? { outcome: 'absent' as const } : { outcome: 'found' as const, row };

const pick = <Row>(rows: ReadonlyMap<string, Row>, ids: readonly string[]): ReadonlyMap<string, Row> =>
  new Map(
    ids.flatMap((id) => {
      const row = rows.get(id);
      return row === undefined ? [] : [[id, row] as const];
    }),
  );

const addStock = ({ offers }: MemoryTables, productId: string, units: number, at: string): void => {
  const offer = offers.get(productId);
  if (offer !== undefined)
    offers.set(productId, { ...offer, stock: offer.stock + units, rev: offer.rev + 1, updatedAt: at });
};
