import type { DeadLetterView } from '@penstock/domain/dead-letters';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from '#cloud';
import { call, control, drained } from '#http';
import { cameBack } from '#kills';
import { getOrder, makeProduct, newBasket, orderBody, postOrder, settled, stockOf } from '#shopper';
import { sqs } from '#sqs';
import { marksOf } from '#table';
import { until } from '#until';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(async () => {
  await cloud.stop();
});

/** One receive more than G2 takes for waiting. */
const receives = 21;
/** So many marks may a message leave behind. */
const marksMax = 5;
/** Just above the time-out of the function, so that what a dead worker held comes back after 16 s instead of 90. */
const visibilitySeconds = 16;
/** Between a mark and the commit lie a read and a write: twice this, in which a trial is seen and ended. */
const latencyMs = 1000;
const pause = (paused: boolean) => control(cloud, 'PUT', '/switches', { source: { name: 'place-orders', paused } });

/** Receives the one message of the queue again and again, as an event source does whose workers die. */
const receiveOften = async (): Promise<string> => {
  let id = '';
  for (let count = 0; count < receives; count += 1)
    id = await until('the message', async () => {
      const { Messages = [] } = await sqs<{ Messages?: { MessageId: string }[] }>(cloud, 'ReceiveMessage', {
        QueueUrl: cloud.queues.orders,
        VisibilityTimeout: 0,
      });
      return Messages[0]?.MessageId;
    });
  return id;
};

/**
 * Waits until the trial is begun. Looks overlap, because each takes as long as the trial's own read: one after the other
 * they would see the mark when the write is under way, which a dead process no longer takes back.
 */
const trialBegun = async (messageId: string, trial: number): Promise<void> => {
  let marks = 0;
  let fault: unknown;
  const look = () =>
    marksOf(cloud, 'orders', messageId).then(
      (seen) => {
        marks = Math.max(marks, seen);
      },
      (error: unknown) => {
        fault = error;
      },
    );
  const isBegun = (): boolean => {
    if (fault !== undefined) throw fault;
    void look();
    return marks >= trial;
  };
  await until(`trial ${trial}`, isBegun, 60_000);
};

/** Ends the workers as soon as the trial of this message is begun, as a message does that no process survives. */
const killInTrial = async (messageId: string, trial: number): Promise<void> => {
  await trialBegun(messageId, trial);
  const before = cloud.now().parts.find(({ name }) => name === 'workers')?.pid ?? 0;
  expect((await control(cloud, 'POST', '/parts/workers/kill', { signal: 'SIGKILL' })).status).toBe(202);
  await cameBack(cloud, 'workers', before);
};

const letterOf = (id: string) => call<DeadLetterView>('GET', `${cloud.adminApiUrl}/dead-letters/${id}`);

describe('a message that ends the process each time', () => {
  it('[G2] is a letter after five trials and not before, and its neighbours are placed once', async () => {
    const product = await makeProduct(cloud, 100);
    const anOrder = async () => {
      const lines = [{ productId: product.id, quantity: 1, priceMinor: 500 }];
      return (await postOrder(cloud, orderBody(await newBasket(cloud), lines))).body;
    };
    await pause(true);
    // A long poll that was under way when the source was paused ends within ten seconds.
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    await sqs(cloud, 'SetQueueAttributes', {
      QueueUrl: cloud.queues.orders,
      Attributes: { VisibilityTimeout: `${visibilitySeconds}` },
    });
    const killer = await anOrder();
    const messageId = await receiveOften();
    const neighbours = [await anOrder(), await anOrder(), await anOrder()];
    expect((await control(cloud, 'PUT', '/faults', { seed: 1, dynamodb: { latencyMs }, sqs: {} })).status).toBe(204);
    await pause(false);
    for (let trial = 1; trial <= marksMax; trial += 1) {
      await killInTrial(messageId, trial);
      expect((await letterOf(killer.id)).status).toBe(404);
    }
    const letter = await until(
      'the letter',
      async () => {
        const answer = await letterOf(killer.id);
        return answer.status === 200 ? answer.body : undefined;
      },
      60_000,
    );
    expect(letter).toMatchObject({ queue: 'orders', reason: 'kills-the-process', orderId: killer.id });
    expect((await control(cloud, 'DELETE', '/faults')).status).toBe(204);
    await drained(cloud, 60_000);
    expect((await getOrder(cloud, killer.id, killer.receipt)).body.status).toBe('held');
    expect(await marksOf(cloud, 'orders', messageId)).toBe(0);
    for (const neighbour of neighbours) expect((await settled(cloud, neighbour)).status).toBe('placed');
    expect(await stockOf(cloud, product.id)).toBe(100 - neighbours.length);
  }, 300_000);
});
