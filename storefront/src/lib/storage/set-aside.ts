import { writeText } from '#lib/storage/local-text.ts';

/** What was found to be unreadable among what this browser keeps. It stays under another key, and the shopper is told. */
export type SetAside = {
  /** Keeps parts that could not be read, and tells. */
  readonly add: (key: string, parts: readonly unknown[]) => void;
  /** Keys with something set aside since the page was opened and not yet acknowledged. */
  readonly current: () => readonly string[];
  readonly acknowledge: () => void;
  readonly subscribe: (listener: () => void) => () => void;
};

export const makeSetAside = (): SetAside => {
  const listeners = new Set<() => void>();
  let keys: readonly string[] = [];
  const tell = (next: readonly string[]): void => {
    keys = next;
    for (const listener of listeners) listener();
  };
  return {
    add: (key, parts) => {
      if (parts.length === 0) return;
      console.warn(`What was kept as ${key} could not be read; it is set aside.`, parts);
      writeText(`aside.${key}`, asText(parts));
      tell([...keys.filter((each) => each !== key), key]);
    },
    current: () => keys,
    acknowledge: () => tell([]),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

const asText = (parts: readonly unknown[]): string => {
  try {
    return JSON.stringify(parts);
  } catch {
    // A cycle or a bigint out of IndexedDB, which JSON cannot say.
    return String(parts);
  }
};
