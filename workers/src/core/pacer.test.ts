import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decreaseTo, makePacer, regrowMs } from '#core/pacer';

const paced = (capacity: number, sharers = 1) => {
  const pacer = makePacer();
  pacer.share(capacity, sharers, 0);
  return pacer;
};

/** Writes of a size as fast as the pacer lets them; answers the units written in a time. */
const drive = (pacer: ReturnType<typeof makePacer>, units: number, fromMs: number, toMs: number): number => {
  let written = 0;
  for (let nowMs = fromMs; nowMs < toMs; ) {
    const waitMs = pacer.delayMs(nowMs);
    if (waitMs > 0) {
      nowMs += waitMs;
      continue;
    }
    pacer.charge(units, nowMs);
    written += units;
    nowMs += 1;
  }
  return written;
};

describe('a pacer', () => {
  it('[F2] lets a write begin while the balance is not below zero, and repays the whole debt before the next', () => {
    const pacer = paced(100);
    expect(pacer.delayMs(0)).toBe(0);
    pacer.charge(50, 0);
    expect(pacer.delayMs(0)).toBe(500);
    expect(pacer.delayMs(499)).toBe(1);
    expect(pacer.delayMs(500)).toBe(0);
  });

  it('[F2] keeps unused credit for 250 ms at most', () => {
    const pacer = paced(100);
    expect(pacer.delayMs(60_000)).toBe(0);
    pacer.charge(25, 60_000);
    expect(pacer.delayMs(60_000)).toBe(0);
    pacer.charge(1, 60_000);
    expect(pacer.delayMs(60_000)).toBe(10);
  });

  it('[F3] goes down to 85 % at most four times a second, and is back after two seconds', () => {
    const pacer = paced(100);
    pacer.throttled(1000);
    pacer.throttled(1100);
    expect(pacer.rate(1100)).toBeGreaterThanOrEqual(100 * decreaseTo);
    expect(pacer.rate(1000 + regrowMs)).toBeCloseTo(100);
    pacer.throttled(5000);
    expect(pacer.rate(5000)).toBeCloseTo(85);
    pacer.throttled(5300);
    expect(pacer.rate(5300)).toBeLessThan(85);
  });

  it('is not limited where the table is on-demand', () => {
    const pacer = makePacer();
    pacer.charge(1000, 0);
    expect([pacer.delayMs(0), pacer.rate(0)]).toEqual([0, undefined]);
  });

  it.each([5, 12, 25, 50, 200].flatMap((capacity) => [1, 2, 5].map((sharers) => [capacity, sharers] as const)))(
    'uses all of its share and no more: %i WCU/s over %i instances',
    (capacity, sharers) => {
      const seconds = 60;
      const written = drive(paced(capacity, sharers), 2.5, 0, seconds * 1000);
      const share = (capacity / sharers) * seconds;
      expect(written).toBeGreaterThan(share * 0.98 - 2.5);
      expect(written).toBeLessThanOrEqual(share + (capacity / sharers) * 0.25 + 2.5);
    },
  );

  it('follows a share that is halved and restored', () => {
    const pacer = paced(100);
    drive(pacer, 2, 0, 10_000);
    pacer.share(50, 1, 10_000);
    const halved = drive(pacer, 2, 10_000, 20_000);
    pacer.share(100, 1, 20_000);
    const restored = drive(pacer, 2, 20_000, 30_000);
    expect(halved / 10).toBeLessThanOrEqual(53);
    expect(restored / 10).toBeGreaterThan(95);
  });

  it('never exceeds its bounds and always recovers, whatever it is told', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 3000 }) }),
      fc.record({ kind: fc.constant('charge' as const), units: fc.double({ min: 0, max: 80, noNaN: true }) }),
      fc.record({ kind: fc.constant('throttled' as const) }),
      fc.record({
        kind: fc.constant('share' as const),
        capacity: fc.integer({ min: 1, max: 500 }),
        sharers: fc.integer({ min: 1, max: 5 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const pacer = paced(100);
        let [nowMs, ceiling] = [0, 100];
        for (const each of steps) {
          if (each.kind === 'wait') nowMs += each.ms;
          else if (each.kind === 'charge') pacer.charge(each.units, nowMs);
          else if (each.kind === 'throttled') pacer.throttled(nowMs);
          else {
            ceiling = Math.max(0.5, each.capacity / each.sharers);
            pacer.share(each.capacity, each.sharers, nowMs);
          }
          const rate = pacer.rate(nowMs) ?? 0;
          expect(rate).toBeGreaterThan(0);
          expect(rate).toBeLessThanOrEqual(ceiling + 1e-9);
          expect(pacer.delayMs(nowMs)).toBeLessThan(Number.POSITIVE_INFINITY);
        }
        expect(pacer.rate(nowMs + 600_000)).toBeCloseTo(ceiling);
        expect(pacer.delayMs(nowMs + 10_000_000)).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });
});
