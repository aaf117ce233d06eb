import { type Bucket, makeBucket } from '#database/gate/bucket';
import type { ThrottlingReason } from '#database/gate/refusals';
import type { TableLimits, Throughput } from '#database/gate/table-limits';
import type { Charge, Mode, Target } from '#database/gate/units';

/** Capacity as the meters show it. */
export type Capacity = (Throughput & { readonly burstSeconds: number }) | 'on-demand';

/** An exhausted bucket, and how AWS names it. */
export type Shortage = { readonly target: Target; readonly reason: ThrottlingReason };

type Buckets = Readonly<Record<Mode, Bucket>>;
type Metered = { arn: string; throughput: Throughput | undefined; buckets: Buckets | undefined };

/** The buckets of one table and its indexes. */
export type TableBuckets = {
  /** Takes over what the engine says of the table now; buckets that stay keep their balance. */
  readonly apply: (limits: TableLimits, nowMs: number) => void;
  readonly setBurst: (seconds: number, nowMs: number) => void;
  readonly burstSeconds: () => number;
  /** What a call lacks: nothing when it may go in. A write also needs every index, for each may be written by it. */
  readonly shortagesOf: (target: Target, nowMs: number) => readonly Shortage[];
  readonly take: (charge: Charge, nowMs: number) => void;
  readonly capacity: (index?: string) => Capacity;
  readonly indexNames: () => readonly string[];
  /** Names of the key's attributes, the partition key first. */
  readonly keyNames: () => readonly string[];
};

/** Makes the buckets of a table. The ceilings of a single key (1,000 WCU, 3,000 RCU) would stand in `shortagesOf`. */
export const makeTableBuckets = (limits: TableLimits, burst: number, nowMs: number): TableBuckets => {
  let burstSeconds = burst;
  let keyNames = limits.keyNames;
  const table: Metered = { arn: '', throughput: undefined, buckets: undefined };
  const indexes = new Map<string, Metered>();

  const update = (metered: Metered, arn: string, throughput: Throughput | undefined, atMs: number): void => {
    metered.arn = arn;
    metered.throughput = throughput;
    metered.buckets = throughput && bucketsFor(metered.buckets, throughput, burstSeconds, atMs);
  };

  const apply = (next: TableLimits, atMs: number): void => {
    keyNames = next.keyNames;
    update(table, next.arn, next.throughput, atMs);
    for (const name of [...indexes.keys()]) if (!next.indexes.has(name)) indexes.delete(name);
    for (const [name, { arn, throughput }] of next.indexes) {
      const metered = indexes.get(name) ?? { arn, throughput: undefined, buckets: undefined };
      update(metered, arn, throughput, atMs);
      indexes.set(name, metered);
    }
  };
  apply(limits, nowMs);

  /** A local index has no capacity of its own: it spends its table's. */
  const meteredOf = (index: string | undefined): { readonly metered: Metered; readonly kind: 'Table' | 'Index' } => {
    const found = index === undefined ? undefined : indexes.get(index);
    return found === undefined ? { metered: table, kind: 'Table' } : { metered: found, kind: 'Index' };
  };

  return {
    apply,
    burstSeconds: () => burstSeconds,
    setBurst: (seconds, atMs) => {
      burstSeconds = seconds;
      for (const metered of [table, ...indexes.values()]) update(metered, metered.arn, metered.throughput, atMs);
    },
    shortagesOf: ({ table: name, index, mode }, atMs) => {
      const indexNames = mode === 'write' ? [undefined, ...indexes.keys()] : [index];
      return indexNames.flatMap((each) => {
        const { metered, kind } = meteredOf(each);
        if (metered.buckets === undefined || metered.buckets[mode].isOpen(atMs)) return [];
        const verb = mode === 'write' ? 'Write' : 'Read';
        return [
          {
            target: { table: name, mode, ...(kind === 'Index' && each !== undefined && { index: each }) },
            reason: { reason: `${kind}${verb}ProvisionedThroughputExceeded`, resource: metered.arn },
          },
        ];
      });
    },
    take: ({ index, mode, units }, atMs) => meteredOf(index).metered.buckets?.[mode].take(units, atMs),
    capacity: (index) => {
      const { throughput } = meteredOf(index).metered;
      return throughput === undefined ? 'on-demand' : { ...throughput, burstSeconds };
    },
    indexNames: () => [...indexes.keys()],
    keyNames: () => keyNames,
  };
};

const bucketsFor = (
  present: Buckets | undefined,
  { write, read }: Throughput,
  burstSeconds: number,
  nowMs: number,
): Buckets => {
  const limits = { write: { perSecond: write, burstSeconds }, read: { perSecond: read, burstSeconds } };
  if (present === undefined) return { write: makeBucket(limits.write, nowMs), read: makeBucket(limits.read, nowMs) };
  present.write.resize(limits.write, nowMs);
  present.read.resize(limits.read, nowMs);
  return present;
};
