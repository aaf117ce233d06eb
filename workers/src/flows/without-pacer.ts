import { withoutWaiting } from '#core/deadline';
import type { Drain } from '#flows/drain';
import type { Leftovers } from '#flows/leftovers';

/**
 * A drain whose only retries are those of the SDK, for the comparisons of the load lab: the same flow with no time for
 * waits of its own, so that what the SDK gives up goes back to the queue.
 */
export const withoutPatience =
  (drain: Drain): Drain =>
  (records, deadline) =>
    drain(records, withoutWaiting(deadline));

/** Leftovers that are reported as failures and nothing else: they come back after the queue's visibility time. */
export const withoutDeferral = (leftovers: Leftovers): Leftovers => ({
  ...leftovers,
  answer: async (left) => {
    await leftovers.answer([]);
    const ids = left.flatMap(({ records }) => records.map(({ messageId }) => messageId));
    return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
  },
});
