import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginShare, placeOf, turnDelayMs } from '#core/turns';

const turnMs = 600;
const places = fc
  .integer({ min: 2, max: 9 })
  .chain((members) => fc.record({ members: fc.constant(members), rank: fc.nat(members - 1) }));
const times = fc.integer({ min: 0, max: 2_000_000_000_000 });

describe('turns', () => {
  it('[D5] keeps nobody waiting who is alone', () => {
    expect(turnDelayMs({ rank: 0, members: 1 }, turnMs, 499)).toBe(0);
  });

  it('[D5] lets two begin half a round apart', () => {
    expect([0, 199, 200, 1199].map((at) => turnDelayMs({ rank: 0, members: 2 }, turnMs, at))).toEqual([0, 0, 1000, 1]);
    expect([0, 599, 600, 799, 800].map((at) => turnDelayMs({ rank: 1, members: 2 }, turnMs, at))).toEqual([
      600, 1, 0, 0, 1000,
    ]);
  });

  it('[D5] is somebody else’s turn for most of a turn after each begins', () => {
    fc.assert(
      fc.property(places, places, times, ({ members, rank }, other, nowMs) => {
        const otherRank = other.rank % members;
        fc.pre(otherRank !== rank);
        fc.pre(turnDelayMs({ rank, members }, turnMs, nowMs) === 0);
        const otherMs = turnDelayMs({ rank: otherRank, members }, turnMs, nowMs);
        expect(otherMs).toBeGreaterThan(turnMs * (1 - beginShare) - 1);
      }),
    );
  });

  it('[D5] comes to everyone within a round', () => {
    fc.assert(
      fc.property(places, times, (place, nowMs) => {
        const waitMs = turnDelayMs(place, turnMs, nowMs);
        expect(waitMs).toBeLessThanOrEqual(place.members * turnMs);
        expect(turnDelayMs(place, turnMs, nowMs + waitMs)).toBe(0);
      }),
    );
  });

  it('[D5] gives all who see the same leases different places', () => {
    const living = ['b', 'a', 'c'];
    expect(living.map((instance) => placeOf(instance, living).rank)).toEqual([1, 0, 2]);
    expect(placeOf('d', living)).toEqual({ rank: 3, members: 4 });
    expect(placeOf('a', [])).toEqual({ rank: 0, members: 1 });
  });
});
