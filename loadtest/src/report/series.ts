import { percentile, unitsOf, writesOf } from '#figures';
import { isAccepted, type Receipt } from '#receipts';
import type { RunRecord, Sample } from '#record';

/** A line of a chart: points of (second of the run, value), in order of time. */
type Point = readonly [second: number, value: number];
export type Series = { readonly name: string; readonly points: readonly Point[] };

/** About so many points a chart: more is noise on a phone. */
const pointsMax = 120;

/** Seconds that one point covers. */
const binSeconds = (record: RunRecord, samples: readonly Sample[]): number => {
  const endMs = Math.max(record.loadToMs, samples.at(-1)?.atMs ?? 0);
  return Math.max(2, Math.ceil((endMs - record.loadFromMs) / 1000 / pointsMax));
};

/** Samples one bin apart, each with the one before it. */
const pairs = ({ loadFromMs }: RunRecord, samples: readonly Sample[], bin: number) => {
  const picked: Sample[] = [];
  for (const sample of samples)
    if (picked.length === 0 || sample.atMs - (picked.at(-1)?.atMs ?? 0) >= bin * 1000 - 100) picked.push(sample);
  return picked.slice(1).flatMap((now, index) => {
    const before = picked[index];
    return before === undefined
      ? []
      : [{ before, now, second: (now.atMs - loadFromMs) / 1000, seconds: (now.atMs - before.atMs) / 1000 }];
  });
};

const waitingOf = ({ queues }: Sample): number => (queues.orders?.waiting ?? 0) + (queues.baskets?.waiting ?? 0);

/** Writes a second: offered and accepted by what k6 wrote, applied as accepted less what waits more than before. */
export const flowSeries = (
  record: RunRecord,
  receipts: readonly Receipt[],
  samples: readonly Sample[],
): readonly Series[] => {
  const writes = writesOf(receipts);
  const accepted = writes.filter(isAccepted);
  const bin = binSeconds(record, samples);
  const between = (times: readonly number[], from: number, to: number) =>
    times.filter((time) => time > from && time <= to).length;
  const offeredAt = writes.map(({ atMs }) => atMs);
  const acceptedAt = accepted.map(({ atMs, tookMs }) => atMs + tookMs);
  const looks = pairs(record, samples, bin).map(({ before, now, second, seconds }) => {
    const came = between(acceptedAt, before.atMs, now.atMs);
    return {
      second,
      offered: between(offeredAt, before.atMs, now.atMs) / seconds,
      accepted: came / seconds,
      applied: Math.max(0, came - (waitingOf(now) - waitingOf(before))) / seconds,
    };
  });
  return (['offered', 'accepted', 'applied'] as const).map((name) => ({
    name,
    points: looks.map((look) => [look.second, look[name]] as const),
  }));
};

/** Write units a second of one table. */
export const unitSeries = (record: RunRecord, samples: readonly Sample[], table: string): readonly Series[] => {
  const looks = pairs(record, samples, binSeconds(record, samples));
  return [
    {
      name: 'provisioned',
      points: looks.map(({ now, second }) => [second, now.tables[table]?.capacity ?? 0] as const),
    },
    {
      name: 'consumed',
      points: looks.map(
        ({ before, now, second, seconds }) =>
          [second, (unitsOf(now.tables[table]) - unitsOf(before.tables[table])) / seconds] as const,
      ),
    },
  ];
};

/** Throttled write requests a second of one table. */
export const throttleSeries = (record: RunRecord, samples: readonly Sample[], table: string): readonly Series[] => [
  {
    name: 'throttled',
    points: pairs(record, samples, binSeconds(record, samples)).map(
      ({ before, now, second, seconds }) =>
        [second, ((now.tables[table]?.throttled ?? 0) - (before.tables[table]?.throttled ?? 0)) / seconds] as const,
    ),
  },
];

/** Of each queue that ever held something. */
export const queueSeries = (
  record: RunRecord,
  samples: readonly Sample[],
  value: 'waiting' | 'oldestAgeSeconds',
): readonly Series[] => {
  const looks = pairs(record, samples, binSeconds(record, samples));
  return ['orders', 'baskets', 'moves']
    .filter((name) => samples.some(({ queues }) => (queues[name]?.waiting ?? 0) > 0))
    .map((name) => ({
      name,
      points: looks.map(({ now, second }) => {
        const queue = now.queues[name];
        return [second, value === 'waiting' ? (queue?.waiting ?? 0) : (queue?.oldestAgeMs ?? 0) / 1000] as const;
      }),
    }));
};

/** Accept times by percentile, ms. */
export const acceptSeries = (
  record: RunRecord,
  receipts: readonly Receipt[],
  samples: readonly Sample[],
): readonly Series[] => {
  const bin = binSeconds(record, samples);
  const bins = new Map<number, number[]>();
  for (const { atMs, tookMs } of writesOf(receipts).filter(isAccepted)) {
    const at = Math.floor((atMs - record.loadFromMs) / 1000 / bin);
    const list = bins.get(at) ?? [];
    list.push(tookMs);
    bins.set(at, list);
  }
  const sorted = [...bins].sort(([left], [right]) => left - right);
  return ([0.5, 0.99] as const).map((share) => ({
    name: `p${share * 100}`,
    points: sorted.map(([at, times]) => [(at + 0.5) * bin, percentile(times, share) ?? 0] as const),
  }));
};
