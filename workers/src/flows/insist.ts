import { type TableFault, tableFault } from '@penstock/platform/table-fault';
import type { Patience } from '#flows/patience';

/** `busy`: throttled, or nobody knows whether it happened. `contended`: it overlapped and did not happen. */
export type Passing = 'busy' | 'contended';
type Answer = { readonly outcome: string };

/** Sends the very same again while the fault passes by itself (D5). Answers the last fault when the time is used up. */
export const insist = async <Given extends Answer>(
  patience: Patience,
  call: () => Promise<Given>,
  options: { readonly passing?: (answer: Given) => Passing | undefined; readonly triesMax?: number } = {},
): Promise<{ readonly answer: Given; readonly tries: number }> => {
  const { passing = passingOf, triesMax = Number.POSITIVE_INFINITY } = options;
  for (let tries = 1, busy = 0; ; tries += 1) {
    const answer = await call();
    const how = passing(answer);
    if (how === undefined || tries >= triesMax) return { answer, tries };
    const hasTime = how === 'busy' ? await patience.waitBusy(busy) : await patience.waitContended();
    if (!hasTime) return { answer, tries };
    if (how === 'busy') busy += 1;
  }
};

export const isFault = (answer: Answer): answer is TableFault => answer.outcome === 'fault';

/** How a fault passes; undefined for every other answer, and for a fault that does not pass. */
export const passingOf = (answer: Answer): Passing | undefined => {
  if (!isFault(answer)) return undefined;
  if (answer.fault === 'throttled' || answer.fault === 'unanswered') return 'busy';
  return answer.fault === 'conflict' ? 'contended' : undefined;
};

/** A decision of ours that threw: deterministic, so a fault of the message (G1). */
export const decided = <Decision>(
  decide: () => Decision,
): { readonly outcome: 'decided'; readonly decision: Decision } | TableFault => {
  try {
    return { outcome: 'decided', decision: decide() };
  } catch (error) {
    return { outcome: 'fault', fault: 'invalid', error };
  }
};

/** A send to a queue, in the same words as a write of a table. */
export const sent = async (send: () => Promise<unknown>): Promise<{ readonly outcome: 'sent' } | TableFault> => {
  try {
    await send();
    return { outcome: 'sent' };
  } catch (error) {
    return tableFault(error);
  }
};
