import type { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { makeSqsReceiver } from '#queue-receiver';

type Call = { readonly input: { readonly Entries?: readonly { readonly Id: string }[] } };

/** The client is the door to the queue: what goes through it and what it answers. The queue itself is the e2e suite's. */
const roomOf = (answer: (call: Call) => unknown) => {
  const inputs: Call['input'][] = [];
  const send = async (call: Call) => {
    inputs.push(call.input);
    return answer(call);
  };
  return { inputs, receiver: makeSqsReceiver({ sqs: { send } as unknown as SQSClient, queueUrl: 'http://queue' }) };
};
const messageOf = (messageId: string) => ({
  messageId,
  receiptHandle: `handle of ${messageId}`,
  body: '{}',
  receives: 1,
  sentAtMs: 0,
  group: undefined,
});

it('[D8] takes what is there, ten at most, without waiting', async () => {
  const Attributes = { ApproximateReceiveCount: '3', SentTimestamp: '1700000000000', MessageGroupId: 'g' };
  const { inputs, receiver } = roomOf(() => ({
    Messages: [{ MessageId: 'm', ReceiptHandle: 'r', Body: '{}', Attributes }],
  }));
  expect(await receiver.receive(40)).toEqual([
    { messageId: 'm', receiptHandle: 'r', body: '{}', receives: 3, sentAtMs: 1_700_000_000_000, group: 'g' },
  ]);
  expect(inputs).toMatchObject([{ MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }]);
});

it('[D8] deletes ten a call, and names what is not deleted', async () => {
  const { inputs, receiver } = roomOf(({ input }) =>
    input.Entries?.length === 10 ? { Failed: [{ Id: '1', Code: 'InternalError' }] } : {},
  );
  const messages = Array.from({ length: 12 }, (_, index) => messageOf(`m${index}`));
  expect(await receiver.remove(messages)).toEqual([{ messageId: 'm1', code: 'InternalError' }]);
  expect(inputs.map(({ Entries }) => Entries?.length)).toEqual([10, 2]);
});

it('[D8] names all of a call that failed', async () => {
  const { receiver } = roomOf(() => {
    throw new Error('away');
  });
  expect(await receiver.remove([messageOf('m')])).toEqual([{ messageId: 'm', code: 'Error' }]);
});
