import { get, update } from 'idb-keyval';

/** Records that every tab of this browser shares. `update` is atomic over tabs and resolves with what it wrote. */
export type RecordStore = {
  readonly read: <T>(key: string) => Promise<T | undefined>;
  readonly update: <T>(key: string, change: (old: T | undefined) => T) => Promise<T>;
  /** Hears that another tab (or this one) wrote a key. Returns the way to stop. */
  readonly onChange: (listener: (key: string) => void) => () => void;
  /** False once the browser refused to keep anything: then records live as long as the page. */
  readonly isDurable: () => boolean;
};

/** IndexedDB, announced to other tabs over a BroadcastChannel; memory when the browser has or allows neither. */
export const makeRecordStore = (channelName = 'penstock'): RecordStore => {
  const memory = new Map<string, unknown>();
  const listeners = new Set<(key: string) => void>();
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(channelName);
  let durable = typeof indexedDB !== 'undefined';
  channel?.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (typeof event.data === 'string') for (const listener of listeners) listener(event.data);
  });
  const attempt = async <T>(work: () => Promise<T>, fallback: () => T): Promise<T> => {
    if (!durable) return fallback();
    try {
      return await work();
    } catch (error) {
      durable = false;
      console.warn('This browser keeps nothing between visits.', error);
      return fallback();
    }
  };
  return {
    read: <T>(key: string) =>
      attempt(
        () => get<T>(key),
        () => memory.get(key) as T | undefined,
      ),
    update: async <T>(key: string, change: (old: T | undefined) => T) => {
      const written = await attempt(
        async () => {
          let next: T | undefined;
          await update<T>(key, (old) => {
            next = change(old);
            return next;
          });
          return next as T;
        },
        () => change(memory.get(key) as T | undefined),
      );
      memory.set(key, written);
      channel?.postMessage(key);
      return written;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isDurable: () => durable,
  };
};

/** A tab that the browser has put to sleep may keep its lock: after this the work is done without. */
const lockWaitMs = 10_000;

/**
 * Runs work that one tab at a time should do, under a Web Lock. Without locks (an insecure origin), or when the lock does
 * not come free, it just runs: everything that is done here is harmless twice, the lock only saves calls.
 */
export const underLock = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const locks: LockManager | null | undefined = typeof navigator === 'undefined' ? undefined : navigator.locks;
  if (!locks) return work();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), lockWaitMs);
  let isBegun = false;
  const begin = (): Promise<T> => {
    isBegun = true;
    clearTimeout(timer);
    return work();
  };
  try {
    return (await locks.request(`penstock.${name}`, { signal: patience.signal }, begin)) as T;
  } catch (error) {
    if (isBegun) throw error;
    return work();
  }
};
