import { limits } from '@penstock/domain/limits';
import type { Violation } from '@penstock/domain/problems';
import type { Stamp } from '@penstock/domain/stamps';

/** How old the stamp of an op may be. An order only names the lines of a basket, which live as long as the basket does. */
export const stampAgeMaxMs = { op: limits.stampAgeMaxMs, orderLine: Number.POSITIVE_INFINITY } as const;

/**
 * A stamp too far ahead would win for ever, one too old may undo what was removed since (C3): what is wrong with it, at
 * its place in the body; undefined when nothing is. It is never altered.
 */
export const stampViolation = (
  { wallMs }: Pick<Stamp, 'wallMs'>,
  where: keyof typeof stampAgeMaxMs,
  nowMs: number,
  pointer: string,
): Violation | undefined => {
  const isAhead = wallMs > nowMs + limits.stampAheadMaxMs;
  if (!isAhead && wallMs >= nowMs - stampAgeMaxMs[where]) return undefined;
  return {
    pointer,
    code: 'out-of-range',
    message: isAhead ? 'This is more than 10 s ahead of the server.' : 'This is older than 14 days.',
    remedy: 'Correct the clock by X-Server-Time and stamp the waiting edits again, in order.',
  };
};
