import type { LeaseReader } from '@penstock/platform/lease-reader';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { SuspectMarks } from '@penstock/platform/suspect-marks';
import type { SQSBatchResponse } from 'aws-lambda';
import type { Deadline } from '#core/deadline';
import { netLetterOf } from '#core/net-letter';
import type { QueueRecord } from '#core/queue-records';
import { deadLetterIds } from '#flows/dead-letter-ids';
import type { Drain } from '#flows/drain';
import type { Leftovers } from '#flows/leftovers';

/** A message received more often than this, while nothing is throttled, may be what ends the process (G2). */
export const suspectAfterReceives = 20;
/** Marks left behind by trials that never came to an end: with so many it is a dead letter. */
export const marksMax = 5;
/** A trial is not begun with less time than this, ms: marks are calls too, and a time-out would look like a kill. */
export const trialMs = 1500;

export type SuspectsDeps = {
  readonly queue: 'orders' | 'baskets' | 'moves';
  readonly leases: LeaseReader;
  readonly marks: SuspectMarks;
  readonly leftovers: Pick<Leftovers, 'keepLetter' | 'answer'>;
  readonly logger: Logger;
};

/**
 * A drain that works suspects alone, after the rest of their batch (G2). A message that kills the process takes its batch
 * with it every time; alone it takes nobody, and the mark that it leaves behind each time tells. In a FIFO queue whoever
 * shares a group with a suspect goes with it, one after the other, so that nobody overtakes.
 */
export const withSuspects = (deps: SuspectsDeps, drain: Drain): Drain => {
  const { queue, leases, marks, leftovers, logger } = deps;

  const isThrottled = async (): Promise<boolean> =>
    (await leases.live(queue)).some(({ tables }) => Object.values(tables).some(({ throttled }) => throttled > 0));

  /** Those to be tried alone. Where nobody can tell whether it is throttled, there are none: throttling is the likelier. */
  const suspectsAmong = async (records: readonly QueueRecord[]): Promise<readonly QueueRecord[]> => {
    const found = records.filter(({ receives }) => receives > suspectAfterReceives);
    if (found.length === 0) return [];
    try {
      if (await isThrottled()) return [];
    } catch (error) {
      logger.warn('suspects-unknown', { queue, ...errorFields(error) });
      return [];
    }
    if (queue === 'orders') return found;
    const groups = new Set(found.map(({ group }) => group));
    return records.filter(({ group }) => groups.has(group));
  };

  /** Keeps the letter of one that left its marks. False: it could not be kept. */
  const bury = async (record: QueueRecord): Promise<boolean> => {
    const { id, attempt, correlationId } = netLetterOf(deadLetterIds, queue, record);
    const detail = `${marksMax} trials ended the process`;
    const letter = { id, reason: 'kills-the-process', detail, attempt, correlationId };
    if (!(await leftovers.keepLetter(record, letter, { correlationId }))) return false;
    // Nothing goes back: this only tells the pages of the letter.
    await leftovers.answer([]);
    return true;
  };

  /** Works one alone. Answers the ids that go back: its own or none. */
  const tryAlone = async (record: QueueRecord, deadline: Deadline): Promise<readonly string[]> => {
    const { messageId, receives } = record;
    if (receives <= suspectAfterReceives) return failedOf(await drain([record], deadline));
    const count = await marks.add(queue, messageId);
    const isBuried = count > marksMax && (await bury(record));
    const failed = isBuried ? [] : failedOf(await drain([record], deadline));
    await marks.clear(queue, messageId);
    return failed;
  };

  /** A mark that cannot be written or taken away is a fault of the world: the message goes back. */
  const tryOr = async (record: QueueRecord, deadline: Deadline): Promise<readonly string[]> => {
    try {
      return await tryAlone(record, deadline);
    } catch (error) {
      logger.error('suspect-not-tried', { queue, ...errorFields(error) });
      return [record.messageId];
    }
  };

  return async (records, deadline) => {
    const suspects = await suspectsAmong(records);
    if (suspects.length === 0) return drain(records, deadline);
    const rest = records.filter((record) => !suspects.includes(record));
    const failed = rest.length === 0 ? [] : [...failedOf(await drain(rest, deadline))];
    const blocked = new Set<string | undefined>();
    for (const record of suspects) {
      const isBlocked = queue !== 'orders' && blocked.has(record.group);
      const isLate = deadline.remainingMs() < trialMs;
      const back = isBlocked || isLate ? [record.messageId] : await tryOr(record, deadline);
      if (back.length > 0) blocked.add(record.group);
      failed.push(...back);
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
};

const failedOf = ({ batchItemFailures }: SQSBatchResponse): readonly string[] =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
