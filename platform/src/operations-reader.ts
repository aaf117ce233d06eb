import type { Clock } from '@penstock/domain/clock';
import { drainedTables, type Operations } from '@penstock/domain/operations';
import type { LeaseReader } from '#lease-reader';
import { operationsView } from '#operations-view';
import { keepReading } from '#reading';
import type { Settings } from '#settings';
import type { SwitchStore } from '#switches';
import type { TableCapacity } from '#table-capacity';
import type { WriteQueue } from '#write-queue';

/** What GET /operations and topic staff/operations show. Faults of tables and queues are thrown. */
export type OperationsReader = { readonly read: () => Promise<Operations> };

export type OperationsReaderDeps = {
  readonly depth: WriteQueue['depth'];
  readonly leases: LeaseReader;
  readonly switches: Pick<SwitchStore, 'read'>;
  readonly capacity: TableCapacity;
  readonly settings: Pick<Settings, 'environment'>;
  readonly clock: Clock;
};

/** Where staff may move capacity: never where it costs money that Terraform should know of. */
export const canMoveCapacity = ({ environment }: Pick<Settings, 'environment'>): boolean =>
  environment === 'local' || environment === 'dev';

/** However many people look: read at most once a second. */
const readingLifeMs = 1000;

export const makeOperationsReader = (deps: OperationsReaderDeps): OperationsReader => ({
  read: keepReading(deps.clock, readingLifeMs, async () => {
    const [orders, baskets, moves, orderLeases, basketLeases, moveLeases, switches, ...units] = await Promise.all([
      deps.depth('orders'),
      deps.depth('baskets'),
      deps.depth('moves'),
      deps.leases.live('orders'),
      deps.leases.live('baskets'),
      deps.leases.live('moves'),
      deps.switches.read(),
      ...drainedTables.map(async (table) => (await deps.capacity.perSecond(table))?.write),
    ]);
    return operationsView({
      atMs: deps.clock.now(),
      depths: { orders, baskets, moves },
      leases: [...orderLeases, ...basketLeases, ...moveLeases],
      capacity: Object.fromEntries(drainedTables.map((table, index) => [table, units[index]])),
      switches,
      canMoveCapacity: canMoveCapacity(deps.settings),
    });
  }),
});
