import { makeBasketStore } from '#lib/basket/basket-store.ts';
import type { BasketDeps } from '#lib/basket/session.ts';
import type { Engine } from '#lib/lazy-engine.ts';
import { readDraft } from '#lib/orders/draft.ts';
import { heldStamps } from '#lib/orders/order-book.ts';
import { makeOrderStore } from '#lib/orders/order-store.ts';
import { makeRecordStore } from '#lib/storage/record-store.ts';
import { makeSetAside } from '#lib/storage/set-aside.ts';

type EngineDeps = Omit<BasketDeps, 'records' | 'setAside' | 'orderedStamps'>;

/** Basket and orders over the storage that they share: a basket hides the lines that an order carries (C9). */
export const makeEngine = (deps: EngineDeps): Engine => {
  const records = makeRecordStore();
  const setAside = makeSetAside();
  const orders = makeOrderStore({ ...deps, records, setAside });
  const basket = makeBasketStore({
    ...deps,
    records,
    setAside,
    orderedStamps: () => heldStamps(orders.current()),
    onOrderedChange: orders.subscribe,
  });
  return {
    basket,
    orders,
    readDraft: () => readDraft(setAside),
    kept: {
      isDurable: () => records.isDurable() && orders.isDurable(),
      isPartLost: () => setAside.current().length > 0,
      acknowledge: setAside.acknowledge,
      subscribe: (listener) => {
        const stops = [records.onDurable(listener), orders.subscribe(listener), setAside.subscribe(listener)];
        return () => {
          for (const stop of stops) stop();
        };
      },
    },
  };
};
