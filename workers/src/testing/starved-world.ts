import type { BasketStore } from '@penstock/platform/basket-store';
import type { MoveStore } from '@penstock/platform/move-store';
import type { OrderStore } from '@penstock/platform/order-store';
import type { Units } from '@penstock/platform/pacing';
import { makeDeadline } from '#core/deadline';
import type { QueueRecord } from '#core/queue-records';
import type { Drain as Worker } from '#flows/drain';
import { makePacing } from '#flows/pacing';
import type { PacedTable } from '#flows/table-buckets';
import { recordOf } from '#testing/drain-messages';
import { type Drain, makeDrainRoom } from '#testing/drain-room';
import { throttled } from '#testing/faulty';
import { seededRandom } from '#testing/seeded-random';
import { makeVirtualTime } from '#testing/virtual-time';

export type Starved = {
  /** Write capacity of every table, WCU/s. */
  readonly capacity: number;
  /** Live instances that share it, this one among them. */
  readonly instances: number;
  /** What the row of one message weighs. */
  readonly rowKb: number;
  readonly seed: number;
};

/** What a call takes. */
const callMs = 15;
const queueOf = { placeOrders: 'orders', foldBaskets: 'baskets', moveOrders: 'moves' } as const;
const tablesOf: Readonly<Record<Drain, readonly PacedTable[]>> = {
  placeOrders: [
    { table: 'orders', queues: ['orders', 'moves'] },
    { table: 'products', queues: ['orders', 'moves'] },
  ],
  foldBaskets: [{ table: 'baskets', queues: ['baskets'] }],
  moveOrders: [
    { table: 'orders', queues: ['orders', 'moves'] },
    { table: 'products', queues: ['orders', 'moves'] },
  ],
};
/** As topology.json has them. */
export const timeoutMs = { placeOrders: 15_000, foldBaskets: 10_000, moveOrders: 10_000 } as const;

/**
 * One instance of a drain under its own pacing, on tables that have next to nothing to give: time passes by waiting and by
 * calls. Every invocation tells how long it took, what went back, and when the lease was written.
 */
export const makeStarvedWorld = (drain: Drain, { capacity, instances, rowKb, seed }: Starved) => {
  const time = makeVirtualTime(Date.parse('2025-11-23T10:00:00.000Z'));
  const random = seededRandom(seed);
  const beats: { readonly askedMs: number; readonly writtenMs: number }[] = [];
  const queue = queueOf[drain];
  const others = Array.from({ length: instances - 1 }, (_, index) => ({ sk: `other-${index}` }));
  const pacing = makePacing({
    queue,
    instance: 'me',
    tables: tablesOf[drain],
    tableName: (table) => table,
    capacity: { perSecond: async () => ({ write: capacity, read: 500 }) },
    leases: { live: async (name) => (name === queue ? others : []) as never },
    leaseWriter: {
      beat: async ({ atMs }) => {
        // As the stores do: the pace is asked, for a table that nobody paces.
        await pacing.pace.admit(new Map([['operations', 1]]));
        await time.sleep(callMs);
        beats.push({ askedMs: atMs, writtenMs: time.clock.now() });
      },
    },
    clock: time.clock,
    random,
    sleep: time.sleep,
    logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });

  /** A write under the pace: what it is estimated at, and what it costs. */
  const write = async <Answer>(estimate: Units, send: () => Promise<Answer>): Promise<Answer | typeof throttled> => {
    if (!(await pacing.pace.admit(estimate))) return throttled;
    await time.sleep(callMs);
    for (const [table, units] of estimate) pacing.pace.settle(table, { own: units * rowKb, indexes: {} }, units);
    return send();
  };
  const read = async <Answer>(tables: readonly string[], send: () => Promise<Answer>) => {
    if (!(await pacing.pace.admitRead(new Map(tables.map((table) => [table, 1]))))) return throttled;
    await time.sleep(callMs);
    return send();
  };
  const room = makeDrainRoom({
    random,
    clock: time.clock,
    sleep: time.sleep,
    due: pacing.due,
    planUnitsMax: pacing.planUnitsMax,
    orders: (store): OrderStore => ({
      readForPlan: (...keys) => read(['orders', 'products'], () => store.readForPlan(...keys)),
      putIfAbsent: (row) => write(new Map([['orders', 1]]), () => store.putIfAbsent(row)),
      commitPlan: (plan) =>
        write(
          new Map([
            ['orders', 2 * plan.orders.length],
            ['products', 2 * plan.decrements.length],
          ]),
          () => store.commitPlan(plan),
        ),
    }),
    baskets: (store): BasketStore => ({
      read: (id) => read(['baskets'], () => store.read(id)),
      write: (...row) => write(new Map([['baskets', 1]]), () => store.write(...row)),
    }),
    moves: (store): MoveStore => ({
      read: (id) => read(['orders'], () => store.read(id)),
      apply: (move) => write(new Map([['orders', 1]]), () => store.apply(move)),
      refuse: (move) => write(new Map([['orders', 1]]), () => store.refuse(move)),
    }),
  });
  const worker: Worker = pacing.around((records, deadline) => room.drains[drain](records, deadline));

  /** One event. `tookMs` is what Lambda would bill. */
  const invoke = async (records: readonly QueueRecord[]) => {
    const startedMs = time.clock.now();
    const endMs = startedMs + timeoutMs[drain];
    const answer = await time.play(
      worker(
        records,
        makeDeadline(() => endMs - time.clock.now()),
      ),
    );
    const back = answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    return { tookMs: time.clock.now() - startedMs, back };
  };
  /** The same messages again and again, a second apart, until none goes back. Answers how many times it took. */
  const settle = async (messages: readonly object[], timesMax: number): Promise<number> => {
    let records = messages.map((message, index) => recordOf(message, index));
    for (let times = 1; times <= timesMax; times += 1) {
      const { back } = await invoke(records);
      records = records.filter(({ messageId }) => back.includes(messageId));
      if (records.length === 0) return times;
      time.pass(1000);
    }
    return Number.POSITIVE_INFINITY;
  };
  return { room, invoke, settle, beats };
};
