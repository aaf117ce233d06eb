import { makeBasketStore } from '#lib/basket/basket-store.ts';
import type { BasketDeps } from '#lib/basket/session.ts';
import type { Engine } from '#lib/lazy-engine.ts';
import { heldStamps } from '#lib/orders/order-book.ts';
import { makeOrderStore } from '#lib/orders/order-store.ts';
import { makeRecordStore } from '#lib/storage/record-store.ts';

type EngineDeps = Omit<BasketDeps, 'records' | 'orderedStamps'>;

/** Basket and orders over the storage that they share: a basket hides the lines that an order carries (C9). */
export const makeEngine = (deps: EngineDeps): Engine => {
  const records = makeRecordStore();
  const orders = makeOrderStore({ ...deps, records });
  const basket = makeBasketStore({
    ...deps,
    records,
    orderedStamps: () => heldStamps(orders.current()),
    onOrderedChange: orders.subscribe,
  });
  return { basket, orders, isDurable: records.isDurable };
};
