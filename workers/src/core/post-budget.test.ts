import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePostBudget, shareOfPosts } from '#core/post-budget';

/** The most posts in any second that begins with a post. */
const mostInASecond = (atMs: readonly number[]): number =>
  Math.max(0, ...atMs.map((from) => atMs.filter((each) => each >= from && each < from + 1000).length));

describe('[H4] the budget of posts', () => {
  it('lets a quiet instance post all of a second at once, and then one for each that is a second old', () => {
    const budget = makePostBudget(3);
    expect([0, 10, 20, 30, 40, 50].map((nowMs) => budget.reserve(nowMs))).toEqual([0, 10, 20, 1000, 1010, 1020]);
    expect(budget.nextMs(60)).toBe(2000);
    expect(budget.room(1500)).toBe(3);
  });

  it('never has more in any second than it may, whenever it is asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 80 }),
        (perSecond, pauses) => {
          const budget = makePostBudget(perSecond);
          let nowMs = 0;
          const atMs = pauses.map((pause) => {
            nowMs += pause;
            const expected = budget.nextMs(nowMs);
            expect(budget.reserve(nowMs)).toBe(expected);
            return expected;
          });
          expect(mostInASecond(atMs)).toBeLessThanOrEqual(perSecond);
          expect(atMs).toEqual(atMs.toSorted((left, right) => left - right));
        },
      ),
    );
  });

  it.each([
    [1000, 5, 200],
    [1000, 20, 50],
    [3, 5, 1],
  ])('of %d a second shared by %d is %d', (all, instances, share) => {
    expect(shareOfPosts(all, instances)).toBe(share);
  });
});
