import { get, update } from 'idb-keyval';

/** Records that every tab of this browser shares. `update` is atomic over tabs and resolves with what it wrote. */
export type RecordStore = {
  /** As stored: whoever reads it checks its shape. */
  readonly read: (key: string) => Promise<unknown>;
  readonly update: <T>(key: string, change: (old: unknown) => T) => Promise<T>;
  /** Hears that another tab (or this one) wrote a key. Returns the way to stop. */
  readonly onChange: (listener: (key: string) => void) => () => void;
  /** False once the browser refused to keep anything: then records live as long as the page. */
  readonly isDurable: () => boolean;
  /** Hears that isDurable has changed. */
  readonly onDurable: (listener: () => void) => () => void;
};

/** IndexedDB, announced to other tabs over a BroadcastChannel; memory when the browser has or allows neither. */
export const makeRecordStore = (channelName = 'penstock'): RecordStore => {
  const memory = new Map<string, unknown>();
  const listeners = new Set<(key: string) => void>();
  const durableListeners = new Set<() => void>();
  const channel = openChannel(channelName);
  let durable = hasDatabase();
  channel?.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (typeof event.data === 'string') for (const listener of listeners) listener(event.data);
  });
  /** A browser that closes the database behind a page (iOS does) opens it again at the second try. */
  const attempt = async <T>(work: () => Promise<T>, fallback: () => T): Promise<T> => {
    if (!durable) return fallback();
    try {
      return await work().catch(work);
    } catch (error) {
      durable = false;
      console.warn('This browser keeps nothing between visits.', error);
      for (const listener of durableListeners) listener();
      return fallback();
    }
  };
  return {
    read: (key) =>
      attempt(
        async () => {
          const record = await get<unknown>(key);
          memory.set(key, record);
          return record;
        },
        () => memory.get(key),
      ),
    update: async <T>(key: string, change: (old: unknown) => T) => {
      const written = await attempt(
        () => updateRecord(key, change),
        () => ({ value: change(memory.get(key)) }),
      );
      if ('fault' in written) throw written.fault;
      memory.set(key, written.value);
      channel?.postMessage(key);
      return written.value;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isDurable: () => durable,
    onDurable: (listener) => {
      durableListeners.add(listener);
      return () => durableListeners.delete(listener);
    },
  };
};

/** A change that throws is the caller's fault, not the browser's: it is kept apart, and the record stays as it was. */
const updateRecord = async <T>(
  key: string,
  change: (old: unknown) => T,
): Promise<{ readonly value: T } | { readonly fault: unknown }> => {
  let result: { readonly value: T } | { readonly fault: unknown } = { fault: new Error(`${key} was not written.`) };
  await update<unknown>(key, (old) => {
    try {
      const value = change(old);
      result = { value };
      return value;
    } catch (fault) {
      result = { fault };
      return old;
    }
  });
  return result;
};

/** Browsers that forbid storage may throw where the name is only looked at. */
const hasDatabase = (): boolean => {
  try {
    return typeof indexedDB !== 'undefined' && indexedDB !== null;
  } catch {
    return false;
  }
};

const openChannel = (name: string): BroadcastChannel | undefined => {
  try {
    return typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name);
  } catch (error) {
    console.warn('Tabs cannot tell each other of changes.', error);
    return undefined;
  }
};
