import { readKept } from '#lib/storage/kept-json.ts';
import { listKeys, writeText } from '#lib/storage/local-text.ts';
import type { SetAside } from '#lib/storage/set-aside.ts';
import { listOf, type Reader } from '#lib/storage/shape.ts';

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

type JournalDeps<E> = {
  readonly name: string;
  readonly tab: string;
  readonly event: Reader<E>;
  readonly setAside: SetAside;
};

export const makeJournal = <E>({ name, tab, event, setAside }: JournalDeps<E>): Journal<E> => {
  const own = `journal.${name}.${tab}`;
  let events: readonly E[] = [];
  const save = (next: readonly E[]): void => {
    events = next;
    writeText(own, events.length === 0 ? undefined : JSON.stringify(events));
  };
  return {
    add: (added) => {
      save([...events, added]);
      return () => save(events.filter((each) => each !== added));
    },
    recover: () => {
      const left = listKeys(`journal.${name}.`).filter((key) => key !== own);
      const found = left.flatMap((key) => readKept(key, listOf(event), setAside) ?? []);
      for (const key of left) writeText(key, undefined);
      return found;
    },
  };
};
