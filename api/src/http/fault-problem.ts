import { RowsUnread } from '@penstock/platform/batch-get';
import { CallThrottled } from '@penstock/platform/call-throttled';
import { RowUnreadable } from '@penstock/platform/stored-rows';
import { type FaultKind, faultKindOf, isThrottled } from '@penstock/platform/table-fault';
import { ProblemError } from '#http/problem-error';

/** Faults of a part (tables, pictures, parameters): not ours, not the caller's, and over in a while. */
const ofAPart: ReadonlySet<FaultKind> = new Set(['throttled', 'unanswered', 'conflict', 'world']);

/** A newer release has written it, and its own functions follow within minutes (A6); a damaged row waits for an operator. */
const unreadable =
  'What is stored here cannot be read by this release: it waits for a newer one, or for an operator. It is as it was.';

const kept = 'Nothing that was accepted is lost.';

/**
 * Every error as a problem: ours as they are, the fault of a part as store-busy (E4), the rest without detail. Sends to a
 * queue are answered where they fail, because only there it is known that nothing was taken.
 */
export const problemOfFault = (error: unknown, method: string): ProblemError => {
  if (error instanceof ProblemError) return error;
  if (error instanceof RowUnreadable)
    return new ProblemError('store-busy', { detail: unreadable, retryAfterSeconds: 30 });
  if (!isFaultOfPart(error)) return new ProblemError('internal');
  const detail =
    method === 'GET'
      ? `What is stored cannot be read at the moment. ${kept} Ask again after Retry-After.`
      : `Not confirmed: the store did not answer. ${kept} Send the same again after Retry-After, with the same Idempotency-Key if you sent one.`;
  return new ProblemError('store-busy', { detail, retryAfterSeconds: 1 });
};

const isFaultOfPart = (error: unknown): boolean =>
  error instanceof CallThrottled ||
  error instanceof RowsUnread ||
  isThrottled(error) ||
  ofAPart.has(faultKindOf(error));
