import type { Clock } from '@penstock/domain/clock';
import { beforeEach, describe, expect, it } from 'vitest';
import { type LeaseReader, leaseLifeMs } from '#lease-reader';
import type { Lease, LeaseWriter } from '#lease-writer';

const startMs = 1_763_892_000_000;
const leaseOf = (overrides: Partial<Lease> = {}): Lease => ({
  instance: 'one',
  queue: 'orders',
  atMs: startMs,
  windowMs: 2000,
  applied: 12,
  writes: 3,
  tables: { orders: { used: 24.5, throttled: 1, rate: 49, capacity: 50 }, products: { used: 0, throttled: 0 } },
  ...overrides,
});

/** What every pair of LeaseWriter and LeaseReader promises. */
export const describeLeaseContract = (
  name: string,
  make: (clock: Clock) => Promise<LeaseReader & LeaseWriter>,
): void => {
  describe(`LeaseWriter and LeaseReader: ${name}`, () => {
    let nowMs = startMs;
    let leases: LeaseReader & LeaseWriter;
    beforeEach(async () => {
      nowMs = startMs;
      leases = await make({ now: () => nowMs });
    });

    it('[B1] reads back what an instance wrote last', async () => {
      await leases.beat(leaseOf());
      const { instance, ...written } = leaseOf({ atMs: startMs + 2000, applied: 7, oldestSentAtMs: startMs - 500 });
      await leases.beat({ instance, ...written });
      const rows = await leases.live('orders');
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ ...written, sk: 'one' });
    });

    it('[B1] counts a lease for ten seconds after it was written, and no longer', async () => {
      await leases.beat(leaseOf());
      await leases.beat(leaseOf({ instance: 'two', atMs: startMs + 5000 }));
      nowMs = startMs + leaseLifeMs - 1;
      expect(await leases.live('orders')).toHaveLength(2);
      nowMs = startMs + leaseLifeMs;
      expect((await leases.live('orders')).map(({ sk }) => sk)).toEqual(['two']);
    });

    it('[B1] keeps the queues apart', async () => {
      await leases.beat(leaseOf());
      await leases.beat(leaseOf({ queue: 'moves' }));
      expect(await leases.live('orders')).toHaveLength(1);
      expect(await leases.live('moves')).toHaveLength(1);
      expect(await leases.live('baskets')).toEqual([]);
    });
  });
};
