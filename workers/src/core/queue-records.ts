import type { SQSEvent } from 'aws-lambda';

/** A message as its event brought it. */
export type QueueRecord = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** How often it was received, this time included. */
  readonly receives: number;
  /** When it was sent, ms since 1970. Undefined of what no queue brought. */
  readonly sentAtMs?: number | undefined;
  /** The message group of a FIFO queue; of a standard queue the fair-queue group, if any. */
  readonly group: string | undefined;
};

/** The messages of an event, in its order: within a group that is the order of sending. */
export const readQueueRecords = (event: Pick<SQSEvent, 'Records'>): readonly QueueRecord[] =>
  event.Records.map(({ messageId, receiptHandle, body, attributes }) => ({
    messageId,
    receiptHandle,
    body,
    receives: Number(attributes.ApproximateReceiveCount),
    sentAtMs: Number(attributes.SentTimestamp),
    group: attributes.MessageGroupId,
  }));
