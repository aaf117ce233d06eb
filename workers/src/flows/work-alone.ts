import type { TableFault } from '@penstock/platform/table-fault';
import type { Deadline } from '#core/deadline';
import { passingOf } from '#flows/insist';
import { trialsMax } from '#flows/patience';

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

/**
 * Works one message alone, three times before it is blamed (G1). A fault that was seen before, in company, counts as the
 * first. Between the trials nobody waits: a fault of the message is no better for it.
 */
export const workAlone = async (deadline: Deadline, work: () => Promise<Worked>, trialsBefore = 0): Promise<Worked> => {
  for (let trial = trialsBefore + 1; ; trial += 1) {
    if (deadline.isOver()) return { outcome: 'left', reason: 'out-of-time' };
    const result = await work();
    if (result.outcome !== 'blamed' || trial >= trialsMax) return result;
  }
};
