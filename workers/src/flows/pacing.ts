import type { Clock, Random } from '@penstock/domain/clock';
import { type LeaseReader, leaseLifeMs } from '@penstock/platform/lease-reader';
import type { Lease, LeaseWriter } from '@penstock/platform/lease-writer';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { Pace, Units } from '@penstock/platform/pacing';
import type { Capacity, TableCapacity } from '@penstock/platform/table-capacity';
import type { SQSBatchResponse } from 'aws-lambda';
import { creditMs, makePacer, type Pacer } from '#core/pacer';
import type { QueueRecord } from '#core/queue-records';
import { type Place, placeOf, turnDelayMs } from '#core/turns';

/** A table that a drain writes, the queues whose drains write it too, and what is left to others (E4). */
export type PacedTable = {
  readonly table: string;
  readonly queues: readonly Lease['queue'][];
  /** Share of the capacity, 0..1, that the drains leave to staff. */
  readonly reserve?: number;
};

export type PacingDeps = {
  readonly queue: Lease['queue'];
  /** Names this instance among the leases. */
  readonly instance: string;
  readonly tables: readonly PacedTable[];
  readonly tableName: (table: string) => string;
  readonly capacity: TableCapacity;
  readonly leases: LeaseReader;
  readonly leaseWriter: LeaseWriter;
  readonly clock: Clock;
  readonly random: Random;
  readonly sleep: (delayMs: number) => Promise<unknown>;
  readonly logger: Logger;
};

type Drain = (records: readonly QueueRecord[], remainingMs: number) => Promise<SQSBatchResponse>;
export type Pacing = {
  /** For the client of the drain's tables. */
  readonly pace: Pace;
  /** A drain that keeps its lease alive and its share of the tables right while it works. */
  readonly around: (drain: Drain) => Drain;
  /** WCU that one write of a table may charge, so that the pacer ever lets it in soon (D3); undefined: any. */
  readonly planUnitsMax: (table: string) => number | undefined;
  /** How long a write that touches all of the tables would wait now, ms. */
  readonly waitMs: () => number;
  /**
   * Waits until a plan over all of the tables may be written, and, when that took a while, for this instance's turn: what is
   * read then is written at once, so that two instances neither overlap nor plan on what the other is about to take.
   */
  readonly due: () => Promise<void>;
  /** Counts messages that were worked beyond an event's own (D8). */
  readonly applied: (count: number) => void;
};

/** One plan charges a table at most this many seconds of its whole capacity (D3). */
export const planSeconds = 0.5;
/** A lease is written at most this often (B1); the others' are read then, and the capacity (F2). */
export const beatEveryMs = 2000;
/**
 * While a write waits both are read this often: a table that gets its capacity back is used again within this time. An
 * account may describe tables 2,500 times a second.
 */
export const lookEveryMs = 1000;
/** An event that lasts keeps its lease alive by writing it again this long after the last time: half of a lease's life. */
export const keepAliveMs = leaseLifeMs / 2;
/** A longer wait is looked over meanwhile: the table may have got its capacity back. */
const napMaxMs = 500;
/** Who came back from a pause looks again this soon for who came back with it: they take turns from then on. */
export const lookAgainMs = 250;
/** A write that would wait longer goes back to its drain, which looks at the time that it has left. */
export const admitMaxMs = 2500;
/**
 * After an overlap an instance stays back for this share of a plan's time, at random between the two. Two that write
 * equally large plans at equal rates meet again and again: their next plans are due together too.
 */
export const stayBack = { from: 0.2, to: 0.6 };
/**
 * Plans that had to wait for the pacer are read and written in turns of this length, so that those of two instances do not overlap:
 * each has at least 100 ms before the next begins, where a commit of a hundred actions takes 20 to 60. One of two waits at most
 * as long as unused credit lasts, so that nothing of the capacity is lost by it.
 */
export const turnMs = creditMs * 0.6;
/** What one key bears at most, WCU/s, in every mode (AWS: the limit of a partition, below which an item can shrink it). */
export const keyUnitsPerSecond = 1000;

/** Share of the read capacity, 0..1, that all drains together may use: the other half is browsing's (F5). */
export const readShare = 0.5;

type Watched = PacedTable & {
  readonly pacer: Pacer;
  readonly readPacer: Pacer;
  /** Of each index whose capacity is known: it may be narrower than its table, and is charged by its own units. */
  readonly indexPacers: Map<string, Pacer>;
  capacity: Capacity | undefined;
  used: number;
  throttled: number;
};

export const makePacing = (deps: PacingDeps): Pacing => {
  const { clock, sleep, logger } = deps;
  const watched = new Map<string, Watched>(
    deps.tables.map((paced) => [
      deps.tableName(paced.table),
      {
        ...paced,
        pacer: makePacer(),
        readPacer: makePacer(),
        indexPacers: new Map(),
        capacity: undefined,
        used: 0,
        throttled: 0,
      },
    ]),
  );
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
    for (const { pacer, readPacer, indexPacers, capacity, queues: names, reserve = 0 } of watched.values()) {
      const sharers = names.reduce((sum, queue) => sum + (live.get(queue)?.length ?? 0), 0);
      const reckoned = isBack ? Math.max(sharers, 2) : sharers;
      const ours = (units: number | undefined) => (units === undefined ? undefined : units * (1 - reserve));
      pacer.share(ours(capacity?.own ?? capacity?.write), reckoned, clock.now());
      shareIndexes(indexPacers, capacity?.indexes ?? {}, (indexPacer, units) =>
        indexPacer.share(ours(units), reckoned, clock.now()),
      );
      readPacer.share(capacity === undefined ? undefined : capacity.read * readShare, reckoned, clock.now());
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
  /** While a write waits, beside it: one event may outlast many looks where the capacity is small. Nobody waits for it. */
  const lookMeanwhile = (): void => {
    if (looking !== undefined || clock.now() - told.lookMs < lookEveryMs) return;
    looking = look().finally(() => {
      looking = undefined;
    });
  };

  /** Writes wait in one line and reads in another, so that those of one moment do not all find the same balance. */
  const inWriteLine = makeLine();
  const inReadLine = makeLine();

  const charge = (table: string, units: number): void => {
    const found = watched.get(table);
    if (found === undefined) return;
    for (const pacer of pacersOf(found)) pacer.charge(units, clock.now());
    found.used = Math.max(0, found.used + units);
  };

  /** Each bucket was charged the estimate: now its own units. An index without a bucket counts with its table. */
  const settle: Pace['settle'] = (table, { own, indexes }, estimated) => {
    const found = watched.get(table);
    if (found === undefined) return;
    const rest = Object.entries(indexes).filter(([index]) => !found.indexPacers.has(index));
    found.pacer.charge(Math.max(own, ...rest.map(([, units]) => units)) - estimated, clock.now());
    for (const [index, pacer] of found.indexPacers) pacer.charge((indexes[index] ?? 0) - estimated, clock.now());
    found.used = Math.max(0, found.used + Math.max(own, ...Object.values(indexes)) - estimated);
  };

  /** Keys that were throttled of late; forgotten once they may be written as fast as any. */
  const slowKeys = new Map<string, Pacer>();

  /** A slow key waits outside the line: nobody else slows down for it. */
  const waitKey = async (key: string, units: number): Promise<boolean> => {
    const pacer = slowKeys.get(key);
    if (pacer === undefined) return true;
    if (pacer.rate(clock.now()) === keyUnitsPerSecond) slowKeys.delete(key);
    const delayMs = pacer.delayMs(clock.now());
    if (delayMs > admitMaxMs) return false;
    // Charged first, so that the next write of the key waits behind this one.
    pacer.charge(units, clock.now());
    if (delayMs > 0) await sleep(delayMs);
    return true;
  };

  /** Waits until none of them is in debt: how long it was, ms. Undefined: that takes too long. */
  const waitFor = async (pacers: readonly Pacer[]): Promise<number | undefined> => {
    for (let waitedMs = 0; ; ) {
      const delayMs = Math.max(0, ...pacers.map((pacer) => pacer.delayMs(clock.now())));
      if (waitedMs + delayMs > admitMaxMs) return undefined;
      if (delayMs === 0) return waitedMs;
      const napMs = Math.min(delayMs, napMaxMs);
      lookMeanwhile();
      await sleep(napMs);
      waitedMs += napMs;
    }
  };

  /** Without debt it is due at once, whoever's turn it is: who has no backlog waits for nobody. */
  const waitDue = async (): Promise<void> => {
    const waitedMs = await waitFor([...watched.values()].flatMap(pacersOf));
    if (waitedMs === undefined || waitedMs === 0) return;
    const delayMs = turnDelayMs(place, turnMs, clock.now());
    if (delayMs > 0) await sleep(delayMs);
  };

  const waitInLine = async (estimate: Units): Promise<boolean> => {
    const pacers = [...estimate.keys()].flatMap((table) => {
      const found = watched.get(table);
      return found === undefined ? [] : pacersOf(found);
    });
    if ((await waitFor(pacers)) === undefined) return false;
    for (const [table, units] of estimate) charge(table, units);
    if (pacers.length > 0) told.writes += 1;
    return true;
  };

  const waitInReadLine = async (estimate: Units): Promise<boolean> => {
    const paced = [...estimate].flatMap(([table, units]) => {
      const pacer = watched.get(table)?.readPacer;
      return pacer === undefined ? [] : [{ pacer, units }];
    });
    if ((await waitFor(paced.map(({ pacer }) => pacer))) === undefined) return false;
    for (const { pacer, units } of paced) pacer.charge(units, clock.now());
    return true;
  };

  return {
    planUnitsMax: (table) => {
      const capacity = watched.get(deps.tableName(table))?.capacity;
      return capacity === undefined ? undefined : capacity.write * planSeconds;
    },
    waitMs: () => Math.max(0, ...[...watched.values()].flatMap(pacersOf).map((pacer) => pacer.delayMs(clock.now()))),
    due: waitDue,
    applied: (count) => {
      told.applied += count;
    },
    pace: {
      admit: async (estimate, key) => {
        const units = Math.max(0, ...estimate.values());
        if (key !== undefined && !(await waitKey(key, units))) return false;
        return inWriteLine(() => waitInLine(estimate));
      },
      settle,
      correct: charge,
      admitRead: (estimate) => inReadLine(() => waitInReadLine(estimate)),
      correctRead: (table, units) => watched.get(table)?.readPacer.charge(units, clock.now()),
      readThrottled: (table) => watched.get(table)?.readPacer.throttled(clock.now()),
      throttled: (table, index) => {
        const found = watched.get(table);
        if (found === undefined) return;
        const slowed = index === undefined ? found.pacer : (found.indexPacers.get(index) ?? found.pacer);
        slowed.throttled(clock.now());
        found.throttled += 1;
      },
      overlapped: (tables) => {
        const share = stayBack.from + deps.random() * (stayBack.to - stayBack.from);
        for (const table of tables) {
          const pacer = watched.get(table)?.pacer;
          pacer?.charge((pacer.rate(clock.now()) ?? 0) * planSeconds * share, clock.now());
        }
      },
      keyThrottled: (key) => {
        const pacer = slowKeys.get(key) ?? makePacer();
        pacer.share(keyUnitsPerSecond, 1, clock.now());
        pacer.throttled(clock.now());
        slowKeys.set(key, pacer);
      },
    },
    around: (drain) => async (records, remainingMs) => {
      const startedMs = clock.now();
      await refresh();
      const answer = await drain(records, remainingMs - (clock.now() - startedMs));
      // Else it would go on in the next event, with what is old by then.
      await looking;
      told.applied += records.length - answer.batchItemFailures.length;
      return answer;
    },
  };
};

/** All that a write of a table waits for: an exhausted index throttles every write of its table. */
const pacersOf = ({ pacer, indexPacers }: Watched): readonly Pacer[] => [pacer, ...indexPacers.values()];

/** What it allows itself for a table is what the slowest of its buckets lets through. */
const rateOf = (watched: Watched, nowMs: number): number | undefined => {
  const rates = pacersOf(watched).flatMap((pacer) => pacer.rate(nowMs) ?? []);
  return rates.length === 0 ? undefined : Math.min(...rates);
};

/** Gives each index of the table its bucket, and drops those of indexes that are gone. */
const shareIndexes = (
  pacers: Map<string, Pacer>,
  capacities: Readonly<Record<string, number>>,
  share: (pacer: Pacer, units: number) => void,
): void => {
  for (const index of [...pacers.keys()]) if (capacities[index] === undefined) pacers.delete(index);
  for (const [index, units] of Object.entries(capacities)) {
    const pacer = pacers.get(index) ?? makePacer();
    pacers.set(index, pacer);
    share(pacer, units);
  }
};

/** Turns one after the other, whatever became of the one before. */
const makeLine = () => {
  let line: Promise<unknown> = Promise.resolve();
  return <Answer>(turn: () => Promise<Answer>): Promise<Answer> => {
    const mine = line.then(turn);
    line = mine.catch(() => undefined);
    return mine;
  };
};
