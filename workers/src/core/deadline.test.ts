import { describe, expect, it } from 'vitest';
import { callMs, makeDeadline, reserveMs, unbounded, withoutWaiting } from '#core/deadline';

const given = (invocationMs: number) => {
  let now = 0;
  return { deadline: makeDeadline(() => invocationMs - now), pass: (ms: number) => (now += ms) };
};

describe('a deadline', () => {
  it('[F6] is what Lambda leaves, less the reserve, and runs out with it', () => {
    const { deadline, pass } = given(10_000);
    expect(deadline.remainingMs()).toBe(10_000 - reserveMs);
    pass(5000);
    expect([deadline.remainingMs(), deadline.isOver()]).toEqual([1000, false]);
    pass(1000 - callMs);
    expect(deadline.isOver()).toBe(true);
  });

  it('[F6] lets nobody wait who could not make a call after it', () => {
    const { deadline } = given(reserveMs + 1000);
    expect(deadline.canWait(999 - callMs)).toBe(true);
    expect(deadline.canWait(1000 - callMs)).toBe(false);
  });

  it('[C6] is shortened for good, and never made longer', () => {
    const { deadline, pass } = given(60_000);
    deadline.shorten(2000);
    pass(1500);
    deadline.shorten(2000);
    expect(deadline.remainingMs()).toBe(500);
  });

  it('may leave no time to wait, but time for one try', () => {
    unbounded.shorten(2000);
    expect([unbounded.canWait(0), unbounded.isOver()]).toEqual([false, false]);
    const strict = withoutWaiting(given(10_000).deadline);
    expect([strict.canWait(1), strict.isOver()]).toEqual([false, false]);
  });
});
