import type { Journal } from '#lib/storage/journal.ts';
import type { RecordStore } from '#lib/storage/record-store.ts';

/**
 * A state that all tabs share: events are folded into the stored record one after another, and shown at once. The
 * reducer must be pure and an event must carry everything it needs, because it is folded twice: into what this page
 * shows, and into what is stored, which another tab may have changed meanwhile.
 */
export type SharedState<S, E> = {
  readonly current: () => S;
  /** Folds an event; resolves once it is stored, with the state that was stored. */
  readonly apply: (event: E) => Promise<S>;
  /** Resolves with the stored state when everything applied so far is in it. */
  readonly settled: () => Promise<S>;
  readonly subscribe: (listener: () => void) => () => void;
  readonly close: () => void;
};

type SharedStateDeps<S, E> = {
  readonly key: string;
  readonly empty: S;
  readonly reduce: (state: S, event: E) => S;
  readonly records: RecordStore;
  /** Where events wait that must survive a page that is left at once; `journalled` picks them. */
  readonly journal?: Journal<E> | undefined;
  readonly journalled?: (event: E) => boolean;
};

export const makeSharedState = <S, E>(deps: SharedStateDeps<S, E>): SharedState<S, E> => {
  const { key, empty, reduce, records, journal, journalled = () => false } = deps;
  const listeners = new Set<() => void>();
  let stored = empty;
  let waiting: readonly E[] = [];
  let shown = empty;
  let tail: Promise<S> = Promise.resolve(empty);

  const refresh = (): void => {
    const next = waiting.reduce(reduce, stored);
    if (next === shown) return;
    shown = next;
    for (const listener of listeners) listener();
  };
  const enqueue = (work: () => Promise<S>): Promise<S> => {
    tail = tail.then(work);
    return tail;
  };
  const reread = (): Promise<S> =>
    enqueue(async () => {
      stored = (await records.read<S>(key)) ?? empty;
      refresh();
      return stored;
    });
  const apply = (event: E): Promise<S> => {
    waiting = [...waiting, event];
    const drop = journalled(event) ? journal?.add(event) : undefined;
    refresh();
    return enqueue(async () => {
      stored = await records.update<S>(key, (old) => reduce(old ?? empty, event));
      waiting = waiting.filter((each) => each !== event);
      drop?.();
      refresh();
      return stored;
    });
  };

  void reread();
  for (const event of journal?.recover() ?? []) void apply(event);
  const stop = records.onChange((changed) => {
    if (changed === key) void reread();
  });
  return {
    current: () => shown,
    apply,
    settled: () => tail,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: stop,
  };
};
