import type { LeaseItem } from '@penstock/domain/items';
import { describe, expect, it } from 'vitest';
import { estimateWaitMs, idleWaitMs, tableDrains } from '#estimate-wait';

const lease = (overrides: Partial<LeaseItem> = {}): LeaseItem => ({
  pk: 'lease#orders',
  sk: 'instance-1',
  schema: 1,
  queue: 'orders',
  atMs: 0,
  windowMs: 2000,
  applied: 40,
  writes: 10,
  tables: { orders: { used: 80, throttled: 0 }, products: { used: 60, throttled: 0 } },
  expiresAt: 60,
  ...overrides,
});
const capacity = { orders: 50, products: 50 };

describe('the estimated wait', () => {
  it('[B2] counts on 0.9 of the capacity while the shop is idle and nothing is measured', () => {
    expect(estimateWaitMs({ queue: 'orders', messages: 450, leases: [], capacity })).toBe(idleWaitMs + 20_000);
  });

  it('[B2] takes the measured drain when it is larger, and the measured cost of a message', () => {
    const leases = [lease(), lease({ sk: 'instance-2' })];
    // 2 instances of 40 WCU/s on `orders` and 2 WCU a message: 40 messages a second.
    expect(estimateWaitMs({ queue: 'orders', messages: 400, leases, capacity })).toBe(idleWaitMs + 10_000);
  });

  it('[B2] states the largest wait over the tables that a message touches', () => {
    const narrow = { orders: 50, products: 5 };
    expect(estimateWaitMs({ queue: 'orders', messages: 90, leases: [], capacity: narrow })).toBe(idleWaitMs + 40_000);
  });

  it('[B2] leaves the workers of other queues their share of a table', () => {
    const mover = lease({ queue: 'moves', tables: { orders: { used: 0, throttled: 0 } } });
    const [orders, products] = tableDrains({ queue: 'orders', messages: 1, leases: [mover], capacity });
    expect(orders?.rate).toBe(22.5);
    expect(products?.rate).toBe(45);
  });

  it('[B2] takes the measure alone from a table on demand, and states the idle wait without one', () => {
    const onDemand = { baskets: undefined };
    const measured = lease({ queue: 'baskets', applied: 100, tables: { baskets: { used: 40, throttled: 0 } } });
    const readings = { queue: 'baskets', messages: 500, capacity: onDemand } as const;
    expect(estimateWaitMs({ ...readings, leases: [measured] })).toBe(idleWaitMs + 10_000);
    expect(estimateWaitMs({ ...readings, leases: [] })).toBe(idleWaitMs);
  });

  it('[B2] counts a table that nobody writes to at nothing, as when a sale is over and everybody is refused', () => {
    const refusing = lease({ tables: { orders: { used: 40, throttled: 0 }, products: { used: 0, throttled: 0 } } });
    // 40 messages in 2 s, one unit of `orders` each: it may count on 45 of 50.
    expect(estimateWaitMs({ queue: 'orders', messages: 450, leases: [refusing], capacity })).toBe(idleWaitMs + 10_000);
  });

  it('[B2] keeps the rule of thumb for the cost while fewer than ten messages were settled', () => {
    const early = lease({ applied: 2, tables: { orders: { used: 40, throttled: 0 } } });
    const [orders] = tableDrains({ queue: 'orders', messages: 1, leases: [early], capacity });
    expect(orders?.unitsPerMessage).toBe(2);
  });

  it('ignores a lease whose window has no length', () => {
    const empty = lease({ windowMs: 0 });
    expect(tableDrains({ queue: 'orders', messages: 1, leases: [empty], capacity })[0]?.measured).toBe(0);
  });
});
