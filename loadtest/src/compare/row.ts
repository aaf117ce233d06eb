import type { WritePath } from '@penstock/platform/settings';
import type { Counts } from '#audit/audit';
import type { Evidence } from '#bars';
import {
  acceptTimes,
  cpuDuringLoad,
  drainRatio,
  goodput,
  heaviestStep,
  percentile,
  totalOf,
  unfinishedOf,
  unitsOf,
  writesOf,
} from '#figures';
import { isUnknown } from '#receipts';
import type { TableSample } from '#record';

/** What one run of a comparison came to. */
export type Row = {
  readonly seed: number;
  readonly writePath: WritePath;
  readonly counts: Counts;
  /** Accepted and neither stored nor refused when the time for the drain was over. It still waits in a queue: not lost. */
  readonly unfinished: number;
  readonly dropped: number;
  readonly cpu: number;
  readonly values: Readonly<Record<string, number>>;
};

/** A number that the paths are compared by: name, formula in words, direction. */
export type Measure = {
  readonly name: string;
  readonly says: string;
  readonly better: 'more' | 'less';
  readonly value: (evidence: Evidence) => number | undefined;
};

const acceptedOf = ({ audit }: Evidence): number => audit.acceptedOrders + audit.acceptedOps;
const unfinishedIn = ({ record, samples, audit }: Evidence): number => unfinishedOf(record, samples, audit.counts.lost);
const doneOf = (evidence: Evidence): number => acceptedOf(evidence) - unfinishedIn(evidence);
/** Arrivals, those that k6 had no shopper left for among them. Every arrival of a compared journey is one write. */
const offeredOf = ({ record: { k6 } }: Evidence): number => k6.iterations + k6.dropped;
const ratio = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

const acceptAt = (evidence: Evidence, step: number, share: number): number | undefined =>
  percentile(acceptTimes(evidence.receipts, evidence.record, step), share);

const requests = ({ samples }: Evidence, count: (table: TableSample) => number): number => totalOf(samples, count);

/** Name, formula and direction of each number live here; table, chart and file take them from here. */
export const measures: readonly Measure[] = [
  {
    name: 'accepted share',
    says: 'writes answered 202 / arrivals offered',
    better: 'more',
    value: (evidence) => ratio(acceptedOf(evidence), offeredOf(evidence)),
  },
  {
    name: 'done share',
    says: 'writes stored or refused for good within the time / arrivals offered',
    better: 'more',
    value: (evidence) => ratio(doneOf(evidence), offeredOf(evidence)),
  },
  {
    name: 'calls not confirmed',
    says: 'calls answered 429, 5xx or not at all / write calls',
    better: 'less',
    value: ({ receipts }) => {
      const writes = writesOf(receipts);
      return ratio(writes.filter(isUnknown).length, writes.length);
    },
  },
  {
    name: 'useful capacity',
    says: 'useful write units / provisioned ones, from the first second of the overload to the end of the drain',
    better: 'more',
    value: ({ record, samples }) => goodput(record, samples),
  },
  {
    name: 'useful share',
    says: 'write units of changes / all consumed',
    better: 'more',
    value: (evidence) =>
      ratio(
        requests(evidence, ({ useful }) => useful),
        requests(evidence, unitsOf),
      ),
  },
  {
    name: 'throttled share',
    says: 'throttled / all write requests',
    better: 'less',
    value: (evidence) =>
      ratio(
        requests(evidence, ({ throttled }) => throttled),
        requests(evidence, (table) => table.requests),
      ),
  },
  {
    name: 'requests per write',
    says: 'write requests to the tables / writes done: the amplification',
    better: 'less',
    value: (evidence) =>
      ratio(
        requests(evidence, (table) => table.requests),
        doneOf(evidence),
      ),
  },
  {
    name: 'units per write',
    says: 'write units consumed, without indexes / writes done',
    better: 'less',
    value: (evidence) => ratio(requests(evidence, unitsOf), doneOf(evidence)),
  },
  {
    name: 'accept p50, ms',
    says: 'median time to 202 in the overload',
    better: 'less',
    value: (evidence) => acceptAt(evidence, heaviestStep(evidence.record), 0.5),
  },
  {
    name: 'accept p99, ms',
    says: 'time to 202 of the slowest in a hundred in the overload',
    better: 'less',
    value: (evidence) => acceptAt(evidence, heaviestStep(evidence.record), 0.99),
  },
  {
    name: 'accept p99, overloaded / unloaded',
    says: 'the same over that of the unloaded seconds before',
    better: 'less',
    value: (evidence) =>
      ratio(acceptAt(evidence, heaviestStep(evidence.record), 0.99) ?? 0, acceptAt(evidence, 0, 0.99) ?? 0),
  },
  {
    name: 'busy processors',
    says: 'share of this machine during the load: above 0.7 the times say more of it than of the path',
    better: 'less',
    value: ({ record, samples }) => cpuDuringLoad(record, samples),
  },
  {
    name: 'drain, s',
    says: 'end of the load to empty queues; only of runs that were drained in time',
    better: 'less',
    value: ({ record }) => (record.drainedMs === undefined ? undefined : (record.drainedMs - record.loadToMs) / 1000),
  },
  {
    name: 'drain / fluid ideal',
    says: 'last accepted write to empty queues / write units spent meanwhile at full capacity',
    better: 'less',
    value: ({ record, receipts, samples }) => drainRatio(record, receipts, samples),
  },
];

export const rowOf = (evidence: Evidence): Row => {
  const { record, audit, samples } = evidence;
  const unfinished = unfinishedIn(evidence);
  return {
    seed: record.plan.seed,
    writePath: record.writePath,
    counts: { ...audit.counts, lost: audit.counts.lost - unfinished },
    unfinished,
    dropped: record.k6.dropped,
    cpu: cpuDuringLoad(record, samples),
    values: Object.fromEntries(
      measures.flatMap(({ name, value }) => {
        const measured = value(evidence);
        return measured === undefined ? [] : [[name, measured] as const];
      }),
    ),
  };
};
