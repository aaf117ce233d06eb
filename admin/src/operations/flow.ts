import { staffEnd } from '@penstock/brand/gauge.ts';
import type { Operations } from '@penstock/domain/operations';

/** What the panel's charts show of one reading: units a second, and messages. */
export type Flow = {
  readonly atMs: number;
  readonly used: number;
  readonly throttled: number;
  readonly waiting: number;
  readonly deferred: number;
};

/** Two minutes, at the pace of a frame every two seconds. */
export const flowsMax = 60;

const sum = <T>(all: readonly T[], amountOf: (each: T) => number): number =>
  all.reduce((total, each) => total + amountOf(each), 0);

/** A reading summed over tables and over queues. */
export const flowOf = ({ at, tables, queues }: Operations): Flow => ({
  atMs: Date.parse(at),
  used: sum(tables, (table) => table.consumedPerSecond),
  throttled: sum(tables, (table) => table.throttledPerSecond),
  waiting: sum(queues, (queue) => queue.visible + queue.inFlight),
  deferred: sum(queues, (queue) => queue.delayed),
});

/** The readings with a newer one at their end, the oldest dropped; the very same when it is none. */
export const withFlow = (flows: readonly Flow[], next: Flow): readonly Flow[] =>
  next.atMs > (flows.at(-1)?.atMs ?? 0) ? [...flows, next].slice(-flowsMax) : flows;

export type Line = { readonly label: string; readonly values: readonly number[] };

/** The upper end of a scale for these lines, never so small that noise looks like a flood. */
export const scaleEnd = (lines: readonly Line[]): number =>
  staffEnd(Math.max(10, ...lines.flatMap(({ values }) => values)));

/** Points of a polyline in a box of 100 by 100; the newest at the right, and a young line starts late. */
export const pointsOf = (values: readonly number[], end: number): string =>
  values
    .map((value, index) => {
      const x = 100 - ((values.length - 1 - index) * 100) / (flowsMax - 1);
      return `${x.toFixed(2)},${(100 - (value / end) * 100).toFixed(2)}`;
    })
    .join(' ');

/** How high the labels of two lines stand, 0 to 1: at their last value, but never on each other. */
export const labelHeights = (last: readonly [number, number], end: number): readonly [number, number] => {
  const [first, second] = [last[0] / end, last[1] / end];
  const middle = Math.min(1 - labelGap / 2, Math.max(labelGap / 2, (first + second) / 2));
  if (Math.abs(first - second) >= labelGap) return [first, second];
  const isFirstUpper = first >= second;
  return isFirstUpper ? [middle + labelGap / 2, middle - labelGap / 2] : [middle - labelGap / 2, middle + labelGap / 2];
};

/** A line of text against the height of a chart. */
const labelGap = 0.2;
