import type { LeaseItem } from '@penstock/domain/items';
import { describe, expect, it } from 'vitest';
import { makeDeadline } from '#core/deadline';
import type { QueueRecord } from '#core/queue-records';
import type { Letter } from '#flows/leftovers';
import { marksMax, suspectAfterReceives, withSuspects } from '#flows/suspects';
import { basketMessage, orderId, orderMessage, recordOf } from '#testing/drain-messages';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
class Killed extends Error {}

type World = {
  readonly queue?: 'orders' | 'baskets';
  readonly throttled?: number;
  readonly killer?: string;
  readonly fails?: readonly string[];
  readonly letterFails?: boolean;
  readonly drainMs?: number;
};

/** A queue whose drain dies of one message; marks outlive the process. */
const worldOf = ({ queue = 'orders', throttled = 0, killer, fails = [], letterFails = false, drainMs = 0 }: World) => {
  const marks = new Map<string, number>();
  const batches: string[][] = [];
  const letters: Letter[] = [];
  let now = 0;
  const lease = { tables: { orders: { used: 1, throttled } } } as unknown as LeaseItem;
  const drain = withSuspects(
    {
      queue,
      leases: { live: async () => [lease] },
      marks: {
        add: async (_queue, id) => {
          marks.set(id, (marks.get(id) ?? 0) + 1);
          return marks.get(id) ?? 0;
        },
        clear: async (_queue, id) => void marks.set(id, 0),
      },
      leftovers: {
        keepLetter: async (_record, letter) => {
          if (letterFails) return false;
          letters.push(letter);
          return true;
        },
        answer: async () => ({ batchItemFailures: [] }),
      },
      logger: quiet,
    },
    async (records) => {
      batches.push(records.map(({ messageId }) => messageId));
      now += drainMs;
      if (records.some(({ messageId }) => messageId === killer)) throw new Killed();
      return {
        batchItemFailures: records.flatMap(({ messageId }) =>
          fails.includes(messageId) ? [{ itemIdentifier: messageId }] : [],
        ),
      };
    },
  );
  const run = (records: readonly QueueRecord[], invocationMs: number) =>
    drain(
      records,
      makeDeadline(() => invocationMs - now),
    );
  return { drain: run, batches, letters, marks };
};
const old = suspectAfterReceives + 1;
const order = (index: number, receives: number): QueueRecord =>
  recordOf(orderMessage({ orderId: orderId(index) }), index, { receives });
const failed = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('a message that came back more than twenty times', () => {
  it('[G2] is worked alone, after its batch, and its mark is taken away', async () => {
    const { drain, batches, marks } = worldOf({});
    expect(await drain([order(0, old), order(1, 1), order(2, old)], 15_000)).toEqual(failed());
    expect(batches).toEqual([['message-1'], ['message-0'], ['message-2']]);
    expect([...marks.values()]).toEqual([0, 0]);
  });

  it('[G2] is like every other while something is throttled: then it only waited', async () => {
    const { drain, batches } = worldOf({ throttled: 3 });
    await drain([order(0, old), order(1, 1)], 15_000);
    expect(batches).toEqual([['message-0', 'message-1']]);
  });

  it('[G2] goes back when its trial failed, without a mark left behind', async () => {
    const { drain, marks } = worldOf({ fails: ['message-0'] });
    expect(await drain([order(0, old), order(1, 1)], 15_000)).toEqual(failed('message-0'));
    expect(marks.get('message-0')).toBe(0);
  });

  it('[G2] is not tried with too little time left: a time-out would look like a kill', async () => {
    const { drain, batches, marks } = worldOf({ drainMs: 10_000 });
    expect(await drain([order(0, old), order(1, 1)], 15_000)).toEqual(failed('message-0'));
    expect([batches, marks.size]).toEqual([[['message-1']], 0]);
  });

  it('[G2] takes those of its group in a FIFO queue with it, in order, and nobody overtakes it', async () => {
    const op = (index: number, receives: number, group: string) =>
      recordOf(basketMessage(), index, { receives, group });
    const { drain, batches } = worldOf({ queue: 'baskets', fails: ['message-0'] });
    const records = [op(0, old, 'a'), op(1, 1, 'b'), op(2, 1, 'a')];
    expect(await drain(records, 15_000)).toEqual(failed('message-0', 'message-2'));
    expect(batches).toEqual([['message-1'], ['message-0']]);
  });
});

describe('a message that kills the process', () => {
  it('[G2] is a letter after five marks, and its neighbours are worked all the while', async () => {
    const { drain, batches, letters, marks } = worldOf({ killer: 'message-0' });
    for (let trial = 1; trial <= marksMax; trial += 1) {
      await drain([order(0, old + trial), order(1, 1)], 15_000);
      expect([marks.get('message-0'), letters]).toEqual([trial, []]);
    }
    batches.splice(0);
    expect(await drain([order(0, 40), order(1, 1)], 15_000)).toEqual(failed());
    expect(batches).toEqual([['message-1']]);
    expect(letters).toMatchObject([{ id: orderId(0), reason: 'kills-the-process' }]);
  });

  it('[G2] is tried once more when its letter cannot be kept: nothing is dropped', async () => {
    const { drain, batches, marks } = worldOf({ letterFails: true, fails: ['message-0'] });
    marks.set('message-0', marksMax);
    expect(await drain([order(0, old)], 15_000)).toEqual(failed('message-0'));
    expect(batches).toEqual([['message-0']]);
  });
});
