import type { LeaseItem, SwitchesItem } from '@penstock/domain/items';
import { drainedTables, type Operations, type QueueMeters, type TableMeters } from '@penstock/domain/operations';
import { estimateWaitMs, sourceOfQueue, tableDrains } from '#estimate-wait';
import type { DrainedQueue } from '#lease-reader';
import type { QueueDepth } from '#write-queue';

export type OperationsReadings = {
  readonly atMs: number;
  readonly depths: Readonly<Record<DrainedQueue, QueueDepth>>;
  /** Live leases of all queues. */
  readonly leases: readonly LeaseItem[];
  /** WCU/s by table; undefined: on demand. */
  readonly capacity: Readonly<Record<string, number | undefined>>;
  readonly switches: Pick<SwitchesItem, 'ordersPaused' | 'adminReadOnly' | 'sourcesPaused'>;
  readonly canMoveCapacity: boolean;
};

/** The readings as staff see them. */
export const operationsView = (readings: OperationsReadings): Operations => ({
  at: new Date(readings.atMs).toISOString(),
  queues: (['orders', 'baskets', 'moves'] as const).map((name) => queueMeters(name, readings)),
  tables: drainedTables.map((name) => tableMeters(name, readings)),
  switches: readings.switches,
  canMoveCapacity: readings.canMoveCapacity,
});

const queueMeters = (name: DrainedQueue, readings: OperationsReadings): QueueMeters => {
  const { visible, inFlight, delayed } = readings.depths[name];
  const own = readings.leases.filter((lease) => lease.queue === name);
  const oldest = own.flatMap(({ oldestSentAtMs }) => oldestSentAtMs ?? []);
  const applied = sum(own, (lease) => lease.applied);
  const writes = sum(own, (lease) => lease.writes);
  const inputs = {
    queue: name,
    messages: visible + inFlight + delayed,
    leases: readings.leases,
    capacity: readings.capacity,
  };
  const isPaused = readings.switches.sourcesPaused.includes(sourceOfQueue[name]);
  return {
    name,
    visible,
    inFlight,
    delayed,
    ...(oldest.length === 0 ? {} : { oldestAgeMs: Math.max(0, readings.atMs - Math.min(...oldest)) }),
    leases: own.length,
    appliedPerSecond: tenths(sum(own, (lease) => perSecond(lease.applied, lease))),
    drain: tableDrains(inputs).map((drain) => ({
      table: drain.table,
      measured: tenths(drain.measured),
      rate: tenths(drain.rate),
      unitsPerMessage: Math.round(drain.unitsPerMessage * 100) / 100,
    })),
    ...(isPaused ? {} : { estimatedWaitMs: estimateWaitMs(inputs) }),
    ...(writes === 0 ? {} : { groupSize: tenths(applied / writes) }),
  };
};

const tableMeters = (name: (typeof drainedTables)[number], { leases, capacity }: OperationsReadings): TableMeters => {
  const units = capacity[name];
  const touching = leases.flatMap((lease) => {
    const table = lease.tables[name];
    return table === undefined ? [] : [{ lease, table }];
  });
  const rates = touching.flatMap(({ table }) => table.rate ?? []);
  return {
    name,
    ...(units === undefined ? {} : { writePerSecond: units }),
    consumedPerSecond: tenths(sum(touching, ({ lease, table }) => perSecond(table.used, lease))),
    throttledPerSecond: tenths(sum(touching, ({ lease, table }) => perSecond(table.throttled, lease))),
    ...(rates.length === 0 ? {} : { pacerRate: tenths(sum(rates, (rate) => rate)) }),
  };
};

const perSecond = (count: number, { windowMs }: LeaseItem): number => (windowMs === 0 ? 0 : (count * 1000) / windowMs);
const tenths = (value: number): number => Math.round(value * 10) / 10;
const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
