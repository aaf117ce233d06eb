import type { LeaseItem } from '@penstock/domain/items';
import { own } from '@penstock/domain/own';
import type { DrainedQueue } from '#lease-reader';

/** A table that a queue's worker writes, and what a message costs there, in WCU, while nothing is measured. */
export type QueueLoad = { readonly table: string; readonly unitsPerMessage: number };

/**
 * What a message costs before a worker has measured it. An order: a transactional put of about 1 KB, and the decrements
 * that a group commit shares. A basket op: one put. A move: one update with its indexes beside it.
 */
export const queueLoads: Readonly<Record<DrainedQueue, readonly QueueLoad[]>> = {
  orders: [
    { table: 'orders', unitsPerMessage: 2 },
    { table: 'products', unitsPerMessage: 2 },
  ],
  baskets: [{ table: 'baskets', unitsPerMessage: 1 }],
  moves: [{ table: 'orders', unitsPerMessage: 2 }],
};

/** The event source that drains a queue, by its name in the topology. */
export const sourceOfQueue: Readonly<Record<DrainedQueue, string>> = {
  orders: 'place-orders',
  baskets: 'fold-baskets',
  moves: 'move-orders',
};

/** The queues whose workers write a table: they share its capacity (F2). */
export const queuesWriting = (table: string): readonly DrainedQueue[] =>
  (Object.keys(queueLoads) as DrainedQueue[]).filter((queue) => queueLoads[queue].some((load) => load.table === table));

/** An idle path takes about this long: one poll, one write, one frame. */
export const idleWaitMs = 500;
/** The provisioned share counts at this part of it (B2). */
const usableShare = 0.9;
/** Below this many settled messages the measured cost of one is an accident. */
const appliedMin = 10;

export type WaitReadings = {
  readonly queue: DrainedQueue;
  /** Visible, in flight and delayed. */
  readonly messages: number;
  /** Live leases, of this queue and of those that write the same tables. */
  readonly leases: readonly LeaseItem[];
  /** WCU/s by table; undefined: on-demand. */
  readonly capacity: Readonly<Record<string, number | undefined>>;
};

/** What the workers of a queue do on one table. */
export type TableDrain = {
  readonly table: string;
  /** WCU/s that the workers of this queue used of late. */
  readonly measured: number;
  /** WCU/s that this queue may count on: the larger of `measured` and 0.9 of its provisioned share. 0: not known. */
  readonly rate: number;
  /** WCU a message, measured or as a rule. */
  readonly unitsPerMessage: number;
};

/** The drain of every table that the queue's messages touch (B2). */
export const tableDrains = ({ queue, leases, capacity }: WaitReadings): readonly TableDrain[] => {
  const ours = leases.filter((lease) => lease.queue === queue && lease.windowMs > 0);
  const applied = sum(ours, (lease) => lease.applied);
  return queueLoads[queue].map(({ table, unitsPerMessage }) => {
    const used = sum(ours, (lease) => own(lease.tables, table)?.used ?? 0);
    // Also at nothing: while a sale refuses whoever comes, nobody writes the products.
    const isMeasured = applied >= appliedMin && ours.some((lease) => own(lease.tables, table) !== undefined);
    const measured = sum(ours, (lease) => ((own(lease.tables, table)?.used ?? 0) * 1000) / lease.windowMs);
    const others = leases.filter((lease) => lease.queue !== queue && own(lease.tables, table) !== undefined).length;
    const instances = Math.max(1, leases.filter((lease) => lease.queue === queue).length);
    const share = ((own(capacity, table) ?? 0) * instances) / (instances + others);
    return {
      table,
      measured,
      rate: Math.max(measured, usableShare * share),
      unitsPerMessage: isMeasured ? used / applied : unitsPerMessage,
    };
  });
};

/**
 * How long a message that is sent now waits until it is stored, ms: the messages before it times what each costs, over
 * the drain, the largest over the tables touched (B2). A table without capacity and measure states nothing.
 */
export const estimateWaitMs = (readings: WaitReadings): number => {
  const waits = tableDrains(readings).map(({ rate, unitsPerMessage }) =>
    rate === 0 ? 0 : (readings.messages * unitsPerMessage * 1000) / rate,
  );
  return Math.round(idleWaitMs + Math.max(0, ...waits));
};

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
