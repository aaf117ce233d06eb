import { own } from '@penstock/domain/own';
import { type Bucket, makeBucket } from '#database/gate/bucket';
import type { Json } from '#database/gate/json';
import type { Mode } from '#database/gate/units';

/**
 * What one partition key bears, units a second, in every capacity mode (AWS guide, "Burst and adaptive capacity": a
 * partition's limit, below which a single hot item never gets).
 */
const keyUnitsPerSecond: Readonly<Record<Mode, number>> = { write: 1000, read: 3000 };

/** The key that is nearest to its ceiling: the share of its running second that is spent, above 1 in debt. */
export type HottestKey = { readonly key: string; readonly mode: Mode; readonly usedShare: number };

/** The buckets of the partition keys of one table or index. */
export type KeyRanges = {
  readonly isOpen: (mode: Mode, row: Json | undefined, nowMs: number) => boolean;
  readonly take: (mode: Mode, row: Json | undefined, units: number, nowMs: number) => void;
  readonly hottest: (nowMs: number) => HottestKey | null;
};

/** Beyond so many keys those that rest are forgotten: a full bucket says no more than none. */
const keysMax = 10_000;

export const makeKeyRanges = (partitionKey: () => string | undefined): KeyRanges => {
  const buckets = new Map<string, { readonly mode: Mode; readonly key: string; readonly bucket: Bucket }>();

  /** The partition key's value; undefined when the call does not tell it. */
  const keyOf = (row: Json | undefined): string | undefined => {
    const name = partitionKey();
    const value = row === undefined || name === undefined ? undefined : own(row, name);
    return value === undefined ? undefined : JSON.stringify(value);
  };
  const forgetResting = (nowMs: number): void => {
    for (const [name, { mode, bucket }] of buckets)
      if (bucket.balance(nowMs) >= keyUnitsPerSecond[mode]) buckets.delete(name);
  };

  return {
    isOpen: (mode, row, nowMs) => {
      const key = keyOf(row);
      return key === undefined || (buckets.get(`${mode} ${key}`)?.bucket.isOpen(nowMs) ?? true);
    },
    take: (mode, row, units, nowMs) => {
      const key = keyOf(row);
      if (key === undefined) return;
      const name = `${mode} ${key}`;
      if (!buckets.has(name) && buckets.size >= keysMax) forgetResting(nowMs);
      const bucket =
        buckets.get(name)?.bucket ?? makeBucket({ perSecond: keyUnitsPerSecond[mode], burstSeconds: 0 }, nowMs);
      bucket.take(units, nowMs);
      buckets.set(name, { mode, key, bucket });
    },
    hottest: (nowMs) => {
      let hottest: HottestKey | null = null;
      for (const { mode, key, bucket } of buckets.values()) {
        const usedShare = 1 - bucket.balance(nowMs) / keyUnitsPerSecond[mode];
        if (usedShare > (hottest?.usedShare ?? 0)) hottest = { key, mode, usedShare };
      }
      return hottest;
    },
  };
};
