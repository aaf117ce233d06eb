import { randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { WatchMessage } from '@penstock/domain/watch';
import type { Settings } from '#settings';
import { messageText } from '#write-queue';

/** The SQS name of the queue that wakes the meters' worker. */
export const watchQueueName = 'watches.fifo';

/** Tells the worker of topic staff/operations that somebody listens. A send that fails throws. */
export type WatchQueue = { readonly wake: (message: WatchMessage) => Promise<void> };

/**
 * One message group: one invocation works at a time, and a later message waits behind the earlier. Never deduplicated:
 * the message before may have been settled a moment ago, when nobody listened yet.
 */
export const makeSqsWatchQueue = ({
  sqs,
  settings,
}: {
  readonly sqs: SQSClient;
  readonly settings: Pick<Settings, 'queueUrl'>;
}): WatchQueue => ({
  wake: async (message) => {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: settings.queueUrl(watchQueueName),
        MessageBody: messageText(message),
        MessageGroupId: 'operations',
        MessageDeduplicationId: randomUUID(),
      }),
    );
  },
});
