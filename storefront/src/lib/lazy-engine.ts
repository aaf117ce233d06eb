import type { BasketSnapshot, BasketStore } from '#lib/basket/basket-store.ts';
import type { Draft } from '#lib/orders/draft.ts';
import type { OrderBook } from '#lib/orders/order-book.ts';
import type { OrderStore } from '#lib/orders/order-store.ts';

export type Engine = {
  readonly basket: BasketStore;
  readonly orders: OrderStore;
  /** What was typed at the checkout and not yet ordered. */
  readonly readDraft: () => Draft;
  readonly kept: Kept;
};
/** How well this browser keeps what it should. */
type Kept = {
  /** False when it keeps nothing between visits. */
  readonly isDurable: () => boolean;
  /** Something kept could not be read and was set aside; until the shopper has seen that. */
  readonly isPartLost: () => boolean;
  readonly acknowledge: () => void;
  readonly subscribe: (listener: () => void) => () => void;
};
export type LazyEngine = Engine & { readonly loaded: Promise<unknown> };

const noBasket: BasketSnapshot = { id: undefined, lines: [], isRead: false, isLate: false, earlier: [] };
const noOrders: OrderBook = { browser: '', generations: new Map(), attempts: [] };
const noneOfMine: ReturnType<OrderStore['mine']> = [];
type Part = 'basket' | 'orders' | 'kept';

/**
 * Basket and orders before their code is there: empty, and what is asked of them is done as soon as it is loaded. The
 * first screen needs neither; pages that change the basket wait for `loaded`.
 */
export const makeLazyEngine = (load: () => Promise<Engine>): LazyEngine => {
  const listeners = { basket: new Set<() => void>(), orders: new Set<() => void>(), kept: new Set<() => void>() };
  let engine: Engine | undefined;
  const subscribe = (part: Part) => (listener: () => void) => {
    listeners[part].add(listener);
    return () => listeners[part].delete(listener);
  };
  const tell = (part: Part) => (): void => {
    for (const listener of listeners[part]) listener();
  };
  const loaded = load().then((made) => {
    engine = made;
    for (const part of ['basket', 'orders', 'kept'] as const) {
      made[part].subscribe(tell(part));
      tell(part)();
    }
    return made;
  });
  /** Done at once when the code is there: a page that is left right after the press must have kept it. */
  const then = (work: (made: Engine) => void): void => {
    if (engine === undefined) loaded.then(work, (error: unknown) => console.error(error));
    else work(engine);
  };
  return {
    loaded,
    readDraft: () => engine?.readDraft() ?? {},
    kept: {
      isDurable: () => engine?.kept.isDurable() ?? true,
      isPartLost: () => engine?.kept.isPartLost() ?? false,
      acknowledge: () => then(({ kept }) => kept.acknowledge()),
      subscribe: subscribe('kept'),
    },
    basket: {
      current: () => engine?.basket.current() ?? noBasket,
      subscribe: subscribe('basket'),
      setQuantity: (productId, quantity, price) => then(({ basket }) => basket.setQuantity(productId, quantity, price)),
      notePrices: (type, prices) => then(({ basket }) => basket.notePrices(type, prices)),
      take: async (id) => (await loaded).basket.take(id),
      giveBack: (basketId, lines) => then(({ basket }) => basket.giveBack(basketId, lines)),
    },
    orders: {
      current: () => engine?.orders.current() ?? noOrders,
      mine: () => engine?.orders.mine() ?? noneOfMine,
      subscribe: subscribe('orders'),
      begin: async (body, names) => (await loaded).orders.begin(body, names),
      withdraw: async (begunId) => (await loaded).orders.withdraw(begunId),
      dismiss: (order) => then(({ orders }) => orders.dismiss(order)),
      settle: async (orderId, outcome) => (await loaded).orders.settle(orderId, outcome),
      noteCancelAsked: (orderId, at) => then(({ orders }) => orders.noteCancelAsked(orderId, at)),
      receipt: (orderId) => engine?.orders.receipt(orderId),
      isDurable: () => engine?.orders.isDurable() ?? true,
      note: (orderId, answer) => then(({ orders }) => orders.note(orderId, answer)),
      adopt: (orderId, receipt, answer) => then(({ orders }) => orders.adopt(orderId, receipt, answer)),
    },
  };
};
