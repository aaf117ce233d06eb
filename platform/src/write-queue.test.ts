import type { SQSClient } from '@aws-sdk/client-sqs';
import type { BasketOpMessage, MoveOrderMessage, PlaceOrderMessage } from '@penstock/domain/messages';
import { describe, expect, it } from 'vitest';
import type { Settings } from '#settings';
import { makeSqsWriteQueue, messageText } from '#write-queue';

describe('the text of a message', () => {
  it('holds only characters that SQS takes, and reads back as it was', () => {
    const body = { name: 'A\uFFFE\uFFFF\uD800\u0000 tea \u{1F375}' };
    const text = messageText(body);
    expect(text).toMatch(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
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
