import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createQueue, type QueueClient } from '#queue/contract-client';

export type QueueEndpoint = { readonly endpoint: string; readonly close: () => Promise<void> };

export type QueueContract = {
  readonly open: () => Promise<QueueEndpoint>;
  /** Why the suite cannot run here, in a plain sentence; undefined runs it. */
  readonly skip?: string | undefined;
  /** Rules that this engine is known to break, and how. Their tests must fail: one that passes says that this list is old. */
  readonly differs?: Readonly<Partial<Record<Rule, string>>>;
};

type Rule =
  | 'ten-of-a-group'
  | 'locked-until-all-are-back'
  | 'order-after-visibility'
  | 'deduplication-per-group'
  | 'group-kept-by-redrive'
  | 'receive-count-kept'
  | 'refused-redrive-policies'
  | 'group-on-standard-queue';

/**
 * What the shop relies on in SQS, written once and run against every engine at hand. Each test makes its own queue, so
 * the suite may run against an endpoint that others use.
 */
export const describeQueueContract = (name: string, contract: QueueContract): void => {
  const title = contract.skip === undefined ? name : `${name} (skipped: ${contract.skip})`;
  describe.skipIf(contract.skip !== undefined).concurrent(`queue contract on ${title}`, { timeout: 30_000 }, () => {
    let opened: QueueEndpoint | undefined;
    beforeAll(async () => {
      opened = await contract.open();
    }, 60_000);
    afterAll(async () => opened?.close());
    const make = (attributes: Readonly<Record<string, string>> = {}, suffix = '') =>
      createQueue(opened?.endpoint ?? '', `t-${randomUUID()}${suffix}`, attributes);
    const fifo = (attributes: Readonly<Record<string, string>> = {}) => make(attributes, '.fifo');
    const unless = (rule: Rule) => (contract.differs?.[rule] === undefined ? it : it.fails);

    describe.concurrent('FIFO', () => {
      unless('ten-of-a-group')('gives up to ten messages of one group in a receive, in order', async ({ expect }) => {
        const queue = await fifo();
        await sendNumbered(queue, 'a', 12);
        expect(await queue.bodies()).toEqual(numbered('a', 0, 10));
      });

      unless('ten-of-a-group')(
        'keeps a group locked until all of its messages are back, while other groups flow',
        async ({ expect }) => {
          const queue = await fifo();
          await sendNumbered(queue, 'a', 12);
          const received = await queue.receive();
          await queue.sendTo('b', 'b0');
          expect(await queue.bodies()).toEqual(['b0']);
          for (const message of received.slice(0, 9)) await queue.remove(message);
          expect(await queue.bodies()).toEqual([]);
          for (const message of received.slice(9)) await queue.remove(message);
          expect(await queue.bodies()).toEqual(['a10', 'a11']);
        },
      );

      unless('locked-until-all-are-back')(
        '[C6] delivers nothing of a group while nine of ten are out and one is visible again',
        async ({ expect }) => {
          const queue = await fifo({ VisibilityTimeout: '30' });
          await sendNumbered(queue, 'a', 10);
          const received = await queue.receive();
          for (const message of received.slice(0, 1)) await queue.setVisibility(message, 1);
          await sleep(1300);
          expect(await queue.bodies()).toEqual([]);
          for (const message of received.slice(1)) await queue.remove(message);
          expect(await queue.bodies()).toEqual(['a0']);
        },
      );

      unless('order-after-visibility')('keeps the order of a group when its visibility ends', async ({ expect }) => {
        const queue = await fifo({ VisibilityTimeout: '2' });
        await sendNumbered(queue, 'a', 10);
        const first = await queue.receive();
        for (const message of first.slice(0, 5)) await queue.remove(message);
        await sleep(2300);
        expect(await queue.bodies()).toEqual(numbered('a', 5, 10));
      });

      unless('ten-of-a-group')(
        'gives a whole group back at once, in order, when its visibility is set to 0',
        async ({ expect }) => {
          const queue = await fifo({ VisibilityTimeout: '30' });
          await sendNumbered(queue, 'a', 4);
          const received = await queue.receive();
          const entries = received.map(({ ReceiptHandle }, index) => ({
            Id: `${index}`,
            ReceiptHandle,
            VisibilityTimeout: 0,
          }));
          const result = await queue.batch('ChangeMessageVisibility', entries.reverse());
          expect(result.Failed).toEqual([]);
          expect(await queue.bodies()).toEqual(numbered('a', 0, 4));
        },
      );

      it('drops a repeated deduplication id of a group', async ({ expect }) => {
        const queue = await fifo();
        await queue.sendTo('a', 'first', 'same');
        await queue.sendTo('a', 'second', 'same');
        expect(await queue.bodies()).toEqual(['first']);
      });

      unless('deduplication-per-group')(
        '[C4] keeps the same deduplication id apart in two groups',
        async ({ expect }) => {
          const queue = await fifo();
          await queue.sendTo('a', 'of a', 'same');
          await queue.sendTo('b', 'of b', 'same');
          expect((await queue.bodies()).toSorted()).toEqual(['of a', 'of b']);
        },
      );

      unless('group-kept-by-redrive')(
        'moves a message past maxReceiveCount to a FIFO dead-letter queue, with its group',
        async ({ expect }) => {
          const dead = await fifo();
          const queue = await fifo({ VisibilityTimeout: '0', RedrivePolicy: await redriveTo(dead, 2) });
          await queue.sendTo('a', 'poison');
          await queue.sendTo('a', 'healthy');
          for (let count = 0; count < 2; count += 1) await queue.receive();
          await queue.receive();
          const [letter] = await dead.receive();
          expect(letter?.Body).toBe('poison');
          expect(letter?.Attributes.MessageGroupId).toBe('a');
        },
      );
    });

    describe.concurrent('standard', () => {
      it('hides a received message and shows it again when its visibility ends', async ({ expect }) => {
        const queue = await make({ VisibilityTimeout: '2' });
        await queue.send('once');
        expect(await queue.bodies()).toEqual(['once']);
        expect(await queue.bodies()).toEqual([]);
        expect(await queue.bodies({ WaitTimeSeconds: 5 })).toEqual(['once']);
      });

      it('defers a message by a visibility above 0 and gives it back at 0', async ({ expect }) => {
        const queue = await make({ VisibilityTimeout: '30' });
        await queue.send('deferred');
        const [first] = await queue.receive();
        if (first === undefined) throw new TypeError('nothing was received');
        await queue.setVisibility(first, 2);
        expect(await queue.bodies()).toEqual([]);
        const [second] = await queue.receive({ WaitTimeSeconds: 5 });
        if (second === undefined) throw new TypeError('the deferred message did not come back');
        expect(second.Attributes.ApproximateReceiveCount).toBe('2');
        await queue.setVisibility(second, 0);
        expect(await queue.bodies()).toEqual(['deferred']);
      });

      it('does not deliver a deleted message again', async ({ expect }) => {
        const queue = await make({ VisibilityTimeout: '2' });
        await queue.send('done');
        for (const message of await queue.receive()) await queue.remove(message);
        expect(await queue.bodies({ WaitTimeSeconds: 3 })).toEqual([]);
      });

      unless('receive-count-kept')('moves a message past maxReceiveCount and keeps counting', async ({ expect }) => {
        const dead = await make();
        const queue = await make({ VisibilityTimeout: '0', RedrivePolicy: await redriveTo(dead, 3) });
        await queue.send('poison');
        for (let count = 1; count <= 3; count += 1) {
          const [message] = await queue.receive();
          expect(message?.Attributes.ApproximateReceiveCount).toBe(`${count}`);
        }
        expect(await queue.bodies()).toEqual([]);
        const [letter] = await dead.receive();
        expect(letter).toMatchObject({ Body: 'poison', Attributes: { ApproximateReceiveCount: '4' } });
      });

      it('delays a message', async ({ expect }) => {
        const queue = await make();
        await queue.send('later', { DelaySeconds: 2 });
        expect(await queue.bodies()).toEqual([]);
        expect((await queue.attributes()).ApproximateNumberOfMessagesDelayed).toBe('1');
        expect(await queue.bodies({ WaitTimeSeconds: 5 })).toEqual(['later']);
      });

      it('wakes a waiting receive when a message arrives', async ({ expect }) => {
        const queue = await make();
        const startedAt = performance.now();
        const waiting = queue.bodies({ WaitTimeSeconds: 10 });
        await sleep(200);
        await queue.send('awaited');
        expect(await waiting).toEqual(['awaited']);
        expect(performance.now() - startedAt).toBeLessThan(3000);
      });

      it('reports the failed entries of a batch and takes the others', async ({ expect }) => {
        const queue = await make();
        const result = await queue.batch('SendMessage', [
          { Id: 'good', MessageBody: 'good' },
          { Id: 'bad', MessageBody: 'a bell \u0007' },
        ]);
        expect(result.Successful.map(({ Id }) => Id)).toEqual(['good']);
        expect(result.Failed.map(({ Id }) => Id)).toEqual(['bad']);
        expect(await queue.bodies()).toEqual(['good']);
      });

      it('reports the unknown handles of a visibility batch', async ({ expect }) => {
        const queue = await make();
        await queue.send('one');
        const [message] = await queue.receive();
        const result = await queue.batch('ChangeMessageVisibility', [
          { Id: 'good', ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 5 },
          { Id: 'bad', ReceiptHandle: `${randomUUID()}#${randomUUID()}`, VisibilityTimeout: 5 },
        ]);
        expect(result.Successful.map(({ Id }) => Id)).toEqual(['good']);
        expect(result.Failed.map(({ Id }) => Id)).toEqual(['bad']);
      });

      it('counts visible, in flight and delayed messages', async ({ expect }) => {
        const queue = await make();
        await queue.send('one');
        await queue.send('two');
        await queue.send('three', { DelaySeconds: 60 });
        await queue.receive({ MaxNumberOfMessages: 1 });
        expect(await queue.attributes()).toMatchObject({
          ApproximateNumberOfMessages: '1',
          ApproximateNumberOfMessagesNotVisible: '1',
          ApproximateNumberOfMessagesDelayed: '1',
        });
      });

      unless('group-on-standard-queue')('[B4] keeps the message group of a standard queue', async ({ expect }) => {
        const queue = await make();
        await queue.batch('SendMessage', [
          { Id: 'a', MessageBody: 'same body', MessageGroupId: 'basket-a' },
          { Id: 'b', MessageBody: 'same body', MessageGroupId: 'basket-b' },
        ]);
        const groups = (await queue.receive()).map((message) => message.Attributes.MessageGroupId);
        expect(groups.toSorted()).toEqual(['basket-a', 'basket-b']);
      });
    });

    unless('refused-redrive-policies')('refuses a redrive policy that AWS refuses', async ({ expect }) => {
      const [standard, ordered] = [await make(), await fifo()];
      const set = async (queue: QueueClient, policy: string) =>
        (await queue.call('SetQueueAttributes', { Attributes: { RedrivePolicy: policy } })).body.__type;
      const refused = expect.stringMatching(/InvalidParameterValue/);
      expect(await set(standard, await redriveTo(await make(), 1001))).toEqual(refused);
      expect(await set(ordered, await redriveTo(standard, 10))).toEqual(refused);
      expect(await set(standard, await redriveTo(await make(), 1000))).toBeUndefined();
    });
  });
};

const numbered = (group: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, index) => `${group}${from + index}`);

const sendNumbered = async (queue: QueueClient, group: string, count: number): Promise<void> => {
  for (const body of numbered(group, 0, count)) await queue.sendTo(group, body);
};

const redriveTo = async (dead: QueueClient, maxReceiveCount: number): Promise<string> =>
  JSON.stringify({ deadLetterTargetArn: (await dead.attributes()).QueueArn, maxReceiveCount });
