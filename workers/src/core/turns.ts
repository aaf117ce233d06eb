/** What an instance knows of the line that it stands in. */
export type Place = {
  /** Its place among the members, from 0. */
  readonly rank: number;
  /** How many take turns, itself among them. */
  readonly members: number;
};

/** Of a turn, plans begin in this first share; in the rest they finish. */
export const beginShare = 1 / 3;

/**
 * How long to wait until it is this instance's turn, ms; 0 when it is, or when nobody else is there. A turn lasts `turnMs`, and
 * all members have theirs one after the other by the clock, again and again: they need nothing of each other but their
 * number. Clocks may differ by what `beginShare` leaves.
 */
export const turnDelayMs = ({ rank, members }: Place, turnMs: number, nowMs: number): number => {
  if (members < 2) return 0;
  const roundMs = members * turnMs;
  const sinceMs = (((nowMs - rank * turnMs) % roundMs) + roundMs) % roundMs;
  return sinceMs < turnMs * beginShare ? 0 : roundMs - sinceMs;
};

/** The place of an instance among those that live; it counts itself whether it was seen or not. */
export const placeOf = (instance: string, living: readonly string[]): Place => {
  const members = [...new Set([...living, instance])].sort();
  return { rank: members.indexOf(instance), members: members.length };
};
