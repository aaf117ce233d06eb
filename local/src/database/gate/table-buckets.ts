import { type Bucket, makeBucket } from '#database/gate/bucket';
import type { Json } from '#database/gate/json';
import { type HottestKey, type KeyRanges, makeKeyRanges } from '#database/gate/key-ranges';
import type { ThrottlingReason } from '#database/gate/refusals';
import type { TableLimits, Throughput } from '#database/gate/table-limits';
import type { Charge, Mode, Target } from '#database/gate/units';

/** Capacity as the meters show it. */
export type Capacity = (Throughput & { readonly burstSeconds: number }) | 'on-demand';

/** An exhausted bucket, and how AWS names it. */
export type Shortage = {
  readonly target: Target;
  readonly reason: ThrottlingReason;
  /** A single partition key has reached its ceiling; others may go on. */
  readonly isKeyRange: boolean;
  readonly isOnDemand: boolean;
};

/** A charge or a wish with what is known of its row. */
type OfRow = { readonly row?: Json };

type Buckets = Readonly<Record<Mode, Bucket>>;
type Metered = {
  arn: string;
  throughput: Throughput | undefined;
  buckets: Buckets | undefined;
  keyNames: readonly string[];
  readonly keys: KeyRanges;
};

const makeMetered = (): Metered => {
  const metered: Metered = {
    arn: '',
    throughput: undefined,
    buckets: undefined,
    keyNames: [],
    keys: makeKeyRanges(() => metered.keyNames[0]),
  };
  return metered;
};

/** The buckets of one table and its indexes. */
export type TableBuckets = {
  /** Takes over what the engine says of the table now; buckets that stay keep their balance. */
  readonly apply: (limits: TableLimits, nowMs: number) => void;
  readonly setBurst: (seconds: number, nowMs: number) => void;
  readonly burstSeconds: () => number;
  /** What a call lacks: nothing when it may go in. A write also needs every index, for each may be written by it. */
  readonly shortagesOf: (target: Target & OfRow, nowMs: number) => readonly Shortage[];
  readonly take: (charge: Charge & OfRow, nowMs: number) => void;
  readonly capacity: (index?: string) => Capacity;
  readonly indexNames: () => readonly string[];
  /** Names of the key's attributes, the partition key first. */
  readonly keyNames: () => readonly string[];
  readonly hottestKey: (nowMs: number, index?: string) => HottestKey | null;
};

/** Makes the buckets of a table. */
export const makeTableBuckets = (limits: TableLimits, burst: number, nowMs: number): TableBuckets => {
  let burstSeconds = burst;
  const table = makeMetered();
  const indexes = new Map<string, Metered>();

  const update = (metered: Metered, arn: string, throughput: Throughput | undefined, atMs: number): void => {
    metered.arn = arn;
    metered.throughput = throughput;
    metered.buckets = throughput && bucketsFor(metered.buckets, throughput, burstSeconds, atMs);
  };

  const apply = (next: TableLimits, atMs: number): void => {
    table.keyNames = next.keyNames;
    update(table, next.arn, next.throughput, atMs);
    for (const name of [...indexes.keys()]) if (!next.indexes.has(name)) indexes.delete(name);
    for (const [name, { arn, throughput, keyNames }] of next.indexes) {
      const metered = indexes.get(name) ?? makeMetered();
      metered.keyNames = keyNames;
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
    shortagesOf: ({ table: name, index, mode, row }, atMs) => {
      const indexNames = mode === 'write' ? [undefined, ...indexes.keys()] : [index];
      return indexNames.flatMap((each): readonly Shortage[] => {
        const { metered, kind } = meteredOf(each);
        const isShort = metered.buckets?.[mode].isOpen(atMs) === false;
        const isKeyRange = !isShort && !metered.keys.isOpen(mode, row, atMs);
        if (!isShort && !isKeyRange) return [];
        const subject = `${kind}${mode === 'write' ? 'Write' : 'Read'}`;
        const limit = isKeyRange ? 'KeyRangeThroughputExceeded' : 'ProvisionedThroughputExceeded';
        return [
          {
            target: { table: name, mode, ...(kind === 'Index' && each !== undefined && { index: each }) },
            reason: { reason: `${subject}${limit}`, resource: metered.arn },
            isKeyRange,
            isOnDemand: metered.buckets === undefined,
          },
        ];
      });
    },
    take: ({ index, mode, units, row }, atMs) => {
      const { metered } = meteredOf(index);
      metered.buckets?.[mode].take(units, atMs);
      metered.keys.take(mode, row, units, atMs);
    },
    capacity: (index) => {
      const { throughput } = meteredOf(index).metered;
      return throughput === undefined ? 'on-demand' : { ...throughput, burstSeconds };
    },
    indexNames: () => [...indexes.keys()],
    keyNames: () => table.keyNames,
    hottestKey: (atMs, index) => meteredOf(index).metered.keys.hottest(atMs),
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
