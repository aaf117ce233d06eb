import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '@penstock/domain/clock';
import { estimateWaitMs, idleWaitMs, queueLoads, queuesWriting } from '#estimate-wait';
import type { DrainedQueue, LeaseReader } from '#lease-reader';
import { keepReading, type Reading, within } from '#reading';
import type { Settings } from '#settings';
import type { SwitchReader } from '#switches';
import type { WriteQueue } from '#write-queue';

/**
 * How long an accepted write waits until it is stored. `paused`: its event source is switched off, nothing can be
 * stated. `unknown`: a reading is missing or late; the idle wait is stated and nothing may be refused for it (B3).
 */
export type WaitReading =
  | { readonly kind: 'known'; readonly waitMs: number }
  | { readonly kind: 'unknown'; readonly waitMs: number }
  | { readonly kind: 'paused' };

/** Never throws, and holds a call up for at most 200 ms, once in 2 s. */
export type WaitEstimate = { readonly read: () => Promise<WaitReading> };

export type WaitEstimateDeps = {
  readonly db: DynamoDBDocumentClient;
  readonly depth: WriteQueue['depth'];
  readonly leases: LeaseReader;
  readonly switches: SwitchReader;
  readonly settings: Pick<Settings, 'tableName'>;
  readonly clock: Clock;
  readonly queue: DrainedQueue;
};

const readingLifeMs = 2000;
const capacityLifeMs = 30_000;
const patienceMs = 200;

/** The event source that drains a queue, by its name in the topology. */
export const sourceOfQueue: Readonly<Record<DrainedQueue, string>> = {
  orders: 'place-orders',
  baskets: 'fold-baskets',
  moves: 'move-orders',
};

/** The estimate of B2 on readings kept for 2 s (queue, leases, switches) and 30 s (capacity). */
export const makeWaitEstimate = (deps: WaitEstimateDeps): WaitEstimate => {
  const { clock, queue } = deps;
  const tables = queueLoads[queue].map(({ table }) => table);
  const writers = [...new Set(tables.flatMap(queuesWriting))];
  const capacities = tables.map((table) => makeCapacityReading(deps, table));
  const estimate = keepReading(clock, readingLifeMs, async (): Promise<number> => {
    const [depth, leases, ...units] = await Promise.all([
      deps.depth(queue),
      Promise.all(writers.map((writer) => deps.leases.live(writer))),
      ...capacities.map((read) => read()),
    ]);
    return estimateWaitMs({
      queue,
      messages: depth.visible + depth.inFlight + depth.delayed,
      leases: leases.flat(),
      capacity: Object.fromEntries(tables.map((table, index) => [table, units[index]])),
    });
  });
  return {
    read: async () => {
      const [switches, waitMs] = await Promise.all([deps.switches.read(), within(patienceMs, estimate())]);
      if (switches.sourcesPaused.includes(sourceOfQueue[queue])) return { kind: 'paused' };
      return waitMs === undefined ? { kind: 'unknown', waitMs: idleWaitMs } : { kind: 'known', waitMs };
    },
  };
};

/** A table's write capacity in WCU/s, kept for 30 s; undefined: on-demand. */
export const makeCapacityReading = (
  { db, settings, clock }: Pick<WaitEstimateDeps, 'db' | 'settings' | 'clock'>,
  table: string,
): Reading<number | undefined> =>
  keepReading(clock, capacityLifeMs, async () => {
    const answer = await db.send(new DescribeTableCommand({ TableName: settings.tableName(table) }));
    return answer.Table?.ProvisionedThroughput?.WriteCapacityUnits || undefined;
  });
