import type { Audit } from '#audit/audit';
import {
  acceptTimes,
  drainRatio,
  heaviestStep,
  percentile,
  pushTimes,
  recoveryRatio,
  spentWithBacklog,
  tablesBehind,
  totalOf,
  unitsOf,
  writesOf,
} from '#figures';
import { journeys } from '#journeys';
import { profiles } from '#profiles';
import type { Receipt } from '#receipts';
import type { RunRecord, Sample } from '#record';

export type Evidence = {
  readonly record: RunRecord;
  readonly receipts: readonly Receipt[];
  readonly samples: readonly Sample[];
  readonly audit: Audit;
};

/** A number to reach (design, section 9): name, formula and bar live here and nowhere else. */
type Bar = {
  readonly name: string;
  /** The formula in words. */
  readonly says: string;
  readonly bar: number;
  readonly atMost: boolean;
  /** undefined: the run does not show it, so that it is not asked. */
  readonly value: (evidence: Evidence) => number | undefined;
};

const hasBacklog = ({ record }: Evidence): boolean =>
  profiles[record.plan.profile].backlog && record.plan.journey !== 'browse';
const heaviest = ({ record }: Evidence): number => profiles[record.plan.profile].steps[heaviestStep(record)]?.load ?? 0;
/** The samples from when a profile's pause is over: nobody could have used what was there before. */
const sinceTheDrainsWork = ({ record, samples }: Evidence): readonly Sample[] => {
  const { pause } = profiles[record.plan.profile];
  const fromMs = pause === undefined ? 0 : record.loadFromMs + (pause.toSecond + 1) * 1000;
  return samples.filter(({ atMs }) => atMs >= fromMs);
};
const ratio = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

const bars: readonly Bar[] = [
  {
    name: 'capacity used',
    says: 'consumed write units / those that the pacer may spend (provisioned, of products less the 3 % left to staff: E4) while the queue held a backlog, of the table that binds: the fullest of those behind it',
    bar: 0.95,
    atMost: false,
    value: (evidence) => {
      if (!hasBacklog(evidence)) return undefined;
      const { queue } = journeys[evidence.record.plan.journey];
      const shares = tablesBehind[queue].flatMap((table) => {
        const { units, offered } = spentWithBacklog(sinceTheDrainsWork(evidence), table, queue);
        // Ten seconds of capacity and less are the noise of two samples.
        return offered < evidence.record.capacity * 10 ? [] : [units / offered];
      });
      return shares.length === 0 ? undefined : Math.max(...shares);
    },
  },
  {
    name: 'useful share',
    says: 'write units of changes / all consumed, the three tables together',
    bar: 0.95,
    atMost: false,
    value: ({ samples }) =>
      ratio(
        totalOf(samples, ({ useful }) => useful),
        totalOf(samples, unitsOf),
      ),
  },
  {
    name: 'throttled share',
    says: 'throttled / all write requests to the three tables',
    bar: 0.02,
    atMost: true,
    value: ({ samples }) =>
      ratio(
        totalOf(samples, ({ throttled }) => throttled),
        totalOf(samples, ({ requests }) => requests),
      ),
  },
  {
    name: 'accept p99, overloaded / unloaded',
    says: 'p99 of accepted writes in the heaviest step / in the unloaded first one',
    bar: 1.25,
    atMost: true,
    value: (evidence) => {
      const { record, receipts } = evidence;
      const { steps } = profiles[record.plan.profile];
      if (steps[0]?.name !== 'unloaded') return undefined;
      const calm = percentile(acceptTimes(receipts, record, 0), 0.99);
      const hard = percentile(acceptTimes(receipts, record, heaviestStep(record)), 0.99);
      return calm === undefined || hard === undefined ? undefined : hard / calm;
    },
  },
  {
    name: 'accepted writes',
    says: 'orders and basket ops answered 202, of a run that is to accept a hundred thousand',
    bar: 100_000,
    atMost: false,
    value: ({ record, audit }) =>
      record.plan.profile === 'hundred-thousand' ? audit.acceptedOrders + audit.acceptedOps : undefined,
  },
  {
    name: 'commit to push p99, loaded / idle',
    says: 'p99 from the placing of an order to the frame on its page, from the first second of the heaviest step on / in the unloaded first one',
    bar: 1.5,
    atMost: true,
    value: ({ record, receipts }) => {
      const { idle, loaded } = pushTimes(record, receipts);
      const [calm, hard] = [percentile(idle, 0.99), percentile(loaded, 0.99)];
      // Fewer say nothing about a percentile.
      return calm === undefined || hard === undefined || idle.length < 20 || loaded.length < 50
        ? undefined
        : hard / calm;
    },
  },
  {
    name: 'answers 5xx',
    says: 'calls answered 5xx or not at all, where no fault on the way in was asked for',
    bar: 0,
    atMost: true,
    value: ({ record, receipts }) =>
      profiles[record.plan.profile].faults?.sqs.sendErrorShare !== undefined
        ? undefined
        : receipts.filter((each) => 'status' in each && (each.status === 0 || each.status >= 500)).length,
  },
  {
    name: 'drain / fluid ideal',
    says: 'last accepted write to empty queues / write units spent meanwhile at all that the pacer may spend',
    bar: 1.05,
    atMost: true,
    value: (evidence) =>
      hasBacklog(evidence) ? drainRatio(evidence.record, evidence.receipts, evidence.samples) : undefined,
  },
  {
    name: 'stated wait, off by',
    says: 'median of actual / stated wait of orders that waited more than 3 s, or its inverse where that is larger',
    bar: 2,
    atMost: true,
    value: ({ audit }) => {
      const long = audit.waits.filter(({ actualMs }) => actualMs > 3000);
      const median = percentile(
        long.map(({ actualMs, statedMs }) => actualMs / Math.max(1, statedMs)),
        0.5,
      );
      // Fewer say nothing about a median.
      return median === undefined || long.length < 30 ? undefined : Math.max(median, 1 / median);
    },
  },
  {
    name: 'recovery / fluid ideal',
    says: 'end of the trouble to the first empty queue / write units spent meanwhile at all that the pacer may spend',
    bar: 1.1,
    atMost: true,
    value: ({ record, samples }) => {
      const { steps } = profiles[record.plan.profile];
      const step = record.plan.steps[steps.findIndex(({ recovers }) => recovers === true)];
      if (step === undefined) return undefined;
      const fromMs = record.loadFromMs + step.startSecond * 1000;
      return recoveryRatio(samples, fromMs, journeys[record.plan.journey].queue);
    },
  },
  {
    name: 'basket ops per write',
    says: 'accepted ops / basket writes, saturated at five times the capacity or more',
    bar: 5,
    atMost: false,
    value: (evidence) =>
      evidence.record.plan.journey === 'basket-storm' && heaviest(evidence) >= 5
        ? evidence.samples.at(-1)?.opsPerWrite
        : undefined,
  },
  {
    name: 'units per order',
    says: 'write units of products and orders, without indexes / orders placed; at 200 WCU/s and more',
    bar: 4.4,
    atMost: true,
    value: (evidence) =>
      evidence.record.plan.journey === 'checkout-rush' && hasBacklog(evidence) && evidence.record.capacity >= 200
        ? unitsPerOrder(evidence)
        : undefined,
  },
  {
    name: 'flash sale: units not sold',
    says: 'units of the product on sale left, when more were ordered than there were',
    bar: 0,
    atMost: true,
    value: ({ record, receipts, audit }) => {
      const { flash } = record.plan;
      if (flash === undefined || writesOf(receipts).length < flash.units * 2) return undefined;
      return flash.units - audit.counts.placed;
    },
  },
  {
    name: 'flash sale: units per order',
    says: 'write units of products and orders, without indexes and one for each refusal, / orders placed',
    bar: 2.4,
    atMost: true,
    value: ({ record, samples, audit: { counts } }) => {
      const last = samples.at(-1);
      if (record.plan.flash === undefined || counts.placed < record.plan.flash.units) return undefined;
      return ratio(unitsOf(last?.tables.orders) + unitsOf(last?.tables.products) - counts.rejected, counts.placed);
    },
  },
];

export const unitsPerOrder = ({ samples, audit }: Pick<Evidence, 'samples' | 'audit'>): number | undefined => {
  const last = samples.at(-1);
  return ratio(unitsOf(last?.tables.orders) + unitsOf(last?.tables.products), audit.counts.placed);
};

export type BarResult = {
  readonly name: string;
  readonly says: string;
  readonly value: number;
  readonly bar: number;
  readonly reached: boolean;
};

/** The bars that this run shows. A stated bar of "at most 0" is reached by 0 alone. */
export const judgeBars = (evidence: Evidence): readonly BarResult[] =>
  bars.flatMap(({ name, says, bar, atMost, value }) => {
    const measured = value(evidence);
    if (measured === undefined) return [];
    const rounded = Math.round(measured * 10_000) / 10_000;
    return [{ name, says, value: rounded, bar, reached: atMost ? rounded <= bar : rounded >= bar }];
  });
