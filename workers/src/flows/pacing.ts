import type { Random } from '@penstock/domain/clock';
import { own } from '@penstock/domain/own';
import type { Pace, Units } from '@penstock/platform/pacing';
import { type Deadline, unbounded } from '#core/deadline';
import { creditMs, makePacer, type Pacer } from '#core/pacer';
import { turnDelayMs } from '#core/turns';
import type { Drain } from '#flows/drain';
import { pacersOf } from '#flows/table-buckets';
import { makeTableShares, type TableSharesDeps } from '#flows/table-shares';

export type PacingDeps = TableSharesDeps & {
  readonly random: Random;
  readonly sleep: (delayMs: number) => Promise<unknown>;
};

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
   * False: that would be past the deadline.
   */
  readonly due: () => Promise<boolean>;
  /** Counts messages that were worked beyond an event's own (D8). */
  readonly applied: (count: number) => void;
};

/** One plan charges a table at most this many seconds of its whole capacity (D3). */
export const planSeconds = 0.5;
/** A longer wait is looked over meanwhile: the table may have got its capacity back. */
const napMaxMs = 500;
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
/** Keys that are slowed at a time. Of more the one that was slowed first is forgotten: a throttle will name it again. */
export const slowKeysMax = 1000;

export const makePacing = (deps: PacingDeps): Pacing => {
  const { clock, sleep } = deps;
  const shares = makeTableShares(deps);
  const { buckets } = shares;
  /** Of the event at hand: an instance works one at a time. Nothing waits beyond it (F6). */
  let deadline: Deadline = unbounded;

  /** Writes wait in one line and reads in another, so that those of one moment do not all find the same balance. */
  const inWriteLine = makeLine();
  const inReadLine = makeLine();

  const charge = (table: string, units: number): void => {
    const found = buckets.get(table);
    if (found === undefined) return;
    for (const pacer of pacersOf(found)) pacer.charge(units, clock.now());
    found.used = Math.max(0, found.used + units);
  };

  /** Each bucket was charged the estimate: now its own units. An index without a bucket counts with its table. */
  const settle: Pace['settle'] = (table, { own: ofTable, indexes }, estimated) => {
    const found = buckets.get(table);
    if (found === undefined) return;
    const rest = Object.entries(indexes).filter(([index]) => !found.indexPacers.has(index));
    found.pacer.charge(Math.max(ofTable, ...rest.map(([, units]) => units)) - estimated, clock.now());
    for (const [index, pacer] of found.indexPacers) pacer.charge((own(indexes, index) ?? 0) - estimated, clock.now());
    found.used = Math.max(0, found.used + Math.max(ofTable, ...Object.values(indexes)) - estimated);
  };

  /** Keys that were throttled of late; forgotten once they may be written as fast as any. */
  const slowKeys = new Map<string, Pacer>();

  /** A slow key waits outside the line: nobody else slows down for it. */
  const waitKey = async (key: string, units: number): Promise<boolean> => {
    const pacer = slowKeys.get(key);
    if (pacer === undefined) return true;
    if (pacer.rate(clock.now()) === keyUnitsPerSecond) slowKeys.delete(key);
    const delayMs = pacer.delayMs(clock.now());
    if (delayMs > 0 && !deadline.canWait(delayMs)) return false;
    // Charged first, so that the next write of the key waits behind this one.
    pacer.charge(units, clock.now());
    if (delayMs > 0) await sleep(delayMs);
    return true;
  };

  /** Waits until none of them is in debt: how long it was, ms. Undefined: that would be past the deadline, or it is past. */
  const waitFor = async (pacers: readonly Pacer[]): Promise<number | undefined> => {
    for (let waitedMs = 0; ; ) {
      if (deadline.isOver()) return undefined;
      const delayMs = Math.max(0, ...pacers.map((pacer) => pacer.delayMs(clock.now())));
      if (delayMs === 0) return waitedMs;
      shares.lookMeanwhile();
      if (!deadline.canWait(delayMs)) return undefined;
      const napMs = Math.min(delayMs, napMaxMs);
      await sleep(napMs);
      waitedMs += napMs;
    }
  };

  /** Without debt it is due at once, whoever's turn it is: who has no backlog waits for nobody. */
  const waitDue = async (): Promise<boolean> => {
    const waitedMs = await waitFor([...buckets.values()].flatMap(pacersOf));
    if (waitedMs === undefined) return false;
    const delayMs = waitedMs === 0 ? 0 : turnDelayMs(shares.place(), turnMs, clock.now());
    if (delayMs === 0) return true;
    if (!deadline.canWait(delayMs)) return false;
    await sleep(delayMs);
    return true;
  };

  const isPaced = (estimate: Units): boolean => [...estimate.keys()].some((table) => buckets.has(table));

  const waitInLine = async (estimate: Units): Promise<boolean> => {
    const pacers = [...estimate.keys()].flatMap((table) => {
      const found = buckets.get(table);
      return found === undefined ? [] : pacersOf(found);
    });
    if ((await waitFor(pacers)) === undefined) return false;
    for (const [table, units] of estimate) charge(table, units);
    shares.count({ writes: 1 });
    return true;
  };

  const waitInReadLine = async (estimate: Units): Promise<boolean> => {
    const paced = [...estimate].flatMap(([table, units]) => {
      const pacer = buckets.get(table)?.readPacer;
      return pacer === undefined ? [] : [{ pacer, units }];
    });
    if ((await waitFor(paced.map(({ pacer }) => pacer))) === undefined) return false;
    for (const { pacer, units } of paced) pacer.charge(units, clock.now());
    return true;
  };

  return {
    planUnitsMax: (table) => {
      const capacity = buckets.get(deps.tableName(table))?.capacity;
      return capacity === undefined ? undefined : capacity.write * planSeconds;
    },
    waitMs: () => Math.max(0, ...[...buckets.values()].flatMap(pacersOf).map((pacer) => pacer.delayMs(clock.now()))),
    due: waitDue,
    applied: (count) => shares.count({ applied: count }),
    pace: {
      admit: async (estimate, key) => {
        const units = Math.max(0, ...estimate.values());
        if (key !== undefined && !(await waitKey(key, units))) return false;
        // What nobody paces, such as a lease, stands in no line (F7).
        return isPaced(estimate) ? inWriteLine(() => waitInLine(estimate)) : true;
      },
      settle,
      correct: charge,
      admitRead: async (estimate) => (isPaced(estimate) ? inReadLine(() => waitInReadLine(estimate)) : true),
      correctRead: (table, units) => buckets.get(table)?.readPacer.charge(units, clock.now()),
      readThrottled: (table) => buckets.get(table)?.readPacer.throttled(clock.now()),
      throttled: (table, index) => {
        const found = buckets.get(table);
        if (found === undefined) return;
        const slowed = index === undefined ? found.pacer : (found.indexPacers.get(index) ?? found.pacer);
        slowed.throttled(clock.now());
        found.throttled += 1;
      },
      overlapped: (tables) => {
        const share = stayBack.from + deps.random() * (stayBack.to - stayBack.from);
        for (const table of tables) {
          const pacer = buckets.get(table)?.pacer;
          pacer?.charge((pacer.rate(clock.now()) ?? 0) * planSeconds * share, clock.now());
        }
      },
      keyThrottled: (key) => {
        const pacer = slowKeys.get(key) ?? makePacer();
        pacer.share(keyUnitsPerSecond, 1, clock.now());
        pacer.throttled(clock.now());
        slowKeys.set(key, pacer);
        const [eldest] = slowKeys.keys();
        if (eldest !== undefined && slowKeys.size > slowKeysMax) slowKeys.delete(eldest);
      },
    },
    around: (drain) => async (records, given) => {
      deadline = given;
      await shares.refresh();
      const answer = await drain(records, given);
      await shares.looked();
      shares.count({ applied: records.length - answer.batchItemFailures.length });
      return answer;
    },
  };
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
