import { createHash } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { letterAttributes } from '@penstock/domain/messages';
import type { Settings } from '#settings';
import { messageText, sqsName } from '#write-queue';

/** A dead letter's message on its way back. */
export type RedrivenMessage = {
  readonly queue: keyof typeof sqsName;
  /** An object with its attempt, or the text as it came when it is no object. */
  readonly body: string | Readonly<Record<string, unknown>>;
  readonly group: string;
  /** Part of the deduplication id, with the attempt (C4): the same redrive twice may arrive once. */
  readonly letterId: string;
  readonly attempt: number;
};

/** Sends dead letters back to their queues. A send that fails throws: the letter stays open. */
export type RedriveQueue = { readonly send: (message: RedrivenMessage) => Promise<void> };

export const makeSqsRedriveQueue = ({
  sqs,
  settings,
}: {
  readonly sqs: SQSClient;
  readonly settings: Pick<Settings, 'queueUrl'>;
}): RedriveQueue => ({
  send: async ({ queue, body, group, letterId, attempt }) => {
    const name = sqsName[queue];
    const deduplicationId = createHash('sha256').update(`${letterId} ${attempt}`).digest('hex');
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: settings.queueUrl(name),
        MessageBody: typeof body === 'string' ? body : messageText(body),
        MessageGroupId: group,
        MessageAttributes: {
          [letterAttributes.id]: { DataType: 'String', StringValue: letterId },
          [letterAttributes.attempt]: { DataType: 'Number', StringValue: String(attempt) },
        },
        ...(name.endsWith('.fifo') ? { MessageDeduplicationId: deduplicationId } : {}),
      }),
    );
  },
});
