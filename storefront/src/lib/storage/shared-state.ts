import type { Journal } from '#lib/storage/journal.ts';
import type { RecordStore } from '#lib/storage/record-store.ts';
import type { SetAside } from '#lib/storage/set-aside.ts';
import { type Reader, readShape } from '#lib/storage/shape.ts';

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
  /** The shape of the record: what is stored may be older than this page, or damaged. */
  readonly shape: Reader<S>;
  readonly reduce: (state: S, event: E) => S;
  readonly records: RecordStore;
  readonly setAside: SetAside;
  /** Where events wait that must survive a page that is left at once; `journalled` picks them. */
  readonly journal?: Journal<E> | undefined;
  readonly journalled?: (event: E) => boolean;
};

export const makeSharedState = <S, E>(deps: SharedStateDeps<S, E>): SharedState<S, E> => {
  const { key, empty, shape, reduce, records, setAside, journal, journalled = () => false } = deps;
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
  /** One after another. One that fails says so to who asked for it, and the next goes on from what is stored. */
  const enqueue = (work: () => Promise<S>): Promise<S> => {
    const result = tail.then(work);
    tail = result.catch(() => stored);
    return result;
  };
  /** The record as read; what cannot be read is collected and set aside after the write that leaves it out. */
  const readInto =
    (badParts: unknown[]) =>
    (raw: unknown): S => {
      const read = readShape(shape, raw);
      badParts.splice(0, badParts.length, ...read.badParts);
      return read.value ?? empty;
    };
  const write = async (change: (old: S) => S): Promise<S> => {
    const badParts: unknown[] = [];
    const read = readInto(badParts);
    stored = await records.update<S>(key, (old) => change(read(old)));
    setAside.add(key, badParts);
    return stored;
  };
  const reread = (): Promise<S> =>
    enqueue(async () => {
      const badParts: unknown[] = [];
      stored = readInto(badParts)(await records.read(key));
      if (badParts.length > 0) await write((old) => old);
      refresh();
      return stored;
    });
  const apply = (event: E): Promise<S> => {
    waiting = [...waiting, event];
    const drop = journalled(event) ? journal?.add(event) : undefined;
    const forget = (): void => {
      waiting = waiting.filter((each) => each !== event);
      drop?.();
    };
    try {
      refresh();
    } catch (error) {
      forget();
      return Promise.reject(error);
    }
    return enqueue(async () => {
      try {
        await write((old) => reduce(old, event));
      } finally {
        forget();
        refresh();
      }
      return stored;
    });
  };

  const logged = (error: unknown): void => console.error(`What is kept as ${key} could not be followed.`, error);
  reread().catch(logged);
  for (const event of journal?.recover() ?? []) apply(event).catch(logged);
  const stop = records.onChange((changed) => {
    if (changed === key) reread().catch(logged);
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
