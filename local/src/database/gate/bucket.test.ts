import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBucket } from '#database/gate/bucket';

/** Calls admitted by a bucket: each asks at its time and is charged when it gets in. Answers the units let in. */
const runCalls = (
  bucket: ReturnType<typeof makeBucket>,
  calls: readonly { readonly atMs: number; readonly units: number }[],
  ask: (bucket: ReturnType<typeof makeBucket>, atMs: number) => boolean = (asked, atMs) => asked.isOpen(atMs),
): readonly number[] =>
  calls.flatMap(({ atMs, units }) => {
    if (!ask(bucket, atMs)) return [];
    bucket.take(units, atMs);
    return [units];
  });

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

describe('a bucket', () => {
  it('keeps one second of capacity and no more without burst', () => {
    const bucket = makeBucket({ perSecond: 10, burstSeconds: 0 }, 0);
    expect(bucket.balance(0)).toBe(10);
    expect(bucket.balance(60_000)).toBe(10);
  });

  it.each([
    [0, 10],
    [1, 20],
    [300, 3010],
  ])('with %i s of burst holds %i units at 10 a second', (burstSeconds, most) => {
    expect(makeBucket({ perSecond: 10, burstSeconds }, 0).balance(1_000_000)).toBe(most);
  });

  it('lets a call in while anything is left, into debt, and opens at the moment when the debt is paid', () => {
    const bucket = makeBucket({ perSecond: 10, burstSeconds: 0 }, 0);
    bucket.take(9.5, 0);
    expect(bucket.isOpen(0)).toBe(true);
    bucket.take(20.5, 0);
    expect(bucket.balance(0)).toBe(-20);
    expect([1999, 2000, 2001].map((atMs) => bucket.isOpen(atMs))).toEqual([false, false, true]);
  });

  it('gives back what was taken too much, up to its limit', () => {
    const bucket = makeBucket({ perSecond: 10, burstSeconds: 0 }, 0);
    bucket.take(6, 0);
    bucket.take(-2, 0);
    expect(bucket.balance(0)).toBe(6);
    bucket.take(-100, 0);
    expect(bucket.balance(0)).toBe(10);
  });

  it('refills at the old rate until the change and at the new one after it', () => {
    const bucket = makeBucket({ perSecond: 10, burstSeconds: 0 }, 0);
    bucket.take(30, 0);
    bucket.resize({ perSecond: 100, burstSeconds: 0 }, 1000);
    expect([1000, 1100, 1200].map((atMs) => bucket.balance(atMs))).toEqual([-10, 0, 10]);
  });

  it('keeps no more than the new limit holds when capacity falls', () => {
    const bucket = makeBucket({ perSecond: 100, burstSeconds: 10 }, 0);
    bucket.resize({ perSecond: 5, burstSeconds: 0 }, 0);
    expect(bucket.balance(0)).toBe(5);
  });

  it('does not lose by a clock that steps back', () => {
    const bucket = makeBucket({ perSecond: 10, burstSeconds: 0 }, 5000);
    bucket.take(5, 5000);
    expect(bucket.balance(1000)).toBe(5);
  });
});

const calls = fc
  .array(fc.record({ gapMs: fc.integer({ min: 0, max: 400 }), units: fc.integer({ min: 1, max: 60 }) }), {
    minLength: 1,
    maxLength: 200,
  })
  .map((gaps) => {
    let atMs = 0;
    return gaps.map(({ gapMs, units }) => {
      atMs += gapMs;
      return { atMs, units };
    });
  });
const limits = fc.record({
  perSecond: fc.integer({ min: 1, max: 200 }),
  burstSeconds: fc.integer({ min: 0, max: 30 }),
});

/** The bound: what refilled, what was kept, and one call's debt. */
const isWithinBound = (
  { perSecond, burstSeconds }: { readonly perSecond: number; readonly burstSeconds: number },
  asked: readonly { readonly atMs: number; readonly units: number }[],
  admitted: readonly number[],
): boolean => {
  const seconds = (asked.at(-1)?.atMs ?? 0) / 1000;
  const debt = Math.max(...asked.map(({ units }) => units));
  return sum(admitted) <= perSecond * (seconds + 1 + burstSeconds) + debt + 1e-6;
};

describe('any run of calls', () => {
  it('gets in no more than refill, burst and one debt', () => {
    fc.assert(
      fc.property(limits, calls, (limit, asked) => isWithinBound(limit, asked, runCalls(makeBucket(limit, 0), asked))),
    );
  });

  it('is caught when the door does not mind the debt (planted)', () => {
    const careless = fc.property(limits, calls, (limit, asked) =>
      isWithinBound(
        limit,
        asked,
        runCalls(makeBucket(limit, 0), asked, () => true),
      ),
    );
    expect(fc.check(careless, { numRuns: 500 }).failed).toBe(true);
  });

  it('gets all of the capacity when it never stops asking', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 40 }), (perSecond, units) => {
        const bucket = makeBucket({ perSecond, burstSeconds: 0 }, 0);
        const asked = Array.from({ length: 20_000 }, (_, index) => ({ atMs: index, units }));
        return sum(runCalls(bucket, asked)) >= perSecond * 19.9;
      }),
      { numRuns: 20 },
    );
  });
});
