import type { Operations } from '@penstock/domain/operations';
import { describe, expect, it } from 'vitest';
import { type Flow, flowOf, flowsMax, labelHeights, pointsOf, scaleEnd, withFlow } from '#operations/flow.ts';

const at = (atMs: number): Flow => ({ atMs, used: 0, throttled: 0, waiting: 0, deferred: 0 });

describe('a reading', () => {
  it('is summed over tables and queues', () => {
    const meters = {
      at: '2026-11-23T12:00:00.000Z',
      tables: [
        { consumedPerSecond: 20, throttledPerSecond: 1 },
        { consumedPerSecond: 22, throttledPerSecond: 0 },
      ],
      queues: [
        { visible: 3, inFlight: 2, delayed: 7 },
        { visible: 1, inFlight: 0, delayed: 0 },
      ],
    } as unknown as Operations;
    expect(flowOf(meters)).toEqual({
      atMs: Date.parse(meters.at),
      used: 42,
      throttled: 1,
      waiting: 6,
      deferred: 7,
    });
  });
});

describe('the readings that are kept', () => {
  it('are two minutes of them, each once', () => {
    const all = Array.from({ length: flowsMax + 5 }, (_, index) => at(index + 1));
    const kept = all.reduce<readonly Flow[]>(withFlow, []);
    expect([kept.length, kept.at(0)?.atMs, kept.at(-1)?.atMs]).toEqual([flowsMax, 6, flowsMax + 5]);
    expect(withFlow(kept, at(flowsMax + 5))).toBe(kept);
  });
});

describe('a chart', () => {
  it('has a scale that holds every value and is never smaller than ten', () => {
    expect(scaleEnd([{ label: 'used', values: [] }])).toBeGreaterThanOrEqual(10);
    expect(scaleEnd([{ label: 'used', values: [4, 480] }])).toBeGreaterThanOrEqual(480);
  });

  it('draws the newest value at its right end', () => {
    expect(pointsOf([0, 50, 100], 100).split(' ').at(-1)).toBe('100.00,0.00');
    expect(pointsOf([50], 100)).toBe('100.00,50.00');
  });

  it.each([
    [
      [80, 10],
      [0.8, 0.1],
    ],
    [
      [0, 0],
      [0.2, 0],
    ],
    [
      [50, 52],
      [0.41, 0.61],
    ],
    [
      [100, 100],
      [1, 0.8],
    ],
  ] as const)('writes the labels of %j at %j, never on each other', (last, heights) => {
    const [first, second] = labelHeights(last, 100);
    expect(first).toBeCloseTo(heights[0]);
    expect(second).toBeCloseTo(heights[1]);
  });
});
