import { DeleteMessageBatchCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { letterAttributes } from '@penstock/domain/messages';

/** A message as a receive of our own brought it, in the words of an event's records. */
export type Received = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** How often it was received, this time included. */
  readonly receives: number;
  /** When it was sent, ms since 1970. */
  readonly sentAtMs: number;
  readonly group: string | undefined;
  /** The letter that it is, when one was sent again. */
  readonly letter?: { readonly id: string; readonly attempt: number };
};

/** Receives beside the event source (D8): who receives deletes, nobody else does. */
export type QueueReceiver = {
  /** What is there now, at most ten, without waiting. Faults are thrown. */
  readonly receive: (max: number) => Promise<readonly Received[]>;
  /** Deletes these. Answers those that are not deleted, with why: they are delivered again. Never throws. */
  readonly remove: (messages: readonly Taken[]) => Promise<readonly Unremoved[]>;
};

type Taken = Pick<Received, 'messageId' | 'receiptHandle'>;
export type Unremoved = { readonly messageId: string; readonly code: string };

/** Messages that one call takes or gives (AWS). */
const messagesPerCall = 10;

export const makeSqsReceiver = (deps: { readonly sqs: SQSClient; readonly queueUrl: string }): QueueReceiver => {
  const { sqs, queueUrl: QueueUrl } = deps;
  const removeTen = async (messages: readonly Taken[]): Promise<readonly Unremoved[]> => {
    try {
      const Entries = messages.map(({ receiptHandle: ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      return Failed.map(({ Id, Code = 'unknown' }) => ({
        messageId: messages[Number(Id)]?.messageId ?? '',
        code: Code,
      }));
    } catch (error) {
      const code = error instanceof Error ? error.name : 'unknown';
      return messages.map(({ messageId }) => ({ messageId, code }));
    }
  };
  return {
    receive: async (max) => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Math.min(messagesPerCall, max),
          WaitTimeSeconds: 0,
          MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp', 'MessageGroupId'],
          MessageAttributeNames: [letterAttributes.id, letterAttributes.attempt],
        }),
      );
      return Messages.map(
        ({ MessageId = '', ReceiptHandle = '', Body = '', Attributes = {}, MessageAttributes = {} }) => ({
          messageId: MessageId,
          receiptHandle: ReceiptHandle,
          body: Body,
          receives: Number(Attributes.ApproximateReceiveCount),
          sentAtMs: Number(Attributes.SentTimestamp),
          group: Attributes.MessageGroupId,
          ...letterOf(MessageAttributes),
        }),
      );
    },
    remove: async (messages) => {
      const left: Unremoved[] = [];
      for (let start = 0; start < messages.length; start += messagesPerCall)
        left.push(...(await removeTen(messages.slice(start, start + messagesPerCall))));
      return left;
    },
  };
};

const letterOf = (
  attributes: Readonly<Record<string, { readonly StringValue?: string | undefined }>>,
): Pick<Received, 'letter'> => {
  const id = attributes[letterAttributes.id]?.StringValue;
  const attempt = Number(attributes[letterAttributes.attempt]?.StringValue);
  return id === undefined || !Number.isInteger(attempt) ? {} : { letter: { id, attempt } };
};
