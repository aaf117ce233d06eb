import type { DeadLetterItem, LetterActItem, OrderItem } from '@penstock/domain/items';
import type { DeadLetterDesk, Settling } from '#dead-letter-desk';
import { deadLetterKey } from '#dead-letter-store';

export type DeskTables = {
  readonly letters: Map<string, DeadLetterItem>;
  readonly orders: Map<string, OrderItem>;
  readonly acts: Map<string, Pick<LetterActItem, 'kind' | 'letterId' | 'attempt' | 'reason' | 'staffName'>>;
};

export const makeDeskTables = (): DeskTables => ({ letters: new Map(), orders: new Map(), acts: new Map() });

/** The desk in memory: what the contract suite promises of the real one holds here too. */
export const makeMemoryDeadLetterDesk = ({ letters, orders, acts }: DeskTables): DeadLetterDesk => {
  const note = ({ id, attempt }: DeadLetterItem, kind: 'redrive' | 'discard', { reason, staffName }: Settling) =>
    acts.set(`${id} ${kind} ${attempt}`, { kind, letterId: id, attempt, reason, staffName });
  const whyRefused = ({ id, attempt }: DeadLetterItem) => {
    const stored = letters.get(id);
    if (stored === undefined) return 'gone';
    if (stored.attempt > attempt) return 'reopened';
    return stored.status === 'open' && stored.attempt === attempt ? undefined : 'settled';
  };
  const mark = (id: string, status: 'requeued' | 'discarded', { at, staffName: by, reason }: Settling) => {
    const stored = letters.get(id);
    if (stored !== undefined)
      letters.set(id, { ...stored, status, kind: 'dead-letter-settled', settled: { at, by, reason } });
  };
  return {
    list: async (status, newestFirst) => {
      const sign = newestFirst ? -1 : 1;
      const keys = [...letters.values()]
        .filter((letter) => status === undefined || letter.status === status)
        .sort((left, right) => (left.lastSeenAt < right.lastSeenAt ? -sign : sign))
        .map(({ id, lastSeenAt }) => ({ ...deadLetterKey(id), lastSeenAt }));
      return { keys, total: keys.length, capped: false };
    },
    read: async (id) => letters.get(id),
    readMany: async (ids) => ids.flatMap((id) => letters.get(id) ?? []),
    markRequeued: async (letter, by) => {
      const why = whyRefused(letter);
      if (why === undefined) mark(letter.id, 'requeued', by);
      if (why === undefined || why === 'reopened') note(letter, 'redrive', by);
      return why ?? 'done';
    },
    discard: async (letter, by, refusal) => {
      const why = whyRefused(letter);
      if (why !== undefined) return why;
      mark(letter.id, 'discarded', by);
      note(letter, 'discard', by);
      if (refusal === undefined) return 'done';
      if (orders.has(refusal.id)) return 'settled';
      orders.set(refusal.id, refusal);
      return 'done';
    },
  };
};
