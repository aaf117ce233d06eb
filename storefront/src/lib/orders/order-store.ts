import type { Random } from '@penstock/domain/clock';
import type { AcceptedOrder, PlaceOrder } from '@penstock/domain/order';
import { backoffMs, waitOrOnline, waitWhileOffline } from '#lib/net/backoff.ts';
import type { Http } from '#lib/net/http.ts';
import { isPassing, ProblemError, retryAfterOf } from '#lib/net/problem.ts';
import { randomText } from '#lib/net/random.ts';
import type { AnyOrder } from '#lib/orders/any-order.ts';
import { forgetDraft } from '#lib/orders/draft.ts';
import { joinOrders, type MyOrder } from '#lib/orders/my-orders.ts';
import {
  type Attempt,
  emptyOrderBook,
  type OrderBook,
  type OrderBookEvent,
  reduceOrderBook,
  toSend,
} from '#lib/orders/order-book.ts';
import { orderBookShape } from '#lib/orders/order-book-shape.ts';
import { type KeptReceipt, makeReceipts, withAnswer } from '#lib/orders/receipts.ts';
import type { RecordStore } from '#lib/storage/record-store.ts';
import type { SetAside } from '#lib/storage/set-aside.ts';
import { makeSharedState } from '#lib/storage/shared-state.ts';
import { underLock } from '#lib/storage/under-lock.ts';

export type OrderStoreDeps = {
  readonly http: Http;
  /** This device's own clock. */
  readonly device: { readonly now: () => number };
  readonly records: RecordStore;
  readonly setAside: SetAside;
  readonly random: Random;
};

/** `already-ordered`: another tab has just ordered some of these lines, or is about to. */
type Begun =
  | { readonly ok: true; readonly attempt: Attempt }
  | { readonly ok: false; readonly reason: 'already-ordered' };

export type OrderStore = {
  readonly current: () => OrderBook;
  /** All orders of this browser, joined; the same list until something changes. */
  readonly mine: () => readonly MyOrder[];
  readonly subscribe: (listener: () => void) => () => void;
  /** Notes an order and begins to send it. It keeps being sent after a reload, too. `names` are those of the products. */
  readonly begin: (body: PlaceOrder, names?: ReadonlyMap<string, string>) => Promise<Begun>;
  /** Takes an order back that was never sent; false when it may have arrived. */
  readonly withdraw: (begunId: string) => Promise<boolean>;
  /** The shopper has seen that an order was turned down or refused. */
  readonly dismiss: (order: Pick<MyOrder, 'begunId' | 'id'>) => void;
  readonly settle: (orderId: string, outcome: 'placed' | 'refused') => Promise<OrderBook>;
  /** The shop took the wish to cancel the order. */
  readonly noteCancelAsked: (orderId: string, at: string) => void;
  readonly receipt: (orderId: string) => KeptReceipt | undefined;
  /** False once the browser refused to keep a receipt between visits. */
  readonly isDurable: () => boolean;
  /** Notes what the shop answered for an order whose receipt is kept. */
  readonly note: (orderId: string, answer: AnyOrder) => void;
  /** Takes over a receipt that the shop has proven by this answer. What is kept already knows more, and stays. */
  readonly adopt: (orderId: string, receipt: string, answer: AnyOrder) => void;
};

export const makeOrderStore = ({ http, device, records, setAside, random }: OrderStoreDeps): OrderStore => {
  const book = makeSharedState<OrderBook, OrderBookEvent>({
    key: 'orders',
    empty: emptyOrderBook,
    shape: orderBookShape,
    reduce: reduceOrderBook,
    records,
    setAside,
  });
  const receipts = makeReceipts(setAside);
  const running = new Set<string>();
  const find = ({ attempts }: OrderBook, begun: string): Attempt | undefined =>
    attempts.find(({ begunId, state }) => begunId === begun && state === 'sending');

  const accept = async ({ begunId, body, lines }: Attempt, order: AcceptedOrder): Promise<void> => {
    const { id, receipt, number, acceptedAt, estimatedWaitMs } = order;
    receipts.keep(id, (old) => ({
      ...old,
      receipt,
      number,
      acceptedAt,
      estimatedWaitMs,
      lines,
      contact: body?.contact,
      address: body?.address,
    }));
    await book.apply({ type: 'accepted', begunId, order });
    if (body !== undefined) forgetDraft(body, setAside);
  };

  /** Sends one attempt until its outcome is known; true when it is. */
  const sendOnce = async (attempt: Attempt, failures: number, isFirst: boolean): Promise<boolean> => {
    const { key, body } = attempt;
    try {
      const headers = { 'Idempotency-Key': key };
      const { body: order } = await http<AcceptedOrder>('POST', '/orders', { body, headers });
      await accept(attempt, order);
      return true;
    } catch (error) {
      if (error instanceof ProblemError && isVerdict(error, isFirst)) {
        const { detail, correlationId, fieldErrors } = error.details;
        await book.apply({
          type: 'turned-down',
          begunId: attempt.begunId,
          problem: { detail, correlationId, fieldErrors },
        });
        return true;
      }
      console.warn('The order is not accepted yet.', error);
      const waitMs = backoffMs(failures + 1, random, retryAfterOf(error));
      // The shop's own word on when to come again holds, whatever the connection does meanwhile.
      await waitOrOnline(waitMs, retryAfterOf(error) === undefined);
      return false;
    }
  };

  const send = async (begun: string): Promise<void> => {
    for (let failures = 0; ; failures += 1) {
      const attempt = find(await book.settled(), begun);
      if (attempt === undefined) return;
      const isFirst = attempt.sentAtMs === undefined;
      if (isFirst) {
        await waitWhileOffline();
        const marked = await book.apply({ type: 'sent', begunId: begun, atMs: device.now() });
        // It was taken back in the meantime, by this tab or another.
        if (find(marked, begun) === undefined) return;
      }
      if (await sendOnce(attempt, failures, isFirst)) return;
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

  const listeners = new Set<() => void>();
  let mine = joinOrders(book.current(), receipts.list());
  const refresh = (): void => {
    mine = joinOrders(book.current(), receipts.list());
    for (const listener of listeners) listener();
  };
  book.subscribe(refresh);
  receipts.subscribe(refresh);

  return {
    current: book.current,
    mine: () => mine,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    begin: async (body, names = new Map()) => {
      const begunId = randomText(12);
      const event = { type: 'begun', begunId, browser: randomText(16), body, names, atMs: device.now() } as const;
      const attempt = find(await book.apply(event), begunId);
      return attempt === undefined ? { ok: false, reason: 'already-ordered' } : { ok: true, attempt };
    },
    withdraw: async (begunId) => {
      const { attempts } = await book.apply({ type: 'withdrawn', begunId });
      return !attempts.some((each) => each.begunId === begunId);
    },
    dismiss: ({ begunId, id }) => {
      if (begunId !== undefined)
        book.apply({ type: 'dismissed', begunId }).catch((error: unknown) => console.error(error));
      if (id !== undefined)
        receipts.keep(id, (old) => (old === undefined ? undefined : { ...old, isRefusalSeen: true }));
    },
    settle: (orderId, outcome) => book.apply({ type: 'settled', orderId, outcome }),
    noteCancelAsked: (orderId, at) =>
      receipts.keep(orderId, (old) => (old === undefined ? undefined : { ...old, cancelAskedAt: at })),
    receipt: receipts.read,
    isDurable: receipts.isDurable,
    note: (orderId, answer) =>
      receipts.keep(orderId, (old) => (old === undefined ? undefined : withAnswer(old, answer))),
    adopt: (orderId, receipt, answer) => receipts.keep(orderId, (old) => withAnswer({ ...old, receipt }, answer)),
  };
};

/**
 * Whether a refusal is the shop's verdict on this body. A gateway's own page is one only while nothing was sent before:
 * an earlier call may have arrived, and the gateway knows nothing of it (A5).
 */
const isVerdict = (error: ProblemError, isFirst: boolean): boolean =>
  !isPassing(error) && (isFirst || error.details.code !== 'gateway');
