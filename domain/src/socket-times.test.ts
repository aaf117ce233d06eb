import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { socketTimes } from '#socket-times';

const minuteMs = 60_000;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

/** A socket opened at minute 0, whose far end answers a ping at once while `alive`. */
const openAt = (random: number) => {
  const pings: number[] = [];
  const reopened: number[] = [];
  const beganMs = Date.now();
  const minutes = () => (Date.now() - beganMs) / minuteMs;
  const far = { alive: true };
  const times = socketTimes({
    ping: () => {
      pings.push(minutes());
      if (far.alive) setTimeout(times.heard, 100);
    },
    reopen: () => {
      reopened.push(minutes());
      times.closed();
      times.opened();
    },
    random: () => random,
    timers: globalThis,
  });
  times.opened();
  return { times, pings, reopened, far };
};

describe('[H4] the socket of a page', () => {
  it.each([
    [0, 100],
    [0.5, 105],
    [0.999, 109.99],
  ])('is opened anew before the limit of 2 h, spread by chance: %d gives minute %d', (random, minute) => {
    const { reopened } = openAt(random);
    vi.advanceTimersByTime(120 * minuteMs);
    expect(reopened).toEqual([minute]);
    vi.advanceTimersByTime(120 * minuteMs);
    expect(reopened).toHaveLength(2);
  });

  it('is never idle for 10 minutes, and is left alone once it is closed', () => {
    const { pings, reopened, times } = openAt(0);
    vi.advanceTimersByTime(21 * minuteMs);
    expect(pings).toEqual([5, 10, 15, 20]);
    times.closed();
    times.check();
    vi.advanceTimersByTime(240 * minuteMs);
    expect([pings.length, reopened]).toEqual([4, []]);
  });

  it('is opened anew 15 s after a ping that nothing answered', () => {
    const { reopened, far } = openAt(0);
    far.alive = false;
    vi.advanceTimersByTime(5.5 * minuteMs);
    expect(reopened).toEqual([5.25]);
  });

  it('is asked at once when the page comes back to sight', () => {
    const { times, pings, reopened, far } = openAt(0);
    vi.advanceTimersByTime(2 * minuteMs);
    times.check();
    vi.advanceTimersByTime(minuteMs);
    expect([pings, reopened]).toEqual([[2], []]);
    far.alive = false;
    times.check();
    vi.advanceTimersByTime(minuteMs);
    expect([pings, reopened]).toEqual([[2, 3], [3.25]]);
  });
});
