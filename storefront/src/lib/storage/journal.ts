import { listKeys, readJsonText, writeText } from '#lib/storage/local-text.ts';

/**
 * Events that are not yet in the record store. IndexedDB writes later than the click that caused it, and a page that
 * is left in between would lose it; localStorage writes at once. One key a tab, so that tabs never overwrite another's.
 */
export type Journal<E> = {
  /** Notes an event; call what it returns once the event is stored. */
  readonly add: (event: E) => () => void;
  /** Takes over what tabs before this one left behind. Replaying an event that was stored after all must change nothing. */
  readonly recover: () => readonly E[];
};

export const makeJournal = <E>(name: string, tab: string): Journal<E> => {
  const own = `journal.${name}.${tab}`;
  let events: readonly E[] = [];
  const save = (next: readonly E[]): void => {
    events = next;
    writeText(own, events.length === 0 ? undefined : JSON.stringify(events));
  };
  return {
    add: (event) => {
      save([...events, event]);
      return () => save(events.filter((each) => each !== event));
    },
    recover: () => {
      const left = listKeys(`journal.${name}.`).filter((key) => key !== own);
      const found = left.flatMap((key) => readJsonText<readonly E[]>(key) ?? []);
      for (const key of left) writeText(key, undefined);
      return found;
    },
  };
};
