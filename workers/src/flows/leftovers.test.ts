import { makeMemoryDeferral } from '@penstock/platform/testing/memory-tables';
import { describe, expect, it } from 'vitest';
import { deferCeiling, makeLeftovers } from '#flows/leftovers';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const leftover = (receives: number) => ({
  records: [{ messageId: `m-${receives}`, receiptHandle: 'r', body: '', receives, group: undefined }],
  reason: 'throttled',
  fields: {},
});

const worldOf = (expectedDrainMs: () => Promise<number | undefined>, share: number) => {
  const { deferral, deferred } = makeMemoryDeferral();
  const leftovers = makeLeftovers({
    queue: 'orders',
    deadLetters: { keep: async () => 'kept' },
    deferral,
    expectedDrainMs,
    news: { tell: async () => {} },
    clock: { now: () => 0 },
    random: () => share,
    logger: quiet,
  });
  return { leftovers, delays: () => deferred.map(({ delaySeconds }) => delaySeconds) };
};

describe('what goes back to the queue', () => {
  it.each([
    ['the expected drain', 12_000, 1, 12],
    ['a minute of a longer drain', 600_000, 1, 60],
    ['a minute of an unknown drain', undefined, 1, 60],
    ['a second at least', 0, 1, 1],
    ['as long until the fiftieth receive', 12_000, 49, 12],
    ['twice as long from the fiftieth', 12_000, 50, 24],
    ['four times as long from the hundredth', 12_000, 100, 48],
    ['a quarter of an hour at most', 60_000, 300, 900],
  ])('[F4] waits at most %s', (_what, drainMs, receives, seconds) => {
    expect(deferCeiling(drainMs, receives)).toBe(seconds);
  });

  it.each([
    [0, [1, 1]],
    [0.5, [6, 11]],
    [0.999, [10, 20]],
  ])('[F4] waits for a random time from a second up to the ceiling: %s gives %j', async (share, seconds) => {
    const { leftovers, delays } = worldOf(async () => 10_000, share);
    await leftovers.answer([leftover(1), leftover(50)]);
    expect(delays()).toEqual(seconds);
  });

  it('does not ask for the drain when nothing goes back', async () => {
    let asked = 0;
    const { leftovers } = worldOf(async () => {
      asked += 1;
      return 1000;
    }, 0.5);
    expect(await leftovers.answer([])).toEqual({ batchItemFailures: [] });
    expect(asked).toBe(0);
  });
});
