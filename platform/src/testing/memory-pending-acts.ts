import type { StaffAct } from '@penstock/domain/items';
import type { PendingActs } from '#pending-acts';

/** What waits, in memory, by its record. */
export const makeMemoryPendingActs = (acts = new Map<string, StaffAct>()): PendingActs => ({
  read: async (record) => acts.get(record),
  readMany: async (records) =>
    new Map(
      records.flatMap((record) => {
        const act = acts.get(record);
        return act === undefined ? [] : [[record, act] as const];
      }),
    ),
  keep: async (act, seenActId) => {
    const stored = acts.get(act.record);
    if (stored !== undefined && stored.actId !== act.actId && stored.actId !== seenActId) return 'other';
    acts.set(act.record, act);
    return 'kept';
  },
  confirm: async ({ record, actId }) => {
    const stored = acts.get(record);
    if (stored?.actId === actId) acts.set(record, { ...stored, sent: true });
  },
  forget: async ({ record, actId }) => {
    if (acts.get(record)?.actId === actId) acts.delete(record);
  },
});
