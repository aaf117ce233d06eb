import type { LeaseItem } from '@penstock/domain/items';
import { operationsSchema } from '@penstock/domain/operations';
import { describe, expect, it } from 'vitest';
import { type OperationsReadings, operationsView } from '#operations-view';
import { allRunning } from '#switches';

const quiet = { visible: 0, inFlight: 0, delayed: 0 };
const lease = (overrides: Partial<LeaseItem> = {}): LeaseItem => ({
  pk: 'lease#baskets',
  sk: 'instance-1',
  schema: 1,
  queue: 'baskets',
  atMs: 100_000,
  windowMs: 2000,
  applied: 60,
  writes: 10,
  tables: { baskets: { used: 40, throttled: 4, rate: 24.5, capacity: 50 } },
  oldestSentAtMs: 98_000,
  expiresAt: 60,
  ...overrides,
});
const view = (overrides: Partial<OperationsReadings> = {}) => {
  const seen = operationsView({
    atMs: 100_000,
    depths: { orders: quiet, baskets: { visible: 30, inFlight: 10, delayed: 20 }, moves: quiet },
    leases: [lease(), lease({ sk: 'instance-2', oldestSentAtMs: 95_000 })],
    capacity: { orders: 50, baskets: 50, products: 50 },
    switches: allRunning,
    canMoveCapacity: true,
    ...overrides,
  });
  expect(operationsSchema.safeParse(seen).error).toBeUndefined();
  return seen;
};

describe('what staff see of the write path', () => {
  it('sums a queue over the instances that drain it', () => {
    expect(view().queues.find(({ name }) => name === 'baskets')).toEqual({
      name: 'baskets',
      visible: 30,
      inFlight: 10,
      delayed: 20,
      oldestAgeMs: 5000,
      leases: 2,
      appliedPerSecond: 60,
      drain: [{ table: 'baskets', measured: 40, rate: 45, unitsPerMessage: 0.67 }],
      estimatedWaitMs: 1389,
      groupSize: 6,
    });
  });

  it('sums a table over everybody who writes it', () => {
    expect(view().tables.find(({ name }) => name === 'baskets')).toEqual({
      name: 'baskets',
      writePerSecond: 50,
      consumedPerSecond: 40,
      throttledPerSecond: 4,
      pacerRate: 49,
    });
  });

  it('leaves out what nobody measures: an idle queue, a table on demand', () => {
    const seen = view({ leases: [], capacity: {} });
    expect(seen.queues[1]).not.toHaveProperty('oldestAgeMs');
    expect(seen.queues[1]).not.toHaveProperty('groupSize');
    expect(seen.tables[0]).toEqual({ name: 'products', consumedPerSecond: 0, throttledPerSecond: 0 });
  });

  it('[B2] states no wait for a paused queue', () => {
    const seen = view({ switches: { ...allRunning, sourcesPaused: ['fold-baskets'] } });
    expect(seen.queues[1]).not.toHaveProperty('estimatedWaitMs');
    expect(seen.queues[0]).toHaveProperty('estimatedWaitMs');
  });
});
