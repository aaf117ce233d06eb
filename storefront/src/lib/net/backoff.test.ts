import { describe, expect, it } from 'vitest';
import { backoffMs } from '#lib/net/backoff.ts';
import { makeServerClock } from '#lib/net/server-clock.ts';

describe('the backoff', () => {
  it('doubles with full jitter up to 30 s', () => {
    expect([1, 2, 3, 6, 50].map((attempt) => backoffMs(attempt, () => 1))).toEqual([1250, 2250, 4250, 30_250, 30_250]);
    expect(backoffMs(4, () => 0)).toBe(250);
  });

  it('never waits less than the server asks for', () => {
    expect(backoffMs(1, () => 0, 7000)).toBe(7000);
    expect(backoffMs(9, () => 1, 7000)).toBe(8000);
  });
});

describe('[C3] the clock', () => {
  it('follows the server, from the middle of the round trip, and ignores a slow answer', () => {
    const clock = makeServerClock({ now: () => 1000 });
    expect(clock.now()).toBe(1000);
    clock.learn(5050, 1000, 1100);
    expect(clock.now()).toBe(5000);
    clock.learn(99_000, 1000, 9000);
    expect(clock.now()).toBe(5000);
  });
});
