import { limits } from '@penstock/domain/limits';
import { journeys } from '#journeys';
import { profiles } from '#profiles';
import { isAccepted, type OpReceipt, type OrderReceipt, type Receipt, type ToldReceipt } from '#receipts';
import type { RunRecord, Sample, TableSample } from '#record';

/** A queue with at least so many messages per WCU/s of the table counts as a backlog: the table never waits for work. */
const backlogPerUnit = 1;

export type TableName = 'orders' | 'baskets' | 'products';
const bindingTables: readonly TableName[] = ['orders', 'baskets', 'products'];

export const unitsOf = (table: TableSample | undefined): number =>
  table === undefined ? 0 : table.useful + table.failed + table.cancelled;

/** Write units a second that the pacer may spend of a table: of the products a part is left to staff (E4). */
const spendable = (name: TableName, table: TableSample | undefined): number =>
  (table?.capacity ?? 0) * (name === 'products' ? 1 - limits.staffShareOfProducts : 1);

/** Write units per second of a table between two samples, over its own and (else) its indexes' units. */
export type Spent = { readonly units: number; readonly offered: number };

/** What was consumed and what the pacer might have spent while the queue held a backlog. */
export const spentWithBacklog = (samples: readonly Sample[], table: TableName, queue: string): Spent => {
  let units = 0;
  let offered = 0;
  for (const [index, now] of samples.entries()) {
    const before = samples[index - 1];
    const at = now.tables[table];
    if (before === undefined || at === undefined) continue;
    const enough = at.capacity * backlogPerUnit;
    if (waitingIn(before, queue) < enough || waitingIn(now, queue) < enough) continue;
    units += unitsOf(at) - unitsOf(before.tables[table]);
    offered += (spendable(table, at) * (now.atMs - before.atMs)) / 1000;
  }
  return { units, offered };
};

const waitingIn = (sample: Sample, queue: string): number => sample.queues[queue]?.waiting ?? 0;

/** Sum over the shop's three tables of the last sample. */
export const totalOf = (samples: readonly Sample[], count: (table: TableSample) => number): number => {
  const last = samples.at(-1);
  return bindingTables.reduce((sum, name) => {
    const table = last?.tables[name];
    return sum + (table === undefined ? 0 : count(table));
  }, 0);
};

type Write = OrderReceipt | OpReceipt;
export const writesOf = (receipts: readonly Receipt[]): readonly Write[] =>
  receipts.filter((receipt): receipt is Write => receipt.kind === 'order' || receipt.kind === 'op');

/** Latencies of accepted writes that began within a step, ms. */
export const acceptTimes = (
  receipts: readonly Receipt[],
  { plan, loadFromMs }: RunRecord,
  step: number,
): readonly number[] => {
  const { startSecond = 0, seconds = 0 } = plan.steps[step] ?? {};
  const from = loadFromMs + startSecond * 1000;
  return writesOf(receipts)
    .filter((receipt) => isAccepted(receipt) && receipt.atMs >= from && receipt.atMs < from + seconds * 1000)
    .map(({ tookMs }) => tookMs);
};

/**
 * From placing to the frame that tells the order's page of it, ms: of orders placed before the heaviest step, where a
 * profile begins unloaded, and of those placed from then on.
 */
export const pushTimes = (
  { plan, loadFromMs }: RunRecord,
  receipts: readonly Receipt[],
): { readonly idle: readonly number[]; readonly loaded: readonly number[] } => {
  const heaviest = plan.steps[heaviestStep({ plan })]?.startSecond ?? 0;
  const told = receipts.filter((receipt): receipt is ToldReceipt => receipt.kind === 'told');
  const isIdle = ({ placedAtMs }: ToldReceipt) =>
    plan.steps[0]?.name === 'unloaded' && placedAtMs < loadFromMs + heaviest * 1000;
  const tookMs = ({ atMs, placedAtMs }: ToldReceipt) => atMs - placedAtMs;
  return {
    idle: told.filter(isIdle).map(tookMs),
    loaded: told.filter((receipt) => !isIdle(receipt)).map(tookMs),
  };
};

/** The tables behind a queue. How large the groups are decides which binds: a group shares its decrements, not its rows. */
export const tablesBehind: Readonly<Record<'orders' | 'baskets', readonly TableName[]>> = {
  orders: ['orders', 'products'],
  baskets: ['baskets'],
};

/** Index of the step that offers most. */
export const heaviestStep = ({ plan }: Pick<RunRecord, 'plan'>): number => {
  const loads = profiles[plan.profile].steps.map(({ load }) => load);
  return loads.indexOf(Math.max(...loads));
};

/**
 * Useful write units over provisioned ones of the table that binds, from the heaviest step's first second to the end of the
 * drain, or of the time for it.
 */
export const goodput = (record: RunRecord, samples: readonly Sample[]): number | undefined => {
  const startMs = record.loadFromMs + (record.plan.steps[heaviestStep(record)]?.startSecond ?? 0) * 1000;
  const from = samples.findLast(({ atMs }) => atMs <= startMs) ?? samples[0];
  const to = samples.at(-1);
  if (from === undefined || to === undefined || to.atMs <= from.atMs) return undefined;
  const shares = tablesBehind[journeys[record.plan.journey].queue].map((name) => {
    const useful = (to.tables[name]?.useful ?? 0) - (from.tables[name]?.useful ?? 0);
    return useful / ((record.capacity * (to.atMs - from.atMs)) / 1000);
  });
  return Math.max(...shares);
};

/** A percentile by nearest rank; undefined of nothing. */
export const percentile = (values: readonly number[], share: number): number | undefined => {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
};

/** From the last accepted write to the empty queue, over the time that the units spent meanwhile need at all that the pacer may spend. */
export const drainRatio = (
  { drainedMs }: RunRecord,
  receipts: readonly Receipt[],
  samples: readonly Sample[],
): number | undefined => {
  const lastMs = writesOf(receipts).reduce((last, { atMs, tookMs }) => Math.max(last, atMs + tookMs), 0);
  const from = samples.findLast(({ atMs }) => atMs <= lastMs);
  const to = samples.at(-1);
  if (drainedMs === undefined || from === undefined || to === undefined) return undefined;
  const idealMs = idealBetween(from, to);
  return idealMs < idealMinMs ? undefined : (drainedMs - lastMs) / idealMs;
};

/** Fewer writes than so many seconds of what the table takes: the queue is as good as empty. */
const emptySeconds = 0.2;

/** From the end of the trouble to the first empty queue, over the time that the units spent meanwhile need at all that the pacer may spend. */
export const recoveryRatio = (samples: readonly Sample[], fromMs: number, queue: string): number | undefined => {
  const from = samples.findLast(({ atMs }) => atMs <= fromMs);
  const capacityOf = (sample: Sample) => sample.tables.orders?.capacity ?? 0;
  const to = samples.find(
    (sample) => sample.atMs > fromMs + 1000 && waitingIn(sample, queue) <= capacityOf(sample) * emptySeconds,
  );
  if (from === undefined || to === undefined) return undefined;
  const idealMs = idealBetween(from, to);
  return idealMs < idealMinMs ? undefined : (to.atMs - fromMs) / idealMs;
};

/** Below five seconds the last batch and the empty looks of the stream readers weigh more than the backlog. */
const idealMinMs = 5000;

/** How long the units that the fullest table took between two samples need at all that may be spent of it, ms. */
const idealBetween = (from: Sample, to: Sample): number =>
  Math.max(
    ...bindingTables.map((name) => {
      const capacity = spendable(name, to.tables[name]);
      return capacity === 0 ? 0 : ((unitsOf(to.tables[name]) - unitsOf(from.tables[name])) / capacity) * 1000;
    }),
  );

/**
 * Of what is missing in the end, how much may still wait in a queue when the time for the drain was over: not lost, and
 * not done. Never more than the messages that wait; what is missing beyond them is lost all the same.
 */
export const unfinishedOf = ({ drainedMs }: RunRecord, samples: readonly Sample[], missing: number): number => {
  const last = samples.at(-1);
  if (drainedMs !== undefined || last === undefined) return 0;
  return Math.min(missing, waitingIn(last, 'orders') + waitingIn(last, 'baskets'));
};

/** Mean share of the processors that was busy during the load. */
export const cpuDuringLoad = ({ loadFromMs, loadToMs }: RunRecord, samples: readonly Sample[]): number => {
  const during = samples.filter(({ atMs }) => atMs >= loadFromMs && atMs <= loadToMs);
  return during.reduce((sum, { cpu }) => sum + cpu, 0) / Math.max(1, during.length);
};
