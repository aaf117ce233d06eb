import type { HottestKey } from '#database/gate/key-ranges';
import type { Capacity, TableBuckets } from '#database/gate/table-buckets';
import type { Charge, Outcome, Target } from '#database/gate/units';

type Counted = { requests: number; throttled: number };
type Spent = Counted & {
  readonly consumed: Record<Outcome, number>;
  readonly reads: Counted & { consumed: number };
  keysThrottled: number;
};

/** Of a table or an index: writes (in write units), and reads apart. A request counts once a table that it touches. */
type TargetMeters = Omit<Readonly<Spent>, 'keysThrottled'> & {
  readonly capacity: Capacity;
  /** Of single partition keys: refusals for their ceiling, and the one that is nearest to it now. */
  readonly keys: { readonly throttled: number; readonly hottest: HottestKey | null };
};
type TableMeters = TargetMeters & { readonly indexes: Readonly<Record<string, TargetMeters>> };
export type GateMeters = {
  readonly tables: Readonly<Record<string, TableMeters>>;
  readonly operations: Readonly<Record<string, Readonly<Counted>>>;
  readonly callers: Readonly<Record<string, Readonly<Counted>>>;
};

export type Meters = {
  /** A request of a caller, before it is known whether it gets in. */
  readonly countRequest: (caller: string, operation: string, targets: readonly Target[]) => void;
  /** It was refused for capacity at these targets. */
  readonly countThrottled: (caller: string, operation: string, targets: readonly Target[]) => void;
  /** It was refused for a single key of these targets. */
  readonly countHotKeys: (targets: readonly Target[]) => void;
  readonly countCharges: (charges: readonly Charge[], outcome: Outcome) => void;
  readonly read: (tables: ReadonlyMap<string, TableBuckets>, nowMs: number) => GateMeters;
  readonly reset: () => void;
};

export const makeMeters = (): Meters => {
  const targets = new Map<string, Spent>();
  const operations = new Map<string, Counted>();
  const callers = new Map<string, Counted>();

  const spentOf = ({ table, index }: Pick<Target, 'table' | 'index'>): Spent =>
    obtain(targets, index === undefined ? table : `${table}/${index}`, emptySpent);

  const count = (name: keyof Counted, caller: string, operation: string, counted: readonly Target[]): void => {
    obtain(operations, operation, emptyCounted)[name] += 1;
    obtain(callers, caller, emptyCounted)[name] += 1;
    for (const target of counted) {
      const spent = spentOf(target);
      if (name === 'throttled' && isIndexWrite(target)) spent.requests += 1;
      (target.mode === 'write' ? spent : spent.reads)[name] += 1;
    }
  };

  return {
    countRequest: (caller, operation, counted) => count('requests', caller, operation, counted),
    countThrottled: (caller, operation, counted) => count('throttled', caller, operation, counted),
    countHotKeys: (hot) => {
      for (const target of hot) spentOf(target).keysThrottled += 1;
    },
    countCharges: (charges, outcome) => {
      for (const charge of charges) {
        const spent = spentOf(charge);
        // A write asks for the table; which indexes it also writes shows in what it cost.
        if (isIndexWrite(charge)) spent.requests += 1;
        if (charge.mode === 'read') spent.reads.consumed += charge.units;
        else spent.consumed[outcome] += charge.units;
      }
    },
    read: (tables, nowMs) => ({
      tables: Object.fromEntries(
        [...tables].map(([table, buckets]) => {
          const metersOf = (index?: string): TargetMeters => {
            const { keysThrottled, ...spent } = copyOf(spentOf({ table, ...(index !== undefined && { index }) }));
            const keys = { throttled: keysThrottled, hottest: buckets.hottestKey(nowMs, index) };
            return { capacity: buckets.capacity(index), ...spent, keys };
          };
          const indexes = buckets.indexNames().map((index) => [index, metersOf(index)]);
          return [table, { ...metersOf(), indexes: Object.fromEntries(indexes) }];
        }),
      ),
      operations: Object.fromEntries([...operations].map(([name, counted]) => [name, { ...counted }])),
      callers: Object.fromEntries([...callers].map(([name, counted]) => [name, { ...counted }])),
    }),
    reset: () => {
      targets.clear();
      operations.clear();
      callers.clear();
    },
  };
};

const isIndexWrite = ({ index, mode }: Target): boolean => index !== undefined && mode === 'write';

const emptyCounted = (): Counted => ({ requests: 0, throttled: 0 });
const emptySpent = (): Spent => ({
  ...emptyCounted(),
  consumed: { useful: 0, failed: 0, cancelled: 0 },
  reads: { ...emptyCounted(), consumed: 0 },
  keysThrottled: 0,
});

const copyOf = ({ consumed, reads, ...counted }: Spent): Spent => ({
  ...counted,
  consumed: { ...consumed },
  reads: { ...reads },
});

const obtain = <Value>(map: Map<string, Value>, key: string, make: () => Value): Value => {
  const present = map.get(key);
  if (present !== undefined) return present;
  const made = make();
  map.set(key, made);
  return made;
};
