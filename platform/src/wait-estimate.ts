import type { Clock } from '@penstock/domain/clock';
import { estimateWaitMs, idleWaitMs, queueLoads, queuesWriting, sourceOfQueue } from '#estimate-wait';
import type { DrainedQueue, LeaseReader } from '#lease-reader';
import { keepReading, within } from '#reading';
import type { SwitchReader } from '#switches';
import type { TableCapacity } from '#table-capacity';
import type { WriteQueue } from '#write-queue';

/**
 * How long an accepted write waits until it is stored. `paused`: its event source is switched off, nothing can be
 * stated. `unknown`: a reading is missing or late; the last one of half a minute is stated, else the idle wait, and
 * nothing may be refused for it (B3).
 */
export type WaitReading =
  | { readonly kind: 'known'; readonly waitMs: number }
  | { readonly kind: 'unknown'; readonly waitMs: number }
  | { readonly kind: 'paused' };

/** Never throws, and holds a call up for at most 200 ms, once in 2 s. */
export type WaitEstimate = { readonly read: () => Promise<WaitReading> };

export type WaitEstimateDeps = {
  readonly depth: WriteQueue['depth'];
  readonly leases: LeaseReader;
  readonly switches: Pick<SwitchReader, 'read'>;
  readonly capacity: TableCapacity;
  readonly clock: Clock;
  readonly queue: DrainedQueue;
};

const readingLifeMs = 2000;
const capacityLifeMs = 30_000;
const patienceMs = 200;
/** A wait of this age is still the best guess to state, but nothing is refused on it. */
const lastLifeMs = 30_000;

/** The estimate of B2 on readings kept for 2 s (queue, leases, switches) and 30 s (capacity). */
export const makeWaitEstimate = (deps: WaitEstimateDeps): WaitEstimate => {
  const { clock, queue } = deps;
  const tables = queueLoads[queue].map(({ table }) => table);
  const writers = [...new Set(tables.flatMap(queuesWriting))];
  const capacities = tables.map((table) =>
    keepReading(clock, capacityLifeMs, async () => (await deps.capacity.perSecond(table))?.write),
  );
  let last = { waitMs: idleWaitMs, until: Number.NEGATIVE_INFINITY };
  const estimate = keepReading(clock, readingLifeMs, async (): Promise<number> => {
    const [depth, leases, ...units] = await Promise.all([
      deps.depth(queue),
      Promise.all(writers.map((writer) => deps.leases.live(writer))),
      ...capacities.map((read) => read()),
    ]);
    const waitMs = estimateWaitMs({
      queue,
      messages: depth.visible + depth.inFlight + depth.delayed,
      leases: leases.flat(),
      capacity: Object.fromEntries(tables.map((table, index) => [table, units[index]])),
    });
    last = { waitMs, until: clock.now() + lastLifeMs };
    return waitMs;
  });
  return {
    read: async () => {
      const [switches, waitMs] = await Promise.all([deps.switches.read(), within(patienceMs, estimate())]);
      if (switches.sourcesPaused.includes(sourceOfQueue[queue])) return { kind: 'paused' };
      if (waitMs !== undefined) return { kind: 'known', waitMs };
      return { kind: 'unknown', waitMs: clock.now() <= last.until ? last.waitMs : idleWaitMs };
    },
  };
};
