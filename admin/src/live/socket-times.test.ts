import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepSocket } from '#live/socket-times.ts';

const minuteMs = 60_000;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const keepAt = (random: number) => {
  const at: { readonly pings: number[]; readonly reopened: number[] } = { pings: [], reopened: [] };
  const beganMs = Date.now();
  const minutes = () => (Date.now() - beganMs) / minuteMs;
  const stop = keepSocket({
    ping: () => at.pings.push(minutes()),
    reopen: () => at.reopened.push(minutes()),
    random: () => random,
  });
  return { at, stop };
};

describe('[H4] the socket of the back office', () => {
  it.each([
    [0, 100],
    [0.5, 105],
    [0.999, 109.99],
  ])('is opened anew before the limit of 2 h, spread by chance: %d gives minute %d', (random, minute) => {
    const { at } = keepAt(random);
    vi.advanceTimersByTime(120 * minuteMs);
    expect(at.reopened).toEqual([minute]);
    vi.advanceTimersByTime(120 * minuteMs);
    expect(at.reopened).toHaveLength(2);
  });

  it('is never idle for 10 minutes, and is left alone in the end', () => {
    const { at, stop } = keepAt(0);
    vi.advanceTimersByTime(20 * minuteMs);
    expect(at.pings).toEqual([4, 8, 12, 16, 20]);
    stop();
    vi.advanceTimersByTime(240 * minuteMs);
    expect([at.pings.length, at.reopened]).toEqual([5, []]);
  });
});
