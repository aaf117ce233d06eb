import { makeLogger } from '@penstock/platform/logger';
import type { Received } from '@penstock/platform/queue-receiver';
import { describe, expect, it } from 'vitest';
import { makeDeadline } from '#core/deadline';
import type { QueueRecord } from '#core/queue-records';
import { topUpMax, withTopUp } from '#flows/top-up';

const messageOf = (messageId: string): Received => ({
  messageId,
  receiptHandle: `handle of ${messageId}`,
  body: '{}',
  receives: 1,
  sentAtMs: 0,
  group: undefined,
});
const ids = (records: readonly QueueRecord[]): readonly string[] => records.map(({ messageId }) => messageId);

/** A drain that gives back what it is told to, on a queue of these messages. */
const givenRoom = (options: {
  readonly waiting: readonly string[];
  readonly waitMs?: number;
  readonly roomMax?: number;
  readonly fails?: readonly string[];
  readonly isBroken?: boolean;
}) => {
  const { waiting, waitMs = 500, fails = [] } = options;
  const queue = waiting.map(messageOf);
  const seen: string[][] = [];
  const removed: string[] = [];
  let now = 0;
  let applied = 0;
  const drain = withTopUp(
    {
      queue: 'orders',
      receiver: {
        receive: async (max) => {
          now += 100;
          if (options.isBroken) throw new Error('no queue');
          return queue.splice(0, Math.min(10, max));
        },
        remove: async (messages) => {
          removed.push(...messages.map(({ messageId }) => messageId));
          return [];
        },
      },
      waitMs: () => waitMs,
      roomMax: () => options.roomMax,
      applied: (count) => {
        applied += count;
      },
      logger: makeLogger({ functionName: 'test', level: 'error', now: () => now, write: () => undefined }),
    },
    async (records) => {
      seen.push([...ids(records)]);
      return { batchItemFailures: ids(records).flatMap((id) => (fails.includes(id) ? [{ itemIdentifier: id }] : [])) };
    },
  );
  const run = (event: readonly string[], remainingMs = 15_000) =>
    drain(
      event.map(messageOf),
      makeDeadline(() => remainingMs - now, 0),
    );
  return { run, seen, removed, queue, applied: () => applied };
};
const many = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `m${index}`);

describe('a drain that tops up', () => {
  it('[D8] receives up to fifty in all while the pacer makes it wait, works them together and deletes its own', async () => {
    const room = givenRoom({ waiting: many(60) });
    expect(await room.run(['a', 'b'])).toEqual({ batchItemFailures: [] });
    expect(room.seen).toEqual([['a', 'b', ...many(topUpMax - 2)]]);
    expect(room.removed).toEqual(many(topUpMax - 2));
    expect(room.applied()).toBe(topUpMax - 2);
    expect(room.queue).toHaveLength(12);
  });

  it('[D8] receives nothing while its plan could be written at once', async () => {
    const room = givenRoom({ waiting: many(3), waitMs: 0 });
    await room.run(['a']);
    expect(room.seen).toEqual([['a']]);
    expect(room.queue).toHaveLength(3);
  });

  it('[D8] takes no more than one plan has room for', async () => {
    const room = givenRoom({ waiting: many(60), roomMax: 12.5 });
    await room.run(many(10).map((id) => `event-${id}`));
    expect(room.removed).toHaveLength(2);
  });

  it('[D8] receives in the first half of its time alone', async () => {
    const room = givenRoom({ waiting: many(60) });
    await room.run(['a'], 400);
    expect(room.seen[0]).toHaveLength(21);
  });

  it('[D8] leaves what the drain put back in the queue, and lists of it only what the event brought', async () => {
    const room = givenRoom({ waiting: ['mine', 'mine too'], fails: ['a', 'mine'] });
    expect(await room.run(['a', 'b'])).toEqual({ batchItemFailures: [{ itemIdentifier: 'a' }] });
    expect(room.removed).toEqual(['mine too']);
  });

  it('[D8] leaves a second copy of a message of the event to the event source', async () => {
    const room = givenRoom({ waiting: ['a', 'mine'], fails: ['a'] });
    expect(await room.run(['a'])).toEqual({ batchItemFailures: [{ itemIdentifier: 'a' }] });
    expect(room.seen).toEqual([['a', 'mine']]);
    expect(room.removed).toEqual(['mine']);
  });

  it('[D8] works its event all the same when the queue gives nothing more', async () => {
    const room = givenRoom({ waiting: [], isBroken: true });
    expect(await room.run(['a'])).toEqual({ batchItemFailures: [] });
    expect(room.seen).toEqual([['a']]);
  });
});
