import type { TableFault } from '@penstock/platform/table-fault';
import { passingOf } from '#flows/insist';
import { type Patience, trialsMax } from '#flows/patience';

/** How the work on a message, or on some of a group together, ended. */
export type Worked =
  | { readonly outcome: 'settled' }
  | { readonly outcome: 'left'; readonly reason: string; readonly error?: unknown }
  /** A fault that only a message can have (G1): one of them, when they were more. */
  | { readonly outcome: 'blamed'; readonly reason: string; readonly error: unknown };

export const settled: Worked = { outcome: 'settled' };

/** What a fault that did not pass means for whoever was worked: the world waits, only a message can be poison (G1). */
export const workedOf = (fault: TableFault): Worked => {
  const reason = fault.error instanceof Error ? fault.error.name : fault.fault;
  if (passingOf(fault) === undefined && fault.fault === 'invalid')
    return { outcome: 'blamed', reason, error: fault.error };
  return { outcome: 'left', reason, error: fault.error };
};

/** Works one message alone, five times before it is blamed (G1). */
export const workAlone = async (patience: Patience, work: () => Promise<Worked>): Promise<Worked> => {
  for (let trial = 1; ; trial += 1) {
    const worked = await work();
    if (worked.outcome !== 'blamed' || trial === trialsMax) return worked;
    if (!(await patience.waitBusy(trial - 1))) return { ...worked, outcome: 'left' };
  }
};
