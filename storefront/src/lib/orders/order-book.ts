import type { AcceptedOrder, PlaceOrder } from '@penstock/domain/order';
import { packStamp } from '@penstock/domain/stamps';
import type { OrderedLine } from '#lib/storage/kept-shapes.ts';

export type { OrderedLine };

/**
 * The orders that this browser has begun. An attempt is sent, with the same body and key, until its outcome is known
 * (A5); its key belongs to the basket's generation, the number of orders begun from that basket here (C9), so that two
 * tabs or a reload can never make two orders of one basket.
 */
export type OrderBook = {
  /** Tells this browser's keys from another one's that shares the basket. Empty until the first order. */
  readonly browser: string;
  readonly generations: ReadonlyMap<string, number>;
  readonly attempts: readonly Attempt[];
};
export type Attempt = {
  readonly key: string;
  readonly begunId: string;
  readonly basketId: string;
  readonly lines: readonly OrderedLine[];
  readonly begunAtMs: number;
  /** When it was sent for the first time. Until then it is certain that nobody has it; from then on nothing is (A5). */
  readonly sentAtMs?: number | undefined;
  /** Kept while it must be sent or mended: it holds a name and an address. */
  readonly body?: PlaceOrder | undefined;
  readonly state: 'sending' | 'accepted' | 'turned-down';
  readonly problem?: AttemptProblem | undefined;
  readonly order?: AcceptedOrder | undefined;
  /** What became of an accepted order, once that is known. */
  readonly outcome?: 'placed' | 'refused' | undefined;
};
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
      /** Names by product id, as the page showed them. */
      readonly names: ReadonlyMap<string, string>;
      readonly atMs: number;
    }
  | { readonly type: 'sent'; readonly begunId: string; readonly atMs: number }
  /** Takes back what was never sent; of anything else nobody can say that it is not placed yet. */
  | { readonly type: 'withdrawn'; readonly begunId: string }
  /** By `begunId`: two baskets may have an order under the same key. */
  | { readonly type: 'accepted'; readonly begunId: string; readonly order: AcceptedOrder }
  /** The server will not take this body: nothing was ordered under this key (A5). */
  | { readonly type: 'turned-down'; readonly begunId: string; readonly problem: AttemptProblem }
  /** The shopper has read that it was turned down. */
  | { readonly type: 'dismissed'; readonly begunId: string }
  | { readonly type: 'settled'; readonly orderId: string; readonly outcome: 'placed' | 'refused' };

export const emptyOrderBook: OrderBook = { browser: '', generations: new Map(), attempts: [] };

/** Settled orders remembered in a browser beside those that still need it. */
const attemptsMax = 30;

/** Folds an event. Pure; returns the very same object when nothing changed. */
export const reduceOrderBook = (book: OrderBook, event: OrderBookEvent): OrderBook => {
  switch (event.type) {
    case 'begun':
      return begin(book, event);
    case 'sent':
      return mapAttempts(book, (attempt) =>
        attempt.begunId === event.begunId && attempt.sentAtMs === undefined
          ? { ...attempt, sentAtMs: event.atMs }
          : attempt,
      );
    case 'withdrawn':
      return without(book, ({ begunId, state, sentAtMs }) =>
        [begunId === event.begunId, state === 'sending', sentAtMs === undefined].every(Boolean),
      );
    case 'accepted':
      return accept(book, event.begunId, event.order);
    case 'turned-down':
      return mapAttempts(book, (attempt) =>
        attempt.begunId === event.begunId && attempt.state === 'sending'
          ? { ...attempt, state: 'turned-down', problem: event.problem }
          : attempt,
      );
    case 'dismissed':
      return without(book, ({ begunId, state }) => begunId === event.begunId && state === 'turned-down');
    case 'settled':
      return mapAttempts(book, (attempt) =>
        attempt.order?.id === event.orderId && attempt.outcome !== event.outcome
          ? { ...attempt, outcome: event.outcome }
          : attempt,
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
  const key = `${browser}.${book.generations.get(body.basketId) ?? 0}`;
  const attempt: Attempt = {
    key,
    begunId: event.begunId,
    basketId: body.basketId,
    lines: body.lines.map((line) => ({ ...line, name: event.names.get(line.productId) })),
    begunAtMs: event.atMs,
    body,
    state: 'sending',
  };
  const others = book.attempts.filter((each) => each.key !== key || each.basketId !== body.basketId);
  return { ...book, browser, attempts: bounded([...others, attempt]) };
};

/** Forgets the oldest settled ones; what is still being sent, waits or must be told is never forgotten. */
const bounded = (attempts: readonly Attempt[]): readonly Attempt[] => {
  const settled = attempts.filter(({ outcome }) => outcome !== undefined);
  const forgotten = new Set(settled.slice(0, Math.max(0, attempts.length - attemptsMax)));
  return attempts.filter((attempt) => !forgotten.has(attempt));
};

const accept = (book: OrderBook, begunId: string, order: AcceptedOrder): OrderBook => {
  const attempt = book.attempts.find((each) => each.begunId === begunId && each.state === 'sending');
  if (attempt === undefined) return book;
  const generation = (book.generations.get(attempt.basketId) ?? 0) + 1;
  return mapAttempts({ ...book, generations: new Map(book.generations).set(attempt.basketId, generation) }, (each) =>
    each === attempt ? { ...each, body: undefined, state: 'accepted', order } : each,
  );
};

const mapAttempts = (book: OrderBook, change: (attempt: Attempt) => Attempt): OrderBook => {
  const attempts = book.attempts.map(change);
  return attempts.every((attempt, index) => attempt === book.attempts[index]) ? book : { ...book, attempts };
};

const without = (book: OrderBook, isGone: (attempt: Attempt) => boolean): OrderBook =>
  book.attempts.some(isGone) ? { ...book, attempts: book.attempts.filter((each) => !isGone(each)) } : book;
