import { own } from '@penstock/domain/own';
import type { Lease } from '@penstock/platform/lease-writer';
import type { Capacity } from '@penstock/platform/table-capacity';
import { makePacer, type Pacer } from '#core/pacer';

/** A table that a drain writes, the queues whose drains write it too, and what is left to others (E4). */
export type PacedTable = {
  readonly table: string;
  readonly queues: readonly Lease['queue'][];
  /** Share of the capacity, 0..1, that the drains leave to staff. */
  readonly reserve?: number;
};

/** Share of the read capacity, 0..1, that all drains together may use: the other half is browsing's (F5). */
export const readShare = 0.5;

/** The buckets of one table, and what was done on it since the last lease. */
export type TableBuckets = PacedTable & {
  readonly pacer: Pacer;
  readonly readPacer: Pacer;
  /** Of each index whose capacity is known: it may be narrower than its table, and is charged by its own units. */
  readonly indexPacers: Map<string, Pacer>;
  capacity: Capacity | undefined;
  used: number;
  throttled: number;
};

export const makeTableBuckets = (paced: PacedTable): TableBuckets => ({
  ...paced,
  pacer: makePacer(),
  readPacer: makePacer(),
  indexPacers: new Map(),
  capacity: undefined,
  used: 0,
  throttled: 0,
});

/** All that a write of a table waits for: an exhausted index throttles every write of its table. */
export const pacersOf = ({ pacer, indexPacers }: TableBuckets): readonly Pacer[] => [pacer, ...indexPacers.values()];

/** What an instance allows itself for a table, WCU/s, is what the slowest of its buckets lets through. */
export const rateOf = (buckets: TableBuckets, nowMs: number): number | undefined => {
  const rates = pacersOf(buckets).flatMap((pacer) => pacer.rate(nowMs) ?? []);
  return rates.length === 0 ? undefined : Math.min(...rates);
};

/** Gives each bucket of a table its share of the capacity that is known now, among so many instances (F2, F5). */
export const shareBuckets = (buckets: TableBuckets, sharers: number, nowMs: number): void => {
  const { pacer, readPacer, indexPacers, capacity, reserve = 0 } = buckets;
  const ours = (units: number | undefined) => (units === undefined ? undefined : units * (1 - reserve));
  pacer.share(ours(capacity?.own ?? capacity?.write), sharers, nowMs);
  shareIndexes(indexPacers, capacity?.indexes ?? {}, (indexPacer, units) =>
    indexPacer.share(ours(units), sharers, nowMs),
  );
  readPacer.share(capacity === undefined ? undefined : capacity.read * readShare, sharers, nowMs);
};

/** Gives each index of the table its bucket, and drops those of indexes that are gone. */
const shareIndexes = (
  pacers: Map<string, Pacer>,
  capacities: Readonly<Record<string, number>>,
  share: (pacer: Pacer, units: number) => void,
): void => {
  for (const index of [...pacers.keys()]) if (own(capacities, index) === undefined) pacers.delete(index);
  for (const [index, units] of Object.entries(capacities)) {
    const pacer = pacers.get(index) ?? makePacer();
    pacers.set(index, pacer);
    share(pacer, units);
  }
};
