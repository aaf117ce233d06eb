import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { makeSqsRedriveQueue } from '#redrive-queue';

it('[G3] sends beside the body which letter it is and how often it was sent again', async () => {
  const sent: unknown[] = [];
  const sqs = { send: async ({ input }: SendMessageCommand) => void sent.push(input) } as unknown as SQSClient;
  const queue = makeSqsRedriveQueue({ sqs, settings: { queueUrl: (name) => `http://queues/${name}` } });
  await queue.send({ queue: 'moves', body: 'nonsense', group: 'unreadable', letterId: 'moves.message-0', attempt: 2 });
  expect(sent).toMatchObject([
    {
      QueueUrl: 'http://queues/moves.fifo',
      MessageBody: 'nonsense',
      MessageGroupId: 'unreadable',
      MessageAttributes: {
        LetterId: { DataType: 'String', StringValue: 'moves.message-0' },
        Attempt: { DataType: 'Number', StringValue: '2' },
      },
    },
  ]);
});
