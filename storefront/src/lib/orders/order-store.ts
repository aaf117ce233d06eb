import type { Random } from '@penstock/domain/clock';
import type { AcceptedOrder, PlaceOrder } from '@penstock/domain/order';
import { backoffMs, waitOrOnline } from '#lib/net/backoff.ts';
import type { Http } from '#lib/net/http.ts';
import { isPassing, ProblemError, retryAfterOf } from '#lib/net/problem.ts';
import { randomText } from '#lib/net/random.ts';
import {
  type Attempt,
  emptyOrderBook,
  type OrderBook,
  type OrderBookEvent,
  reduceOrderBook,
  toSend,
} from '#lib/orders/order-book.ts';
import { keepReceipt } from '#lib/orders/receipts.ts';
import { type RecordStore, underLock } from '#lib/storage/record-store.ts';
import { makeSharedState } from '#lib/storage/shared-state.ts';

export type OrderStoreDeps = {
  readonly http: Http;
  /** This device's own clock. */
  readonly device: { readonly now: () => number };
  readonly records: RecordStore;
  readonly random: Random;
};

/** `already-ordered`: another tab has just ordered some of these lines, or is about to. */
type Begun =
  | { readonly ok: true; readonly attempt: Attempt }
  | { readonly ok: false; readonly reason: 'already-ordered' };

export type OrderStore = {
  readonly current: () => OrderBook;
  readonly subscribe: (listener: () => void) => () => void;
  /** Notes an order and begins to send it. It keeps being sent after a reload, too. */
  readonly begin: (body: PlaceOrder) => Promise<Begun>;
  readonly settle: (orderId: string, outcome: 'placed' | 'refused') => Promise<OrderBook>;
};

export const makeOrderStore = ({ http, device, records, random }: OrderStoreDeps): OrderStore => {
  const book = makeSharedState<OrderBook, OrderBookEvent>({
    key: 'orders',
    empty: emptyOrderBook,
    reduce: reduceOrderBook,
    records,
  });
  const running = new Set<string>();

  /** Sends one attempt until its outcome is known; true when it is. */
  const sendOnce = async ({ key, body }: Attempt, failures: number): Promise<boolean> => {
    try {
      const headers = { 'Idempotency-Key': key };
      const { body: order } = await http<AcceptedOrder>('POST', '/orders', { body, headers });
      keepReceipt(order);
      await book.apply({ type: 'accepted', key, order });
      return true;
    } catch (error) {
      if (error instanceof ProblemError && !isPassing(error)) {
        const { detail, correlationId, fieldErrors } = error.details;
        await book.apply({ type: 'turned-down', key, problem: { detail, correlationId, fieldErrors } });
        return true;
      }
      console.warn('The order is not yet accepted.', error);
      await waitOrOnline(backoffMs(failures + 1, random, retryAfterOf(error)));
      return false;
    }
  };

  const send = async (begun: string): Promise<void> => {
    for (let failures = 0; ; failures += 1) {
      const attempt = toSend(await book.settled()).find(({ begunId }) => begunId === begun);
      if (attempt === undefined || (await sendOnce(attempt, failures))) return;
    }
  };

  const sendAll = (): void => {
    for (const { begunId, basketId } of toSend(book.current())) {
      if (running.has(begunId)) continue;
      running.add(begunId);
      underLock(`order.${basketId}`, () => send(begunId))
        .catch((error: unknown) => console.error('Sending an order stopped.', error))
        .finally(() => running.delete(begunId));
    }
  };
  book.subscribe(sendAll);

  return {
    current: book.current,
    subscribe: book.subscribe,
    begin: async (body) => {
      const begunId = randomText(12);
      const event = { type: 'begun', begunId, browser: randomText(16), body, atMs: device.now() } as const;
      const stored = await book.apply(event);
      const attempt = stored.attempts.find((each) => each.begunId === begunId);
      return attempt === undefined ? { ok: false, reason: 'already-ordered' } : { ok: true, attempt };
    },
    settle: (orderId, outcome) => book.apply({ type: 'settled', orderId, outcome }),
  };
};
