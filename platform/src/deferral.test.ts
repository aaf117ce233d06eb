import type { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { makeSqsDeferral } from '#deferral';

type Call = {
  readonly input: { readonly Entries: readonly { readonly Id: string; readonly VisibilityTimeout: number }[] };
};

/** The client is the door to the queue: what goes through it and what it answers. The queue itself is the e2e suite's. */
const roomOf = (answer: (call: Call) => unknown) => {
  const calls: Call[] = [];
  const send = async (call: Call) => {
    calls.push(call);
    return answer(call);
  };
  return { calls, deferral: makeSqsDeferral({ sqs: { send } as unknown as SQSClient, queueUrl: 'http://queue' }) };
};
const messages = Array.from({ length: 12 }, (_, index) => ({ messageId: `m${index}`, receiptHandle: `r${index}` }));

it('[C6] gives every message the same delay, ten a call', async () => {
  const { calls, deferral } = roomOf(() => ({}));
  expect(await deferral.defer(messages, 7)).toEqual([]);
  expect(calls.map(({ input }) => input.Entries.length)).toEqual([10, 2]);
  expect(new Set(calls.flatMap(({ input }) => input.Entries.map((entry) => entry.VisibilityTimeout)))).toEqual(
    new Set([7]),
  );
});

it('[G6] names the messages that the queue did not change', async () => {
  const { deferral } = roomOf(() => ({ Failed: [{ Id: '1', Code: 'ReceiptHandleIsInvalid' }] }));
  expect(await deferral.defer(messages.slice(0, 3), 7)).toEqual([{ messageId: 'm1', code: 'ReceiptHandleIsInvalid' }]);
});

it('[G6] names every message of a call that failed, and goes on with the next', async () => {
  let count = 0;
  const { calls, deferral } = roomOf(() => {
    count += 1;
    if (count === 1) throw Object.assign(new Error('x'), { name: 'TimeoutError' });
    return {};
  });
  const left = await deferral.defer(messages, 7);
  expect(left).toEqual(messages.slice(0, 10).map(({ messageId }) => ({ messageId, code: 'TimeoutError' })));
  expect(calls).toHaveLength(2);
});
