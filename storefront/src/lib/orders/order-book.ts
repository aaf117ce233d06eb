import type { AcceptedOrder, PlaceOrder } from '@penstock/domain/order';
import { packStamp } from '@penstock/domain/stamps';

/**
 * The orders that this browser has begun. An attempt is sent, with the same body and key, until its outcome is known
 * (A5); its key belongs to the basket's generation, the number of orders begun from that basket here (C9), so that two
 * tabs or a reload can never make two orders of one basket.
 */
export type OrderBook = {
  /** Tells this browser's keys from another one's that shares the basket. Empty until the first order. */
  readonly browser: string;
  readonly generations: Readonly<Record<string, number>>;
  readonly attempts: readonly Attempt[];
};
export type Attempt = {
  readonly key: string;
  readonly begunId: string;
  readonly basketId: string;
  readonly lines: readonly OrderedLine[];
  readonly begunAtMs: number;
  /** Kept only while it must be sent: it holds a name and an address. */
  readonly body?: PlaceOrder | undefined;
  readonly state: 'sending' | 'accepted' | 'turned-down';
  readonly problem?: AttemptProblem | undefined;
  readonly order?: AcceptedOrder | undefined;
  /** What became of an accepted order, once that is known. */
  readonly outcome?: 'placed' | 'refused' | undefined;
};
export type OrderedLine = Pick<PlaceOrder['lines'][number], 'productId' | 'quantity' | 'stamp'>;
export type AttemptProblem = {
  readonly detail: string;
  readonly correlationId: string;
  readonly fieldErrors: Readonly<Record<string, string>>;
};

export type OrderBookEvent =
  | {
      readonly type: 'begun';
      readonly begunId: string;
      /** Becomes the browser's name if it has none yet. */
      readonly browser: string;
      readonly body: PlaceOrder;
      readonly atMs: number;
    }
  | { readonly type: 'accepted'; readonly key: string; readonly order: AcceptedOrder }
  /** The server will not take this body: nothing was ordered under this key (A5). */
  | { readonly type: 'turned-down'; readonly key: string; readonly problem: AttemptProblem }
  | { readonly type: 'settled'; readonly orderId: string; readonly outcome: 'placed' | 'refused' };

export const emptyOrderBook: OrderBook = { browser: '', generations: {}, attempts: [] };

/** Orders remembered in a browser: more than anyone has open at once. */
const attemptsMax = 30;

/** Folds an event. Pure; returns the very same object when nothing changed. */
export const reduceOrderBook = (book: OrderBook, event: OrderBookEvent): OrderBook => {
  switch (event.type) {
    case 'begun':
      return begin(book, event);
    case 'accepted':
      return accept(book, event.key, event.order);
    case 'turned-down':
      return mapAttempts(book, (attempt) =>
        attempt.key === event.key && attempt.state === 'sending'
          ? { ...attempt, body: undefined, state: 'turned-down', problem: event.problem }
          : attempt,
      );
    case 'settled':
      return mapAttempts(book, (attempt) =>
        attempt.order?.id === event.orderId ? { ...attempt, outcome: event.outcome } : attempt,
      );
  }
};

/** The stamps of lines that an order carries and that the basket therefore hides; a refusal gives them back (C9). */
export const heldStamps = (book: OrderBook): readonly string[] =>
  book.attempts
    .filter(({ state, outcome }) => state !== 'turned-down' && outcome !== 'refused')
    .flatMap(({ lines }) => lines.flatMap(({ stamp }) => (stamp === undefined ? [] : [packStamp(stamp)])));

/** Attempts that must still be sent. */
export const toSend = (book: OrderBook): readonly Attempt[] => book.attempts.filter(({ state }) => state === 'sending');

/** Accepted orders whose outcome is not known here yet. */
export const unsettled = (book: OrderBook): readonly Attempt[] =>
  book.attempts.filter(({ state, outcome }) => state === 'accepted' && outcome === undefined);

const begin = (book: OrderBook, event: Extract<OrderBookEvent, { type: 'begun' }>): OrderBook => {
  const { body } = event;
  const held = new Set(heldStamps(book));
  const isOrdered = body.lines.some(({ stamp }) => stamp !== undefined && held.has(packStamp(stamp)));
  if (isOrdered || toSend(book).some(({ basketId }) => basketId === body.basketId)) return book;
  const browser = book.browser === '' ? event.browser : book.browser;
  const key = `${browser}.${book.generations[body.basketId] ?? 0}`;
  const attempt: Attempt = {
    key,
    begunId: event.begunId,
    basketId: body.basketId,
    lines: body.lines.map(({ productId, quantity, stamp }) => ({ productId, quantity, stamp })),
    begunAtMs: event.atMs,
    body,
    state: 'sending',
  };
  const others = book.attempts.filter((each) => each.key !== key || each.basketId !== body.basketId);
  return { ...book, browser, attempts: [...others, attempt].slice(-attemptsMax) };
};

const accept = (book: OrderBook, key: string, order: AcceptedOrder): OrderBook => {
  const attempt = book.attempts.find((each) => each.key === key && each.state === 'sending');
  if (attempt === undefined) return book;
  const generation = (book.generations[attempt.basketId] ?? 0) + 1;
  return mapAttempts({ ...book, generations: { ...book.generations, [attempt.basketId]: generation } }, (each) =>
    each === attempt ? { ...each, body: undefined, state: 'accepted', order } : each,
  );
};

const mapAttempts = (book: OrderBook, change: (attempt: Attempt) => Attempt): OrderBook => ({
  ...book,
  attempts: book.attempts.map(change),
});
