import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from '#cloud';
import { call, control, drained, exported, staff } from '#http';
import { insist } from '#kills';
import { makeProduct, newBasket, orderBody, postOrder, stockOf } from '#shopper';
import { sqs } from '#sqs';
import { until } from '#until';

const count = 200;
let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud(['--capacity', 'orders=60,baskets=60,products=60']);
});
afterAll(async () => {
  await cloud.stop();
});

const pause = (paused: boolean) => control(cloud, 'PUT', '/switches', { source: { name: 'place-orders', paused } });
const openLetters = async (): Promise<number> => {
  const query = new URLSearchParams({ filter: '{"status":"open"}', range: '[0,0]' });
  const response = await fetch(`${cloud.adminApiUrl}/dead-letters?${query}`);
  return Number(response.headers.get('content-range')?.split('/')[1]);
};

/** Moves every message of the queue into the net under it, as a queue does with what was received too often. */
const dropIntoNet = async (): Promise<void> => {
  let moved = 0;
  await until(
    'all messages in the net',
    async () => {
      const { Messages = [] } = await sqs<{ Messages?: { Body: string; ReceiptHandle: string }[] }>(
        cloud,
        'ReceiveMessage',
        {
          QueueUrl: cloud.queues.orders,
          MaxNumberOfMessages: 10,
        },
      );
      for (const { Body, ReceiptHandle } of Messages) {
        await sqs(cloud, 'SendMessage', { QueueUrl: `${cloud.queues.orders}-dead`, MessageBody: Body });
        await sqs(cloud, 'DeleteMessage', { QueueUrl: cloud.queues.orders, ReceiptHandle });
      }
      moved += Messages.length;
      return moved >= count;
    },
    60_000,
  );
};

describe('a redrive of everything', () => {
  it('[G5] while the shop is loaded and deliveries come twice places each held order once', async () => {
    const product = await makeProduct(cloud, 1000);
    await pause(true);
    // A long poll that was under way may still take some.
    await until('the pause', async () => {
      const body = orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 1, priceMinor: 500 }]);
      return (await postOrder(cloud, body)).body.estimatedWaitMs === undefined;
    });
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    const basketId = await newBasket(cloud);
    const bodyOf = () => orderBody(basketId, [{ productId: product.id, quantity: 1, priceMinor: 500 }]);
    for (let index = 0; index < count; index += 1) await insist(cloud, bodyOf(), `held-order-${index}-aaaaaaaa`);
    await dropIntoNet();
    await until('a letter of each', async () => (await openLetters()) >= count, 60_000);
    await pause(false);
    await drained(cloud, 60_000);
    const before = (await exported<{ id: string }>(cloud, 'orders')).length;
    const stockBefore = await stockOf(cloud, product.id);

    const faults = { seed: 5, dynamodb: { replyLostShare: 0.02 }, sqs: { duplicateShare: 0.2, reorderShare: 0.3 } };
    expect((await control(cloud, 'PUT', '/faults', faults)).status).toBe(204);
    const more = 100;
    const load = Array.from({ length: more }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 50));
      return insist(cloud, bodyOf(), `loaded-order-${index}-aaaaaaa`);
    });
    const redrive = () =>
      staff<{ results: readonly { outcome: string }[] }>(cloud, 'POST', '/dead-letters/redrive', {
        all: true,
        reason: 'a test',
      });
    // Both at once, and again until nothing is open: each call works for as long as its function may.
    for (let round = 0; round < 10 && (await openLetters()) > 0; round += 1)
      for (const { status } of await Promise.all([redrive(), redrive()])) expect(status).toBe(200);
    await Promise.all(load);
    await drained(cloud, 120_000);
    expect((await control(cloud, 'DELETE', '/faults')).status).toBe(204);
    await drained(cloud, 60_000);

    expect(await openLetters()).toBe(0);
    const orders = await exported<{ id: string; status: string }>(cloud, 'orders');
    expect(orders.length).toBe(before + count + more);
    expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(['placed']));
    expect(await stockOf(cloud, product.id)).toBe(stockBefore - count - more);
    const { body: done } = await call<readonly { kind: string }[]>('GET', `${cloud.adminApiUrl}/activity?range=[0,99]`);
    expect(done.filter(({ kind }) => kind === 'redrive').length).toBeGreaterThan(0);
  }, 300_000);
});
