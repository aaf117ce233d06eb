import type { BasketSnapshot, BasketStore } from '#lib/basket/basket-store.ts';
import type { OrderBook } from '#lib/orders/order-book.ts';
import type { OrderStore } from '#lib/orders/order-store.ts';

export type Engine = {
  readonly basket: BasketStore;
  readonly orders: OrderStore;
  /** False when the browser keeps nothing between visits. */
  readonly isDurable: () => boolean;
};
export type LazyEngine = Engine & { readonly loaded: Promise<unknown> };

const noBasket: BasketSnapshot = { id: undefined, lines: [], isLate: false };
const noOrders: OrderBook = { browser: '', generations: {}, attempts: [] };

/**
 * Basket and orders before their code is there: empty, and what is asked of them is done as soon as it is loaded. The
 * first screen needs neither; pages that change the basket wait for `loaded`.
 */
export const makeLazyEngine = (load: () => Promise<Engine>): LazyEngine => {
  const listeners = { basket: new Set<() => void>(), orders: new Set<() => void>() };
  let engine: Engine | undefined;
  const subscribe = (part: 'basket' | 'orders') => (listener: () => void) => {
    listeners[part].add(listener);
    return () => listeners[part].delete(listener);
  };
  const tell = (part: 'basket' | 'orders') => (): void => {
    for (const listener of listeners[part]) listener();
  };
  const loaded = load().then((made) => {
    engine = made;
    made.basket.subscribe(tell('basket'));
    made.orders.subscribe(tell('orders'));
    tell('basket')();
    tell('orders')();
    return made;
  });
  return {
    loaded,
    isDurable: () => engine?.isDurable() ?? true,
    basket: {
      current: () => engine?.basket.current() ?? noBasket,
      subscribe: subscribe('basket'),
      setQuantity: (productId, quantity) =>
        engine === undefined
          ? void loaded.then((made) => made.basket.setQuantity(productId, quantity))
          : engine.basket.setQuantity(productId, quantity),
      take: async (id) => (await loaded).basket.take(id),
      giveBack: (basketId, lines) => void loaded.then((made) => made.basket.giveBack(basketId, lines)),
    },
    orders: {
      current: () => engine?.orders.current() ?? noOrders,
      subscribe: subscribe('orders'),
      begin: async (body) => (await loaded).orders.begin(body),
      settle: async (orderId, outcome) => (await loaded).orders.settle(orderId, outcome),
    },
  };
};
