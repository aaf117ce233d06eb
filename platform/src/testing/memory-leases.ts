import type { Clock } from '@penstock/domain/clock';
import { itemSchemaNumber, type LeaseItem } from '@penstock/domain/items';
import { type LeaseReader, leaseLifeMs } from '#lease-reader';
import type { LeaseWriter } from '#lease-writer';

/** Leases in memory: one row a queue and instance, live for ten seconds (B1). */
export const makeMemoryLeases = (clock: Clock): LeaseReader & LeaseWriter => {
  const rows = new Map<string, LeaseItem>();
  return {
    beat: async ({ instance, ...lease }) => {
      const pk = `lease#${lease.queue}`;
      const row = { ...lease, pk, sk: instance, schema: itemSchemaNumber, expiresAt: Math.floor(lease.atMs / 1000) };
      rows.set(`${pk} ${instance}`, row);
    },
    live: async (queue) =>
      [...rows.values()].filter((row) => row.queue === queue && row.atMs > clock.now() - leaseLifeMs),
  };
};
