import { type Audit, type Counts, type Fault, isCorrect } from '#audit/audit';
import { type BarResult, type Evidence, judgeBars, unitsPerOrder } from '#bars';
import { acceptTimes, cpuDuringLoad, goodput, percentile, pushTimes, totalOf, unfinishedOf, writesOf } from '#figures';
import { stepsOffered } from '#plan';
import { isAccepted } from '#receipts';

/** Above this the machine itself binds, and times prove nothing (design, section 9). */
const cpuMax = 0.7;

export type Verdict = 'reached' | 'missed' | 'incorrect' | 'inconclusive';

/** result.json (contract, section 5). */
export type Result = {
  readonly schema: 1;
  readonly journey: string;
  readonly profile: string;
  readonly seed: number;
  readonly valid: boolean;
  /** Why the run is not valid; empty when it is. */
  readonly invalidBecause: readonly string[];
  readonly verdict: Verdict;
  readonly counts: Counts;
  readonly bars: readonly BarResult[];
  /** Numbers without a bar. */
  readonly figures: Readonly<Record<string, number>>;
  readonly findings: Audit['findings'];
};

/** Exit codes of the contract. */
export const exitCodes: Readonly<Record<Verdict, number>> = { reached: 0, incorrect: 20, missed: 21, inconclusive: 22 };

/** Findings that result.json lists of each kind; the count is exact. */
const listed = 100;

/** Correctness always binds; the bars only in a valid run. */
export const resultOf = (evidence: Evidence, unreadable: number): Result => {
  const { record, samples, audit } = evidence;
  const unfinished = unfinishedOf(record, samples, audit.counts.lost);
  const counts = { ...audit.counts, lost: audit.counts.lost - unfinished };
  const invalidBecause = reasons(evidence, unreadable);
  const bars = judgeBars(evidence);
  const valid = invalidBecause.length === 0;
  return {
    schema: 1,
    journey: record.plan.journey,
    profile: record.plan.profile,
    seed: record.plan.seed,
    valid,
    invalidBecause,
    verdict: verdictOf(counts, valid, bars),
    counts,
    bars,
    figures: figuresOf(evidence),
    // Which of the missing ones still wait cannot be told: they are not named as lost.
    findings: listedOf(counts.lost === 0 ? { ...audit.findings, lost: [] } : audit.findings),
  };
};

const listedOf = (findings: Audit['findings']): Audit['findings'] => {
  const list = (fault: Fault) => findings[fault].slice(0, listed).map(({ id, says }) => ({ id, says }));
  return {
    lost: list('lost'),
    doubled: list('doubled'),
    oversold: list('oversold'),
    stale: list('stale'),
    wronglyRefused: list('wronglyRefused'),
    stranded: list('stranded'),
  };
};

const verdictOf = (counts: Counts, valid: boolean, bars: readonly BarResult[]): Verdict => {
  if (!isCorrect(counts)) return 'incorrect';
  if (!valid) return 'inconclusive';
  return bars.every(({ reached }) => reached) ? 'reached' : 'missed';
};

const reasons = ({ record, samples, receipts }: Evidence, unreadable: number): readonly string[] => {
  const cpu = cpuDuringLoad(record, samples);
  const silent = record.plan.watchers - receipts.filter(({ kind }) => kind === 'seen').length;
  return [
    ...(record.interrupted ? ['the run was interrupted'] : []),
    ...(!record.interrupted && record.k6.exitCode !== 0 ? [`k6 ended with exit code ${record.k6.exitCode}`] : []),
    ...(record.k6.dropped > 0 ? [`k6 dropped ${record.k6.dropped} arrivals`] : []),
    ...(cpu >= cpuMax ? [`the machine was ${Math.round(cpu * 100)} % busy; the bound is ${cpuMax * 100} %`] : []),
    ...(record.drainedMs === undefined ? ['the queues were not empty within the time'] : []),
    ...(silent > 0 ? [`${silent} of ${record.plan.watchers} socket clients said nothing at the end`] : []),
    ...(unreadable > 0 ? [`${unreadable} lines of the receipts cannot be read`] : []),
    ...(receipts.every(({ kind }) => kind === 'begin') ? ['no call was made'] : []),
  ];
};

const figuresOf = (evidence: Evidence): Readonly<Record<string, number>> => {
  const { record, receipts, samples, audit } = evidence;
  const writes = writesOf(receipts);
  const last = samples.at(-1);
  const figures: Readonly<Record<string, number | undefined>> = {
    'steps offered': stepsOffered(record.plan.steps),
    'iterations of k6': record.k6.iterations,
    'arrivals dropped': record.k6.dropped,
    'orders accepted': audit.acceptedOrders,
    'basket ops accepted': audit.acceptedOps,
    'writes refused or not confirmed': writes.filter((write) => !isAccepted(write)).length,
    'reads answered': receipts.filter((receipt) => receipt.kind === 'read' && receipt.status === 200).length,
    'receipts of another body': audit.mismatched,
    'client topics compared': audit.compared,
    'busy processors during the load': cpuDuringLoad(record, samples),
    'useful units of the provisioned ones, heaviest step to drained': goodput(record, samples),
    'accepted and still waiting': unfinishedOf(record, samples, audit.counts.lost),
    'drain seconds': record.drainedMs === undefined ? undefined : (record.drainedMs - record.loadToMs) / 1000,
    'write units per order placed': audit.counts.placed > 0 ? unitsPerOrder(evidence) : undefined,
    'index units per order placed':
      audit.counts.placed > 0 ? totalOf(samples, ({ indexUnits }) => indexUnits) / audit.counts.placed : undefined,
    'orders per commit': last?.ordersPerCommit,
    'basket ops per write': last?.opsPerWrite,
    ...Object.fromEntries(
      Object.entries(pushTimes(record, receipts)).flatMap(([when, times]) =>
        [0.5, 0.99].map((share) => [`commit to push p${share * 100}, ${when}, ms`, percentile(times, share)]),
      ),
    ),
    ...Object.fromEntries(
      record.plan.steps.flatMap(({ name }, index) =>
        [0.5, 0.99].map((share) => [
          `accept p${share * 100} in ${name}, ms`,
          percentile(acceptTimes(receipts, record, index), share),
        ]),
      ),
    ),
  };
  return Object.fromEntries(
    Object.entries(figures).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Math.round(value * 1000) / 1000]],
    ),
  );
};
