import type { Clock, Random } from '@penstock/domain/clock';
import type { DeadLetter, DeadLetterStore } from '@penstock/platform/dead-letter-store';
import type { Deferral } from '@penstock/platform/deferral';
import type { LetterNews } from '@penstock/platform/letter-news';
import { errorFields, type LogFields, type Logger } from '@penstock/platform/logger';
import type { SQSBatchResponse } from 'aws-lambda';
import { netLetterOf } from '#core/net-letter';
import type { QueueRecord } from '#core/queue-records';
import { deadLetterIds } from '#flows/dead-letter-ids';

/** Messages that go back to their queue, why, and what the log calls them by. */
export type Leftover = {
  readonly records: readonly QueueRecord[];
  readonly reason: string;
  readonly fields: LogFields;
  /** The message group of a FIFO queue: all of its leftovers get one delay (C6). */
  readonly group?: string | undefined;
};

/** A letter before it is addressed: the rest is told by the record. */
export type Letter = Pick<DeadLetter, 'id' | 'reason' | 'detail' | 'attempt' | 'correlationId'>;

export type LeftoversDeps = {
  /** The queue's name, as letters and logs say it. */
  readonly queue: 'orders' | 'baskets' | 'moves';
  readonly deadLetters: DeadLetterStore;
  readonly deferral: Deferral;
  /** How long the queue takes to drain, ms; undefined: not known. */
  readonly expectedDrainMs: () => Promise<number | undefined>;
  readonly news: LetterNews;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

/** A deferral lasts a random time of at least this (F4). */
export const deferMinSeconds = 1;
/** And at most the expected drain, or this; what came back often waits longer, up to the last of these. */
export const deferMaxSeconds = 60;
export const doubleEveryReceives = 50;
export const deferMostSeconds = 900;

/** A message is parked as a letter from here on, long before SQS would forget it: it keeps messages for 14 days (G4). */
export const parkAtReceives = 900;
export const parkAtAgeMs = 10 * 24 * 60 * 60 * 1000;

const hasWaitedTooLong = ({ receives, sentAtMs }: QueueRecord, nowMs: number): boolean =>
  receives >= parkAtReceives || (sentAtMs !== undefined && nowMs - sentAtMs >= parkAtAgeMs);

/** The longest that a message may be put back for, seconds (F4). */
export const deferCeiling = (drainMs: number | undefined, receives: number): number => {
  const drainSeconds = drainMs === undefined ? deferMaxSeconds : Math.ceil(drainMs / 1000);
  const once = Math.min(Math.max(drainSeconds, deferMinSeconds), deferMaxSeconds);
  return Math.min(deferMostSeconds, once * 2 ** Math.floor(receives / doubleEveryReceives));
};

/** What a drain does with what it could not work. */
export type Leftovers = {
  /** Keeps a message as a dead letter, before it is acknowledged (G3). False: it could not be kept, so defer it. */
  readonly keepLetter: (record: QueueRecord, letter: Letter, fields: LogFields) => Promise<boolean>;
  /**
   * Parks what has waited too long (G4), puts the rest back, each group, or each leftover without one, with a delay of its
   * own (C6), tells pages of new letters, and answers the event.
   */
  readonly answer: (leftovers: readonly Leftover[]) => Promise<SQSBatchResponse>;
};

export const makeLeftovers = (deps: LeftoversDeps): Leftovers => {
  const { queue, deadLetters, deferral, expectedDrainMs, news, clock, random, logger } = deps;
  /** Kept since the last answer: pages are told of them together. */
  const untold: { readonly id: string }[] = [];

  const defer = async ({ records, reason, fields }: Leftover, drainMs: number | undefined): Promise<void> => {
    const receives = Math.max(...records.map((record) => record.receives));
    const delaySeconds = deferMinSeconds + Math.round(random() * (deferCeiling(drainMs, receives) - deferMinSeconds));
    const undeferred = await deferral.defer(records, delaySeconds);
    logger.warn('deferred', {
      ...fields,
      queue,
      reason,
      delayMs: delaySeconds * 1000,
      count: records.length,
      receives,
    });
    for (const { code } of undeferred) logger.warn('deferral-refused', { ...fields, queue, code });
  };

  const keepLetter: Leftovers['keepLetter'] = async (record, letter, fields) => {
    const seenAt = new Date(clock.now()).toISOString();
    const { receives, body } = record;
    try {
      const outcome = await deadLetters.keep({ ...letter, queue, payload: body, receives, seenAt });
      untold.push({ id: letter.id });
      logger.error('dead-lettered', { ...fields, queue, reason: letter.reason, outcome, receives });
      return true;
    } catch (error) {
      logger.error('dead-letter-not-kept', { ...fields, queue, reason: letter.reason, ...errorFields(error) });
      return false;
    }
  };

  /** Those that did not become letters. */
  const park = async (leftovers: readonly Leftover[]): Promise<readonly Leftover[]> => {
    const waiting: Leftover[] = [];
    for (const leftover of leftovers) {
      const records: QueueRecord[] = [];
      for (const record of leftover.records)
        if (!hasWaitedTooLong(record, clock.now()) || !(await parkOne(record, leftover))) records.push(record);
      if (records.length > 0) waiting.push({ ...leftover, records });
    }
    return waiting;
  };

  const parkOne = (record: QueueRecord, { reason, fields }: Leftover): Promise<boolean> => {
    const { id, attempt, correlationId } = netLetterOf(deadLetterIds, queue, record);
    return keepLetter(record, { id, reason: 'waited-too-long', detail: reason, attempt, correlationId }, fields);
  };

  return {
    keepLetter,
    answer: async (all) => {
      const leftovers = await park(all);
      const drainMs = leftovers.length === 0 ? undefined : await expectedDrainMs();
      const going = groupsOf(leftovers).map((leftover) => defer(leftover, drainMs));
      await Promise.all([...going, news.tell(untold.splice(0))]);
      const ids = leftovers.flatMap(({ records }) => records.map(({ messageId }) => messageId));
      return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
    },
  };
};

/** One leftover a group: with two delays, the message that is hidden longest would lock the others out (C6). */
const groupsOf = (leftovers: readonly Leftover[]): readonly Leftover[] => {
  const grouped = new Map<string, Leftover>();
  for (const leftover of leftovers) {
    if (leftover.group === undefined) continue;
    const known = grouped.get(leftover.group);
    grouped.set(leftover.group, known === undefined ? leftover : merged(known, leftover));
  }
  return [...leftovers.filter(({ group }) => group === undefined), ...grouped.values()];
};

const merged = (left: Leftover, right: Leftover): Leftover => ({
  ...left,
  records: [...left.records, ...right.records],
});
