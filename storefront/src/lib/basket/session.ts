import type { Basket } from '@penstock/domain/basket';
import type { SetLineOp } from '@penstock/domain/basket-fold';
import type { Clock, Random } from '@penstock/domain/clock';
import { emptyOutbox, nextToSend, type Outbox, type OutboxEvent, reduceOutbox, stampFor } from '#lib/basket/outbox.ts';
import { editedShape, outboxShape } from '#lib/basket/outbox-shape.ts';
import { noPrices, type PriceEvent, reducePrices, type SeenPrices, seenPricesShape } from '#lib/basket/seen-prices.ts';
import { makeOutboxSender } from '#lib/basket/sender.ts';
import type { Live } from '#lib/live/live.ts';
import { backoffMs } from '#lib/net/backoff.ts';
import type { Http } from '#lib/net/http.ts';
import { isPassing, retryAfterOf } from '#lib/net/problem.ts';
import { makeJournal } from '#lib/storage/journal.ts';
import type { RecordStore } from '#lib/storage/record-store.ts';
import type { SetAside } from '#lib/storage/set-aside.ts';
import { makeSharedState } from '#lib/storage/shared-state.ts';

export type BasketDeps = {
  readonly http: Http;
  /** At server time: what stamps are made of. */
  readonly clock: Clock;
  /** This device's own clock: how long something has been waiting. */
  readonly device: Clock;
  /** This tab, as stamps name it. */
  readonly tab: string;
  readonly records: RecordStore;
  readonly setAside: SetAside;
  readonly live: Live;
  readonly random: Random;
  /** Stamps that orders of this browser carry (C9). */
  readonly orderedStamps: () => readonly string[];
  /** The server will never take this op; it is out of the basket again. */
  readonly onTurnedDown: (op: SetLineOp, error: Error) => void;
};

/** One basket as this tab keeps it: the shared outbox, its sender, its topic. */
export type BasketSession = {
  readonly id: string;
  readonly outbox: () => Outbox;
  /** False while nobody can say what is in it: nothing is kept of it here and the shop has not answered yet. */
  readonly isRead: () => boolean;
  /** The outbox as stored, with every other tab's edits. */
  readonly settled: () => Promise<Outbox>;
  readonly edit: (productId: string, quantity: number) => Promise<Outbox>;
  readonly prices: () => SeenPrices;
  readonly notePrice: (event: PriceEvent) => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly close: () => void;
};

/** An accepted op without a frame for this long is asked for (C8), then at growing intervals. */
const askAfterMs = 5000;
const askEveryMaxMs = 60_000;
/** A basket is asked for without its topic when the socket takes longer than this. */
const firstAskAfterMs = 2500;

export const openBasketSession = (id: string, deps: BasketDeps, isNew = false): BasketSession => {
  const { http, clock, device, tab, records, setAside, live, random, orderedStamps } = deps;
  const state = makeSharedState<Outbox, OutboxEvent>({
    key: `basket:${id}`,
    empty: emptyOutbox,
    shape: outboxShape(emptyOutbox),
    reduce: reduceOutbox,
    records,
    setAside,
    journal: makeJournal<OutboxEvent>({ name: `basket.${id}`, tab, event: editedShape, setAside }),
    journalled: ({ type }) => type === 'edited',
  });
  const prices = makeSharedState<SeenPrices, PriceEvent>({
    key: `prices:${id}`,
    empty: noPrices,
    shape: seenPricesShape,
    reduce: reducePrices,
    records,
    setAside,
  });
  const logged = (error: unknown): void => console.error('A change of the basket could not be kept.', error);
  const apply = (event: OutboxEvent): void => void state.apply(event).catch(logged);
  let askTimer: ReturnType<typeof setTimeout> | undefined;
  let askAgainTimer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let isAnswered = isNew;
  const answerListeners = new Set<() => void>();
  let askDelayMs = askAfterMs;

  /** Asks until there is an answer, not before the shop asked for it: a basket that was never read looks empty. */
  const ask = async (failures = 0): Promise<void> => {
    clearTimeout(askAgainTimer);
    const revBefore = state.current().server.rev;
    try {
      const { body } = await http<Basket>('GET', `/baskets/${id}`);
      await state.apply({ type: 'answered', basket: body, revBefore });
      // One that is not stored changes nothing in the outbox, but now it is known to be empty.
      isAnswered = true;
      for (const listener of answerListeners) listener();
    } catch (error) {
      console.warn('The basket could not be read.', error);
      if (!isClosed && isPassing(error))
        askAgainTimer = setTimeout(() => void ask(failures + 1), backoffMs(failures + 1, random, retryAfterOf(error)));
    }
  };
  const askWhenOverdue = (): void => {
    const isWaiting = state.current().entries.some(({ acceptedAtMs }) => acceptedAtMs !== undefined);
    if (!isWaiting) {
      clearTimeout(askTimer);
      askTimer = undefined;
      askDelayMs = askAfterMs;
    } else
      askTimer ??= setTimeout(async () => {
        await ask();
        askTimer = undefined;
        askDelayMs = Math.min(askDelayMs * 2, askEveryMaxMs);
        askWhenOverdue();
      }, askDelayMs);
  };

  const sender = makeOutboxSender({ ...deps, id, state, ordered: orderedStamps });
  const firstAsk = setTimeout(() => void ask(), firstAskAfterMs);
  const stopTopic = live.subscribe(`basket/${id}`, {
    onReady: () => {
      clearTimeout(firstAsk);
      void ask();
    },
    onChange: ({ rev, data }) => apply({ type: 'changed', rev, basket: data as Basket | null }),
    onRefetch: () => void ask(),
  });
  const stopState = state.subscribe(() => {
    askWhenOverdue();
    if (nextToSend(state.current()) !== undefined) sender.kick();
  });

  return {
    id,
    outbox: state.current,
    isRead: () => isAnswered || state.current().server.rev > 0,
    settled: state.settled,
    prices: prices.current,
    notePrice: (event) => void prices.apply(event).catch(logged),
    subscribe: (listener) => {
      const stops = [state.subscribe(listener), prices.subscribe(listener)];
      answerListeners.add(listener);
      return () => {
        for (const stop of stops) stop();
        answerListeners.delete(listener);
      };
    },
    edit: (productId, quantity) => {
      const stamp = stampFor(state.current(), clock.now(), tab);
      return state.apply({ type: 'edited', op: { line: productId, quantity, stamp }, atMs: device.now() });
    },
    close: () => {
      clearTimeout(firstAsk);
      isClosed = true;
      clearTimeout(askTimer);
      clearTimeout(askAgainTimer);
      stopTopic();
      stopState();
      sender.stop();
      state.close();
      prices.close();
    },
  };
};
