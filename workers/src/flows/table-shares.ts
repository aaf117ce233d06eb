import type { Clock } from '@penstock/domain/clock';
import { type LeaseReader, leaseLifeMs } from '@penstock/platform/lease-reader';
import type { Lease, LeaseWriter } from '@penstock/platform/lease-writer';
import { errorFields, type Logger } from '@penstock/platform/logger';
import { within } from '@penstock/platform/reading';
import type { TableCapacity } from '@penstock/platform/table-capacity';
import { type Place, placeOf } from '#core/turns';
import { makeTableBuckets, type PacedTable, rateOf, shareBuckets, type TableBuckets } from '#flows/table-buckets';

export type TableSharesDeps = {
  readonly queue: Lease['queue'];
  /** Names this instance among the leases. */
  readonly instance: string;
  readonly tables: readonly PacedTable[];
  readonly tableName: (table: string) => string;
  readonly capacity: TableCapacity;
  readonly leases: LeaseReader;
  readonly leaseWriter: LeaseWriter;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** What this instance may spend of the tables: its lease among the others' (B1), the capacity, and a bucket for each table (F2). */
export type TableShares = {
  /** By the name of the table in the account. */
  readonly buckets: ReadonlyMap<string, TableBuckets>;
  /** Where this instance stands among those that write the same tables. */
  readonly place: () => Place;
  /** Counts messages that were worked, and writes. */
  readonly count: (done: { readonly applied?: number; readonly writes?: number }) => void;
  /** As an event begins: the lease, the capacity and the others, when it is time. */
  readonly refresh: () => Promise<void>;
  /** While a write waits, beside it: one event may outlast many looks where the capacity is small. */
  readonly lookMeanwhile: () => void;
  /** As an event ends: a look that goes on would end in the next one, with what is old by then. */
  readonly looked: () => Promise<void>;
};

/** A lease is written at most this often (B1); the others' are read then, and the capacity (F2). */
export const beatEveryMs = 2000;
/**
 * While a write waits both are read this often: a table that gets its capacity back is used again within this time. An
 * account may describe tables 2,500 times a second.
 */
export const lookEveryMs = 1000;
/** An event that lasts keeps its lease alive by writing it again this long after the last time: half of a lease's life. */
export const keepAliveMs = leaseLifeMs / 2;
/** As an event ends a look that hangs is not waited for any longer. */
const lookedMaxMs = 500;
/** Who came back from a pause looks again this soon for who came back with it: they take turns from then on. */
export const lookAgainMs = 250;

export const makeTableShares = (deps: TableSharesDeps): TableShares => {
  const { clock, logger } = deps;
  const watched = new Map(deps.tables.map((paced) => [deps.tableName(paced.table), makeTableBuckets(paced)]));
  let place: Place = { rank: 0, members: 1 };
  /** At the last look it came back from a pause, so that it may not have seen who came back with it. */
  let wasBack = false;
  const never = Number.NEGATIVE_INFINITY;
  const told = { windowMs: never, beatMs: never, lookMs: never, applied: 0, writes: 0 };
  let lease: Lease | undefined;

  const readCapacity = async (): Promise<void> => {
    await Promise.all(
      [...watched.values()].map(async (each) => {
        each.capacity = await deps.capacity.perSecond(each.table);
      }),
    );
  };

  /**
   * Live instances over all queues that write a table, this one among them. Who comes back reckons with one more at least
   * until its next look: after a pause all come back at once, and none sees the others' leases yet.
   */
  const shareOut = async (isBack: boolean): Promise<void> => {
    const queues = [...new Set(deps.tables.flatMap(({ queues: names }) => names))];
    const live = new Map(
      await Promise.all(
        queues.map(async (queue) => {
          const rows = await deps.leases.live(queue);
          const others = rows.map(({ sk }) => sk).filter((sk) => sk !== deps.instance);
          return [queue, queue === deps.queue ? [...others, deps.instance] : others] as const;
        }),
      ),
    );
    place = placeOf(deps.instance, [...live.values()].flat());
    for (const buckets of watched.values()) {
      const sharers = buckets.queues.reduce((sum, queue) => sum + (live.get(queue)?.length ?? 0), 0);
      shareBuckets(buckets, isBack ? Math.max(sharers, 2) : sharers, clock.now());
    }
  };

  /** Ends the window of what was measured, and tells it. */
  const beat = async (): Promise<void> => {
    const atMs = clock.now();
    const windowMs = Number.isFinite(told.windowMs) ? atMs - told.windowMs : 0;
    const { applied, writes } = told;
    const tables = Object.fromEntries(
      [...watched.values()].map((each) => {
        const rate = rateOf(each, atMs);
        const { table, used, throttled, capacity } = each;
        return [
          table,
          {
            used,
            throttled,
            ...(rate === undefined ? {} : { rate }),
            ...(capacity === undefined ? {} : { capacity: capacity.write }),
          },
        ];
      }),
    );
    Object.assign(told, { windowMs: atMs, beatMs: atMs, applied: 0, writes: 0 });
    for (const each of watched.values()) Object.assign(each, { used: 0, throttled: 0 });
    const { queue, instance } = deps;
    lease = { queue, instance, atMs, windowMs, applied, writes, tables };
    await deps.leaseWriter.beat(lease);
  };

  /** In the middle of an event nothing is counted as applied yet, so that the measures of the last window stand. */
  const keepAlive = async (): Promise<void> => {
    const atMs = clock.now();
    if (lease === undefined || atMs - told.beatMs < keepAliveMs) return;
    told.beatMs = atMs;
    await deps.leaseWriter.beat({ ...lease, atMs });
  };

  /** What is known stays true enough while nothing can be read: a drain never waits for it in vain. */
  const settled = async (calls: readonly Promise<void>[]): Promise<void> => {
    for (const each of await Promise.allSettled(calls))
      if (each.status === 'rejected') logger.warn('pacing-unread', { queue: deps.queue, ...errorFields(each.reason) });
  };

  /** As an event begins. */
  const refresh = async (): Promise<void> => {
    const sinceMs = clock.now() - told.beatMs;
    const isSoon = sinceMs < beatEveryMs;
    if (isSoon && !(wasBack && sinceMs >= lookAgainMs)) return;
    told.lookMs = clock.now();
    if (!isSoon) await settled([beat(), readCapacity()]);
    wasBack = !isSoon && sinceMs > leaseLifeMs;
    await settled([shareOut(isSoon || wasBack)]);
  };

  const look = async (): Promise<void> => {
    told.lookMs = clock.now();
    wasBack = false;
    await settled([keepAlive(), readCapacity()]);
    await settled([shareOut(false)]);
  };
  let looking: Promise<void> | undefined;

  return {
    buckets: watched,
    place: () => place,
    count: ({ applied = 0, writes = 0 }) => {
      told.applied += applied;
      told.writes += writes;
    },
    refresh,
    lookMeanwhile: () => {
      if (looking !== undefined || clock.now() - told.lookMs < lookEveryMs) return;
      looking = look().finally(() => {
        looking = undefined;
      });
    },
    looked: async () => {
      if (looking !== undefined) await within(lookedMaxMs, looking);
    },
  };
};
