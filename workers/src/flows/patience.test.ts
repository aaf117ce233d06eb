import { describe, expect, it } from 'vitest';
import { callMs, makeDeadline, reserveMs } from '#core/deadline';
import { makePatience } from '#flows/patience';

const roomOf = (remainingMs: number, random = 1) => {
  let now = 0;
  const waits: number[] = [];
  const sleep = async (delayMs: number) => {
    waits.push(delayMs);
    now += delayMs;
  };
  const patience = makePatience(
    { random: () => random, sleep },
    makeDeadline(() => remainingMs - now),
  );
  return { waits, patience, advance: (ms: number) => (now += ms) };
};

describe('patience', () => {
  it('[F4] waits with full jitter, 50 ms doubled up to 2 s, while the invocation has time', async () => {
    const { waits, patience } = roomOf(15_000);
    let tries = 0;
    while (await patience.waitBusy(tries)) tries += 1;
    expect(waits).toEqual([50, 100, 200, 400, 800, 1600, 2000, 2000, 2000]);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(11_000);
  });

  it('[F4] takes a random share of each wait', async () => {
    const { waits, patience } = roomOf(15_000, 0.25);
    for (const n of [0, 3, 9]) await patience.waitBusy(n);
    expect(waits).toEqual([12.5, 100, 500]);
  });

  it('[D5] waits 10 to 50 ms after an overlap', async () => {
    const shortest = roomOf(15_000, 0);
    const longest = roomOf(15_000, 1);
    await shortest.patience.waitContended();
    await longest.patience.waitContended();
    expect([...shortest.waits, ...longest.waits]).toEqual([10, 50]);
  });

  it('[C6] waits at most 2 s more once a group is settled, and not longer for the next', async () => {
    const { waits, patience, advance } = roomOf(60_000);
    patience.hurry();
    advance(1400);
    patience.hurry();
    expect(await patience.waitBusy(3)).toBe(true);
    expect(await patience.waitBusy(3)).toBe(false);
    expect(waits).toEqual([400]);
  });

  it('keeps enough time back to defer', async () => {
    expect(await roomOf(reserveMs + callMs + 50).patience.waitContended()).toBe(false);
    expect(await roomOf(reserveMs + callMs + 51).patience.waitContended()).toBe(true);
  });
});
