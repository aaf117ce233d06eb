import { letterAttributes } from '@penstock/domain/messages';
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
  /** The letter that it is, when one was sent again: see letterAttributes. */
  readonly letter?: { readonly id: string; readonly attempt: number } | undefined;
};

/** The messages of an event, in its order: within a group that is the order of sending. */
export const readQueueRecords = (event: Pick<SQSEvent, 'Records'>): readonly QueueRecord[] =>
  event.Records.map(({ messageId, receiptHandle, body, attributes, messageAttributes }) => ({
    messageId,
    receiptHandle,
    body,
    receives: Number(attributes.ApproximateReceiveCount),
    sentAtMs: Number(attributes.SentTimestamp),
    group: attributes.MessageGroupId,
    ...letterOf(messageAttributes),
  }));

const letterOf = (attributes: SQSEvent['Records'][number]['messageAttributes']): Pick<QueueRecord, 'letter'> => {
  const id = attributes[letterAttributes.id]?.stringValue;
  const attempt = Number(attributes[letterAttributes.attempt]?.stringValue);
  return id === undefined || !Number.isInteger(attempt) ? {} : { letter: { id, attempt } };
};
