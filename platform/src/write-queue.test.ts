import type { SQSClient } from '@aws-sdk/client-sqs';
import type { BasketOpMessage, MoveOrderMessage, PlaceOrderMessage } from '@penstock/domain/messages';
import { describe, expect, it } from 'vitest';
import type { Settings } from '#settings';
import { makeSqsWriteQueue, messageText } from '#write-queue';

describe('the text of a message', () => {
  it('holds only characters that SQS and its local engine take, and reads back as it was', () => {
    const body = { name: 'A\uFFFE\uFFFF\uD800\u0000 tea \u{1F375} \u{20BB7}野家' };
    const text = messageText(body);
    expect(text).toMatch(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD]*$/);
    expect(JSON.parse(text)).toEqual(body);
  });
});

describe('the queues of writes', () => {
  it('[B4] an order waits in the group of its basket, a basket op too, a move in that of its order', async () => {
    const sent: unknown[] = [];
    const sqs = {
      send: async ({ input }: { readonly input: { readonly QueueUrl: string; readonly MessageGroupId: string } }) =>
        void sent.push([input.QueueUrl, input.MessageGroupId]),
    } as unknown as SQSClient;
    const settings = { queueUrl: (name: string) => name } as Settings;
    const queue = makeSqsWriteQueue({ sqs, settings });
    const stamp = { wallMs: 1, counter: 0, device: 'device-1' };
    await queue.sendOrder({ basketId: 'basket' } as PlaceOrderMessage);
    await queue.sendBasketOp({
      basketId: 'basket',
      op: { line: 'tea', quantity: 1, stamp },
    } as unknown as BasketOpMessage);
    await queue.sendMove({ orderId: 'order', moveId: 'move' } as MoveOrderMessage);
    expect(sent).toEqual([
      ['orders', 'basket'],
      ['baskets.fifo', 'basket'],
      ['moves.fifo', 'order'],
    ]);
  });

  it('[G6] sends many ops ten a call, a few calls at once, and answers those that were not taken', async () => {
    const calls: number[] = [];
    let underWay = 0;
    let mostAtOnce = 0;
    const sqs = {
      send: async ({ input }: { readonly input: { readonly Entries: readonly { readonly Id: string }[] } }) => {
        const call = calls.push(input.Entries.length);
        underWay += 1;
        mostAtOnce = Math.max(mostAtOnce, underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        if (call === 2) throw Object.assign(new Error('away'), { name: 'TimeoutError' });
        if (input.Entries.length === 10) return {};
        return {
          Failed: [
            { Id: '0', Code: 'InvalidMessageContents', SenderFault: true },
            { Id: '1', Code: 'ServiceUnavailable', SenderFault: false },
            { Id: '2', Code: 'RequestThrottled', SenderFault: true },
          ],
        };
      },
    } as unknown as SQSClient;
    const queue = makeSqsWriteQueue({ sqs, settings: { queueUrl: (name: string) => name } as Settings });
    const ops = Array.from({ length: 125 }, (_, quantity) => ({
      basketId: 'basket',
      op: { line: 'tea', quantity, stamp: { wallMs: 1, counter: 0, device: 'device-1' } },
    })) as unknown as readonly BasketOpMessage[];
    const unsent = await queue.sendBasketOps(ops);
    expect(calls.toSorted((one, other) => one - other)).toEqual([5, ...Array(12).fill(10)]);
    expect(mostAtOnce).toBe(8);
    const byCode = Map.groupBy(unsent, ({ code, isRefused }) => `${code} ${isRefused}`);
    expect([...byCode].map(([code, failed]) => [code, failed.length]).toSorted()).toEqual([
      ['InvalidMessageContents true', 1],
      ['RequestThrottled false', 1],
      ['ServiceUnavailable false', 1],
      ['TimeoutError false', 10],
    ]);
  });

  it('[C4] gives an op the same deduplication id each time it is sent, and another when it is redriven', async () => {
    const ids: string[] = [];
    const sqs = {
      send: async ({ input }: { readonly input: { readonly MessageDeduplicationId: string } }) =>
        void ids.push(input.MessageDeduplicationId),
    } as unknown as SQSClient;
    const queue = makeSqsWriteQueue({ sqs, settings: { queueUrl: (name: string) => name } as Settings });
    const stamp = { wallMs: 1, counter: 0, device: 'device-1' };
    for (const [attempt, quantity] of [
      [0, 1],
      [0, 1],
      [1, 1],
      [0, 2],
    ])
      await queue.sendBasketOp({
        basketId: 'basket',
        attempt,
        op: { line: 'tea', quantity, stamp },
      } as unknown as BasketOpMessage);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
  });
});
