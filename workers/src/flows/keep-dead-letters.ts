import type { Clock } from '@penstock/domain/clock';
import type { DeadLetterStore } from '@penstock/platform/dead-letter-store';
import type { LetterNews } from '@penstock/platform/letter-news';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { SQSBatchResponse } from 'aws-lambda';
import type { Deadline } from '#core/deadline';
import { netLetterOf } from '#core/net-letter';
import type { NetRecord } from '#core/net-records';
import { deadLetterIds } from '#flows/dead-letter-ids';

export type KeepDeadLettersDeps = {
  readonly deadLetters: DeadLetterStore;
  readonly news: LetterNews;
  readonly clock: Clock;
  readonly logger: Logger;
};

/**
 * Drains the nets into rows (G3): whatever fell out of a queue or a stream becomes a letter that staff can see, before
 * it is acknowledged. What cannot be kept, or not before the deadline, stays in its net for the next try.
 */
export const makeKeepDeadLetters =
  (deps: KeepDeadLettersDeps) =>
  async (records: readonly NetRecord[], deadline: Deadline): Promise<SQSBatchResponse> => {
    const failed: string[] = [];
    const kept: { readonly id: string }[] = [];
    for (const each of records) {
      const letter = deadline.isOver() ? undefined : await keep(deps, each);
      if (letter === undefined) failed.push(each.record.messageId);
      else kept.push(letter);
    }
    await deps.news.tell(kept);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

const keep = async (
  { deadLetters, clock, logger }: KeepDeadLettersDeps,
  { record, from }: NetRecord,
): Promise<{ readonly id: string } | undefined> => {
  if (from === undefined) {
    logger.error('dead-letter-not-kept', { reason: 'a net that this release does not know' });
    return undefined;
  }
  const letter = netLetterOf(deadLetterIds, from, record);
  const { correlationId, reason } = letter;
  const fields = { correlationId, queue: from, reason, receives: record.receives };
  try {
    const seenAt = new Date(clock.now()).toISOString();
    const { receives, body: payload } = record;
    const outcome = await deadLetters.keep({ ...letter, queue: from, payload, receives, seenAt });
    logger.error('dead-lettered', { ...fields, outcome });
    return letter;
  } catch (error) {
    logger.error('dead-letter-not-kept', { ...fields, ...errorFields(error) });
    return undefined;
  }
};
