import type { LeaseItem } from '@penstock/domain/items';
import { leaseLifeMs } from '@penstock/platform/lease-reader';
import type { Lease } from '@penstock/platform/lease-writer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeDeadline } from '#core/deadline';
import { beginShare } from '#core/turns';
import { makePacing, type PacingDeps, slowKeysMax, turnMs } from '#flows/pacing';
import { beatEveryMs, keepAliveMs, lookAgainMs, lookEveryMs } from '#flows/table-shares';

/** An event that never ends: what is asked here is how long writes wait. */
const roomy = makeDeadline(() => 10_000);
const row = (queue: Lease['queue'], instance: string): LeaseItem => ({
  pk: `lease#${queue}`,
  sk: instance,
  schema: 1,
  queue,
  atMs: 0,
  windowMs: 2000,
  applied: 0,
  writes: 0,
  tables: {},
  expiresAt: 1,
});

/** A pacing over a clock that sleeping moves; `others` are the leases that it finds. */
const world = (others: readonly LeaseItem[] = [], overrides: Partial<PacingDeps> = {}) => {
  let nowMs = 0;
  let beganMs = 0;
  const beats: Lease[] = [];
  const warnings: string[] = [];
  const logger = {
    debug: () => {},
    info: () => {},
    warn: (event: string) => void warnings.push(event),
    error: () => {},
  };
  const pacing = makePacing({
    queue: 'orders',
    instance: 'me',
    tables: [
      { table: 'orders', queues: ['orders', 'moves'] },
      { table: 'products', queues: ['orders', 'moves'], reserve: 0.03 },
    ],
    tableName: (table) => `penstock-${table}`,
    capacity: { perSecond: async () => ({ write: 100, read: 400 }) },
    leases: { live: async (queue) => others.filter((each) => each.queue === queue) },
    leaseWriter: { beat: async (lease) => void beats.push(lease) },
    clock: { now: () => nowMs },
    random: () => 0.5,
    sleep: async (delayMs) => {
      nowMs += delayMs;
      // What goes on beside the waiting goes on.
      await new Promise((resolve) => setImmediate(resolve));
    },
    logger,
    ...overrides,
  });
  const work = pacing.around(async () => ({ batchItemFailures: [] }));
  const pass = (ms: number) => {
    nowMs += ms;
  };
  /** The second look, at which the instance knows who is there; the test's time begins. */
  const begin = async () => {
    await work([record], roomy);
    pass(beatEveryMs);
    await work([record], roomy);
    // What its first two seconds saved is spent.
    pacing.pace.correct('penstock-orders', 12.5);
    beats.splice(0);
    beganMs = nowMs;
  };
  return { pacing, work, begin, beats, warnings, pass, now: () => nowMs - beganMs };
};
const units = (table: string, count: number) => new Map([[`penstock-${table}`, count]]);
const record = { messageId: 'm', receiptHandle: 'r', body: '', receives: 1, group: undefined };

describe('the pacing of a drain', () => {
  it('[F2] shares a table with every live instance of all queues that write it', async () => {
    const { pacing, work, now } = world([row('orders', 'other'), row('orders', 'me'), row('moves', 'third')]);
    await work([record], roomy);
    await pacing.pace.admit(units('orders', 50));
    await pacing.pace.admit(units('orders', 1));
    expect(now()).toBeGreaterThanOrEqual(1490);
    expect(now()).toBeLessThanOrEqual(1510);
  });

  it('[F2] reckons with a companion until its second look, and again after a pause: all come back at once', async () => {
    const { work, begin, beats, pass } = world();
    await work([record], roomy);
    pass(beatEveryMs);
    await work([record], roomy);
    expect(beats[1]?.tables.orders?.rate).toBeCloseTo(50);
    await begin();
    pass(60_000);
    await work([record], roomy);
    expect(beats[0]?.tables.orders?.rate).toBeCloseTo(100);
    pass(beatEveryMs);
    await work([record], roomy);
    expect(beats[1]?.tables.orders?.rate).toBeCloseTo(50);
  });

  it('[F2] uses capacity that comes back at its next look', async () => {
    const capacity = { perSecond: 50 };
    const { work, begin, beats, pass } = world([], {
      capacity: { perSecond: async () => ({ write: capacity.perSecond, read: 400 }) },
    });
    await begin();
    capacity.perSecond = 100;
    for (const _ of [1, 2]) {
      pass(beatEveryMs);
      await work([record], roomy);
    }
    expect(beats.map(({ tables }) => tables.orders?.rate)).toEqual([50, 100]);
  });

  it('[F2] uses capacity that comes back while a write waits, within one event', async () => {
    const capacity = { perSecond: 50 };
    const { pacing, begin, now } = world([], {
      capacity: { perSecond: async () => ({ write: capacity.perSecond, read: 400 }) },
    });
    await begin();
    capacity.perSecond = 100;
    for (const count of [100, 100, 1]) await pacing.pace.admit(units('orders', count));
    // 50 units before the look, 50 after it, and a hundred more; half a second passes until it is heeded. 4 s without it.
    expect(now()).toBeGreaterThanOrEqual(lookEveryMs + 1500);
    expect(now()).toBeLessThanOrEqual(lookEveryMs + 2000);
  });

  const narrow = { write: 20, own: 100, read: 400, indexes: { open: 20 } };

  it('[F2] has a bucket for each index: a narrow one is paced by its own units, and its table is not', async () => {
    const { pacing, begin, now } = world([], { capacity: { perSecond: async () => narrow } });
    await begin();
    const write = async (open: number) => {
      await pacing.pace.admit(units('orders', 1));
      pacing.pace.settle('penstock-orders', { own: 1, indexes: { open } }, 1);
    };
    for (let each = 0; each < 100; each += 1) await write(0);
    const besideIt = now();
    expect(besideIt).toBeGreaterThan(700);
    expect(besideIt).toBeLessThan(1500);
    for (let each = 0; each < 100; each += 1) await write(1);
    expect(now() - besideIt).toBeGreaterThan(4500);
  });

  it('[F2] never spends more of an index than it bears, whatever its writes cost', async () => {
    const writes = fc.array(fc.record({ own: fc.integer({ min: 1, max: 8 }), open: fc.integer({ min: 0, max: 8 }) }), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(writes, async (costs) => {
        const { pacing, begin, now } = world([], { capacity: { perSecond: async () => narrow } });
        await begin();
        const spent = { own: 0, open: 0 };
        for (const { own, open } of costs) {
          await pacing.pace.admit(units('orders', own));
          pacing.pace.settle('penstock-orders', { own, indexes: { open } }, own);
          spent.own += own;
          spent.open += open;
          // Credit of a quarter second, and one write into debt.
          expect(spent.open).toBeLessThanOrEqual(20 * (now() / 1000 + 0.25) + 8.01);
          expect(spent.own).toBeLessThanOrEqual(100 * (now() / 1000 + 0.25) + 8.01);
        }
      }),
    );
  });

  it.each([
    [200, 100, 'open', 85],
    [100, 400, 'open', 100],
    [100, 400, 'gone', 85],
  ])(
    '[F3] slows the index that a reason names, not its table: of %i, index %i, named %s, %i',
    async (own, open, named, left) => {
      const capacity = { write: Math.min(own, open), own, read: 400, indexes: { open } };
      const { pacing, work, begin, beats, pass } = world([], { capacity: { perSecond: async () => capacity } });
      await begin();
      pass(2100);
      pacing.pace.throttled('penstock-orders', named);
      await work([record], roomy);
      // The slowest bucket of a table is what its lease tells.
      expect(beats[0]?.tables.orders).toMatchObject({ throttled: 1, rate: left });
    },
  );

  it('[F2] corrects the estimate by what was consumed, either way', async () => {
    const { pacing, begin, now } = world();
    await begin();
    await pacing.pace.admit(units('orders', 20));
    pacing.pace.correct('penstock-orders', 80);
    await pacing.pace.admit(units('orders', 1));
    expect(now()).toBe(1000);
    pacing.pace.correct('penstock-orders', -1);
    await pacing.pace.admit(units('orders', 1));
    expect(now()).toBe(1000);
  });

  it('[D5] stays back after an overlap, so that two instances do not meet again at their next plans', async () => {
    const { pacing, begin, now } = world();
    await begin();
    await pacing.pace.admit(units('orders', 50));
    pacing.pace.overlapped(['penstock-orders']);
    await pacing.pace.admit(units('orders', 1));
    // Half a second of the plan's own, and four tenths of half a second.
    expect(now()).toBe(700);
  });

  it('[D5] reads for a plan that had to wait in its own turn, and for others at once', async () => {
    const { pacing, begin, now } = world([row('orders', 'an earlier one')]);
    await begin();
    const startMs = now();
    await pacing.due();
    expect(now()).toBe(startMs);
    await pacing.pace.admit(units('orders', 10));
    await pacing.due();
    // Its debt is paid after 200 ms; the second of two turns comes round every 300 ms.
    expect(now() - startMs).toBeGreaterThanOrEqual(200);
    expect((beatEveryMs + now() - turnMs) % (2 * turnMs)).toBeLessThan(turnMs * beginShare);
    const dueMs = now();
    expect(await pacing.pace.admit(units('orders', 1))).toBe(true);
    expect(now()).toBe(dueMs);
  });

  it('[D5] sees who came back from a pause with it before its next lease', async () => {
    const others: LeaseItem[] = [];
    const { pacing, work, beats, pass, now } = world(others);
    await work([record], roomy);
    others.push(row('orders', 'an earlier one'));
    const wait = async () => {
      await pacing.pace.admit(units('orders', 10));
      return pacing.due();
    };
    pass(lookAgainMs - 1);
    await work([record], roomy);
    await wait();
    pass(1);
    await work([record], roomy);
    expect(beats).toHaveLength(1);
    await wait();
    // It comes after the other one now, in the second of two turns.
    expect((now() + turnMs) % (2 * turnMs)).toBeLessThan(turnMs * beginShare);
  });

  it('[D5] does not wait for what would take too long, nor for others when it is alone', async () => {
    const { pacing, begin, now } = world();
    await begin();
    await pacing.pace.admit(units('orders', 50));
    await pacing.due();
    expect(now()).toBe(500);
    await pacing.pace.admit(units('orders', 1000));
    await pacing.due();
    expect(now()).toBe(500);
  });

  it('[E4] leaves 3 % of the products to staff', async () => {
    const { work, begin, beats, pass } = world();
    await begin();
    pass(3000);
    await work([record], roomy);
    expect(beats[0]?.tables.products?.rate).toBeCloseTo(97);
    expect(beats[0]?.tables.orders?.rate).toBeCloseTo(100);
  });

  it('lets nothing in that would wait too long, and writes of one moment one after the other', async () => {
    const { pacing, begin, now } = world();
    await begin();
    const both = [pacing.pace.admit(units('orders', 100)), pacing.pace.admit(units('orders', 10))];
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(now()).toBe(1000);
    await pacing.pace.admit(units('orders', 1000));
    expect(await pacing.pace.admit(units('orders', 1))).toBe(false);
    expect(now()).toBe(1100);
  });

  it('[F6] lets in only what can be done before the deadline, also of those that stand in line', async () => {
    let endMs = Number.POSITIVE_INFINITY;
    const room = world();
    const { pacing, begin, now } = room;
    await begin();
    const fromMs = now();
    endMs = fromMs + 2000;
    const deadline = makeDeadline(() => endMs - now(), 0);
    const ten = Array.from({ length: 10 }, () => units('orders', 50));
    const admitted = pacing.around(async () => {
      const all = await Promise.all(ten.map((estimate) => pacing.pace.admit(estimate)));
      expect(all.filter((isIn) => isIn)).toHaveLength(4);
      return { batchItemFailures: [] };
    });
    await admitted([record], deadline);
    expect(now() - fromMs).toBeLessThan(2000);
    // At the deadline nothing begins, though the table has room again.
    room.pass(60_000);
    expect(await pacing.pace.admit(units('orders', 1))).toBe(false);
    expect(await pacing.pace.admitRead(units('orders', 1))).toBe(false);
    expect(await pacing.due()).toBe(false);
  });

  it('[F6] does not wait for its turn beyond the deadline', async () => {
    const { pacing, begin, now } = world([row('orders', 'an earlier one')]);
    await begin();
    await pacing.pace.admit(units('orders', 10));
    const endMs = now() + 310;
    await pacing.around(async () => {
      expect(await pacing.due()).toBe(false);
      return { batchItemFailures: [] };
    })(
      [record],
      makeDeadline(() => endMs - now(), 0),
    );
    expect(now()).toBeLessThan(endMs);
  });

  it('[F7] lets what nobody paces past the line of those that wait', async () => {
    const { pacing, begin, now } = world();
    await begin();
    await pacing.pace.admit(units('orders', 300));
    let leaseMs = -1;
    const lease = async () => {
      await pacing.pace.admit(units('operations', 1));
      await pacing.pace.admitRead(units('operations', 1));
      leaseMs = now();
    };
    await Promise.all([pacing.pace.admit(units('orders', 1)), lease()]);
    // One nap of the write that waits.
    expect([leaseMs <= 500, now() >= 3000]).toEqual([true, true]);
  });

  it('[F3] keeps a thousand slow keys at most, the latest', async () => {
    const { pacing, work, now } = world([], { capacity: { perSecond: async () => undefined } });
    await work([record], roomy);
    for (let key = 0; key <= slowKeysMax; key += 1) pacing.pace.keyThrottled(`key-${key}`);
    const write = (key: string) => pacing.pace.admit(units('baskets', 850), key);
    for (const _ of [1, 2]) await write('key-0');
    expect(now()).toBe(0);
    for (const _ of [1, 2]) await write('key-1');
    expect(now()).toBe(1000);
  });

  it('[F3] slows the table that was throttled and no other', async () => {
    const { pacing, work, begin, beats, pass } = world();
    await begin();
    pass(2100);
    pacing.pace.throttled('penstock-orders');
    await work([record], roomy);
    expect(beats[0]?.tables.orders).toMatchObject({ throttled: 1, rate: 85 });
    expect(beats[0]?.tables.products).toMatchObject({ throttled: 0, rate: 97 });
  });

  it('[F5] leaves half of the read capacity to browsing, and slows its reads when they are throttled', async () => {
    const { pacing, begin, now } = world();
    await begin();
    // 400 a second, half of them ours; 25 are the credit of the time when a companion was reckoned with.
    await pacing.pace.admitRead(units('orders', 150));
    pacing.pace.correctRead('penstock-orders', 75);
    await pacing.pace.admitRead(units('orders', 1));
    expect(now()).toBe(1000);
    pacing.pace.readThrottled('penstock-orders');
    await pacing.pace.admitRead(units('orders', 170));
    const from = now();
    await pacing.pace.admitRead(units('orders', 1));
    expect(now() - from).toBeGreaterThan(900);
    expect(await pacing.pace.admit(units('orders', 1))).toBe(true);
  });

  it('[F5] lets a read go back to its drain that would wait too long', async () => {
    const { pacing, begin } = world();
    await begin();
    await pacing.pace.admitRead(units('orders', 2000));
    expect(await pacing.pace.admitRead(units('orders', 1))).toBe(false);
  });

  it('[F3] slows a throttled key and nobody else, and forgets it once it has regrown', async () => {
    const { pacing, work, now, pass } = world([], { capacity: { perSecond: async () => undefined } });
    await work([record], roomy);
    const write = (key: string, count: number) => pacing.pace.admit(units('baskets', count), key);
    pacing.pace.keyThrottled('hot');
    await write('hot', 85);
    await write('cold', 1000);
    await write('cold', 1000);
    expect(now()).toBe(0);
    await write('hot', 1);
    expect(now()).toBe(100);
    pass(60_000);
    for (const _ of [1, 2, 3]) await write('hot', 1000);
    expect(now()).toBe(60_100);
  });

  it('[F3] lets a key that would wait too long go back to its drain', async () => {
    const { pacing, work } = world([], { capacity: { perSecond: async () => undefined } });
    await work([record], roomy);
    pacing.pace.keyThrottled('hot');
    expect(await pacing.pace.admit(units('baskets', 8000), 'hot')).toBe(true);
    expect(await pacing.pace.admit(units('baskets', 1), 'hot')).toBe(false);
  });

  it('[B1] writes a lease at most every two seconds, with what was done since the last', async () => {
    const { pacing, work, beats, pass } = world();
    await work([record, record], roomy);
    await pacing.pace.admit(units('orders', 3));
    pass(1900);
    await work([record], roomy);
    expect(beats).toHaveLength(1);
    pass(200);
    await work([record], roomy);
    expect(beats[1]).toMatchObject({ queue: 'orders', instance: 'me', windowMs: 2100, applied: 3, writes: 1 });
    expect(beats[1]?.tables.orders).toMatchObject({ used: 3, capacity: 100 });
  });

  it('[B1] keeps the lease of an event that lasts alive, with the measures of its last window', async () => {
    const { pacing, work, begin, beats, pass } = world();
    await begin();
    await pacing.pace.admit(units('orders', 300));
    pass(beatEveryMs);
    await work([record], roomy);
    for (let count = 0; count < 12; count += 1) await pacing.pace.admit(units('orders', 100));
    pass(beatEveryMs);
    await work([record], roomy);
    const [first, ...others] = beats;
    const last = others.pop();
    const gaps = others.map(({ atMs }, index) => atMs - (beats[index]?.atMs ?? 0));
    expect(gaps.length).toBeGreaterThan(1);
    for (const gap of gaps) expect([gap >= keepAliveMs, gap < leaseLifeMs]).toEqual([true, true]);
    for (const { atMs: _, ...same } of others) expect(first).toMatchObject(same);
    expect(last).toMatchObject({ windowMs: last && first ? last.atMs - first.atMs : 0, applied: 1, writes: 12 });
    expect(last?.tables.orders?.used).toBe(1200);
  });

  it('goes on with what it knows while nothing can be read, and says so', async () => {
    const gone = async () => {
      throw new Error('away');
    };
    const { pacing, work, warnings } = world([], {
      leases: { live: gone },
      capacity: { perSecond: gone },
      leaseWriter: { beat: gone },
    });
    expect(await work([record], roomy)).toEqual({ batchItemFailures: [] });
    expect(await pacing.pace.admit(units('orders', 500))).toBe(true);
    expect(warnings).toContain('pacing-unread');
  });

  it('[D3] gives one plan half a second of the whole capacity, and no limit where it is not known', async () => {
    const { pacing, work } = world([row('orders', 'other')]);
    expect(pacing.planUnitsMax('orders')).toBeUndefined();
    await work([record], roomy);
    expect(pacing.planUnitsMax('orders')).toBe(50);
    expect(pacing.planUnitsMax('operations')).toBeUndefined();
  });

  it('does not limit a table of which it knows nothing', async () => {
    const { pacing, work, now } = world();
    await work([record], roomy);
    await pacing.pace.admit(units('operations', 1000));
    await pacing.pace.admit(units('operations', 1000));
    expect(now()).toBe(0);
  });
});
