import type { DeadLetter } from '@penstock/platform/dead-letter-store';
import { makeMemoryDeferral } from '@penstock/platform/testing/memory-tables';
import { describe, expect, it } from 'vitest';
import { deferCeiling, makeLeftovers, parkAtAgeMs, parkAtReceives } from '#flows/leftovers';
import { orderId, orderMessage, recordOf } from '#testing/drain-messages';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const leftover = (receives: number) => ({
  records: [{ messageId: `m-${receives}`, receiptHandle: 'r', body: '', receives, group: undefined }],
  reason: 'throttled',
  fields: {},
});

const worldOf = (
  expectedDrainMs: () => Promise<number | undefined>,
  share: number,
  { nowMs = 0, isBroken = false } = {},
) => {
  const { deferral, deferred } = makeMemoryDeferral();
  const letters: DeadLetter[] = [];
  const leftovers = makeLeftovers({
    queue: 'orders',
    deadLetters: {
      keep: async (letter) => {
        if (isBroken) throw new Error('The table does not answer.');
        letters.push(letter);
        return 'kept';
      },
    },
    deferral,
    expectedDrainMs,
    news: { tell: async () => {} },
    clock: { now: () => nowMs },
    random: () => share,
    logger: quiet,
  });
  return { leftovers, letters, delays: () => deferred.map(({ delaySeconds }) => delaySeconds) };
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

describe('what has waited too long', () => {
  const sentAtMs = 1_700_000_000_000;
  const back = (overrides: { receives?: number; sentAtMs?: number }, index = 0) => ({
    records: [recordOf(orderMessage({ orderId: orderId(index) }), index, { sentAtMs, ...overrides })],
    reason: 'throttled',
    fields: {},
  });
  const worldAt = (nowMs: number, isBroken = false) => worldOf(async () => 1000, 0.5, { nowMs, isBroken });

  it.each([
    ['at the 900th receive', { receives: parkAtReceives }, sentAtMs],
    ['ten days after it was sent', { receives: 3 }, sentAtMs + parkAtAgeMs],
  ])('[G4] is parked as a letter %s, and the others go back', async (_when, overrides, nowMs) => {
    const { leftovers, letters, delays } = worldAt(nowMs);
    const fresh = back({ receives: 899, sentAtMs: nowMs - parkAtAgeMs + 1 }, 1);
    expect(await leftovers.answer([back(overrides), fresh])).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-1' }],
    });
    expect(letters).toMatchObject([
      { id: orderId(0), queue: 'orders', reason: 'waited-too-long', detail: expect.stringContaining('throttled') },
    ]);
    expect(delays()).toHaveLength(1);
  });

  it('[G4] goes back as well when its letter cannot be kept: nothing is dropped', async () => {
    const { leftovers, delays } = worldAt(sentAtMs, true);
    expect(await leftovers.answer([back({ receives: 950 })])).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }],
    });
    expect(delays()).toHaveLength(1);
  });
});
