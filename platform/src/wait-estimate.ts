import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '@penstock/domain/clock';
import type { Settings } from '#settings';
import type { WriteQueue } from '#write-queue';

/** How long an accepted write waits until it is stored: what a 202 states. */
export type WaitEstimate = { readonly estimateMs: () => Promise<number> };

export type WaitEstimateDeps = {
  readonly db: DynamoDBDocumentClient;
  readonly queue: Pick<WriteQueue, 'depth'>;
  readonly settings: Pick<Settings, 'tableName'>;
  readonly clock: Clock;
  readonly source: { readonly queue: 'orders' | 'baskets'; readonly table: string; readonly unitsPerMessage: number };
};

/** An idle path takes about this long: one poll, one write, one frame. */
const floorMs = 500;
const depthLifeMs = 2000;
const capacityLifeMs = 30_000;
/** Accepting never waits longer than this for a reading; without one the floor is stated. */
const patienceMs = 200;
/** The drain is counted at this share of the capacity (the write protocol, B2). */
const usableShare = 0.9;

/**
 * Queue counts (visible, in flight, delayed) times the units a message costs, over 0.9 of the table's write capacity.
 * Readings are kept for 2 s and 30 s; a missing or late one states the floor and never fails the call.
 */
export const makeWaitEstimate = (deps: WaitEstimateDeps): WaitEstimate => {
  const { db, queue, settings, clock, source } = deps;
  const depth = cached(clock, depthLifeMs, async () => {
    const { visible, inFlight, delayed } = await queue.depth(source.queue);
    return visible + inFlight + delayed;
  });
  const capacity = cached(clock, capacityLifeMs, async () => {
    const answer = await db.send(new DescribeTableCommand({ TableName: settings.tableName(source.table) }));
    return answer.Table?.ProvisionedThroughput?.WriteCapacityUnits ?? 0;
  });
  return {
    estimateMs: async () => {
      const [messages, units] = await Promise.all([within(patienceMs, depth()), within(patienceMs, capacity())]);
      if (messages === undefined || units === undefined || units === 0) return floorMs;
      return Math.round(floorMs + (messages * source.unitsPerMessage * 1000) / (usableShare * units));
    },
  };
};

/** A reading that is kept for a while; one that fails is tried again at the next call. */
const cached = <T>(clock: Clock, lifeMs: number, read: () => Promise<T>): (() => Promise<T>) => {
  let kept: { readonly atMs: number; readonly value: Promise<T> } | undefined;
  return () => {
    if (kept === undefined || clock.now() - kept.atMs > lifeMs) {
      const reading = { atMs: clock.now(), value: read() };
      kept = reading;
      reading.value.catch(() => {
        if (kept === reading) kept = undefined;
      });
    }
    return kept.value;
  };
};

/** The value, if it comes in time; a late or failed reading is no reading. */
const within = <T>(ms: number, value: Promise<T>): Promise<T | undefined> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    const settle = (result: T | undefined) => {
      clearTimeout(timer);
      resolve(result);
    };
    value.then(settle, () => settle(undefined));
  });
