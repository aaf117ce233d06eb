import { ChangeMessageVisibilityBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A message in flight, as its event named it. */
export type InFlight = { readonly messageId: string; readonly receiptHandle: string };

/** Puts messages back for later. The caller lists them as failed as well: that is what keeps them from being deleted. */
export type Deferral = {
  /**
   * Hides these messages for `delaySeconds` from now, all for the same time (C6). Answers those that it could not
   * change, with why: they come back after the queue's own visibility time. Never throws.
   */
  readonly defer: (messages: readonly InFlight[], delaySeconds: number) => Promise<readonly Undeferred[]>;
};

export type Undeferred = { readonly messageId: string; readonly code: string };

/** Entries that one batch call takes (AWS). */
const entriesPerCall = 10;

export const makeSqsDeferral = (deps: { readonly sqs: SQSClient; readonly queueUrl: string }): Deferral => {
  const deferTen = async (messages: readonly InFlight[], delaySeconds: number): Promise<readonly Undeferred[]> => {
    try {
      const { Failed = [] } = await deps.sqs.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: deps.queueUrl,
          Entries: messages.map(({ receiptHandle }, index) => ({
            Id: String(index),
            ReceiptHandle: receiptHandle,
            VisibilityTimeout: delaySeconds,
          })),
        }),
      );
      return Failed.map(({ Id, Code }) => ({
        messageId: messages[Number(Id)]?.messageId ?? '',
        code: Code ?? 'unknown',
      }));
    } catch (error) {
      const code = error instanceof Error ? error.name : 'unknown';
      return messages.map(({ messageId }) => ({ messageId, code }));
    }
  };
  return {
    defer: async (messages, delaySeconds) => {
      const left: Undeferred[] = [];
      for (let start = 0; start < messages.length; start += entriesPerCall)
        left.push(...(await deferTen(messages.slice(start, start + entriesPerCall), delaySeconds)));
      return left;
    },
  };
};
