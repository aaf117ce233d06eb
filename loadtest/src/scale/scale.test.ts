import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storedOrder, storedProduct } from '#audit/testing';
import { repository } from '#run/find-k6';
import type { RunData } from '#run/folder';
import { checkRun } from '#scale/check';
import { costOfMillion, totalOf } from '#scale/cost';
import { broken, firstToBreak, limitsOf } from '#scale/limits';
import { asSet, chancesOf, oneTimes, productsInGroup, times, unitsPerOrder } from '#scale/load';
import { prices, unitMillion } from '#scale/prices';
import { simulate } from '#scale/simulate';
import { scaleTables } from '#scale/tables';
import { record, sample } from '#testing';

describe('the units of an order', () => {
  it('are six for one order of two lines alone: its row and two decrements, twice each', () => {
    const { orders, products } = unitsPerOrder(oneTimes, 1);
    expect(orders + products).toBeCloseTo(6);
  });

  it.each([
    [10, 4.9],
    [25, 4.2],
    [50, 3.7],
  ])('fall with %d orders a commit to about %f, as the packing measured', (group, units) => {
    const { orders, products } = unitsPerOrder(oneTimes, group);
    expect(Math.abs((orders + products) / units - 1)).toBeLessThan(0.05);
  });

  it('are 2 + 2/n for one product alone', () => {
    const { orders, products } = unitsPerOrder({ ...oneTimes, products: 1, linesPerOrder: 1 }, 10);
    expect(orders + products).toBeCloseTo(2.2);
  });

  it('draw as many lines as an order has, none twice', () => {
    const chances = chancesOf(100, 2);
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(2);
    expect(Math.max(...chances)).toBeLessThan(1);
    expect(productsInGroup(oneTimes, 1)).toBeCloseTo(2);
  });
});

describe('the limits', () => {
  it('grow with the load, each in its proportion', () => {
    const [one, hundred] = [limitsOf(oneTimes, asSet), limitsOf(times(100), asSet)];
    for (const [index, { needed }] of one.entries()) expect((hundred[index]?.needed ?? 0) / needed).toBeCloseTo(100);
  });

  it('hold at 1x, and say what breaks first and how far away that is', () => {
    expect(broken(limitsOf(oneTimes, asSet))).toEqual([]);
    const { first, room } = firstToBreak(limitsOf(oneTimes, asSet));
    expect(broken(limitsOf(times(room * 1.01), asSet)).map(({ name }) => name)).toEqual([first?.name]);
    expect(broken(limitsOf(times(room * 0.99), asSet))).toEqual([]);
  });

  it('leave one product 1,000 units a second, whatever the table has', () => {
    const path = { ...asSet, tableUnits: 1_000_000 };
    const popular = limitsOf(times(10_000), path).find(({ name }) => name.includes('most popular'));
    expect(popular).toMatchObject({ limit: 1000, kind: 'key' });
    expect(popular?.needed).toBeGreaterThan(1000);
  });
});

describe('the simulation', () => {
  const spike = { fromSecond: 10, seconds: 10, times: 5 };

  it('keeps nothing waiting while the tables take what comes', () => {
    expect(simulate(oneTimes, asSet, { ...spike, times: 1 }, 60)).toEqual({
      refusedShare: 0,
      ordersWaitingMax: 0,
      orderWaitMax: 0,
      editWaitMax: 0,
      drainSeconds: 0,
    });
  });

  it('drains a spike at what the tables take beyond the load: backlog / (taken - offered)', () => {
    // 40 WCU/s take 20 rows of orders a second, by the other table 14.04 orders: 10 s of 50 leave 359.6, drained by 4.04 a second.
    const taken = 40 / unitsPerOrder(oneTimes, 10).products;
    const load = { ...oneTimes, editsPerOrder: 0 };
    const { ordersWaitingMax, drainSeconds } = simulate(load, { ...asSet, tableUnits: 40 }, spike, 600);
    expect(ordersWaitingMax).toBeCloseTo((50 - taken) * 10);
    expect(drainSeconds).toBe(Math.ceil(((50 - taken) * 10) / (taken - 10)) - 1);
  });

  it('refuses at the gateway what it does not take, and says when a queue never empties', () => {
    const { refusedShare, drainSeconds } = simulate(times(100), asSet, spike, 100);
    expect(refusedShare).toBeGreaterThan(0.5);
    expect(drainSeconds).toBeUndefined();
  });
});

describe('the cost of a million orders', () => {
  it('prices a unit by the hour and by how much of it is used', () => {
    expect(unitMillion(prices.writeUnitHour, 1)).toBeCloseTo(0.1806, 3);
    expect(unitMillion(prices.writeUnitHour, 0.5)).toBeCloseTo(0.3611, 3);
  });

  it('is that of the facts for the order alone: gateway 1.00, group commit at 95 %', () => {
    const load = { ...oneTimes, editsPerOrder: 0, readsPerOrder: 0 };
    const cost = costOfMillion(load, { ...asSet, utilisation: 0.95, framesPerOrder: 3 });
    expect(cost.gateway).toBe(1);
    expect(cost.frames).toBe(5.5);
    expect(cost['write units']).toBeCloseTo(8.85 * 0.19, 1);
  });

  it('falls with every setting that should move it', () => {
    const usual = totalOf(costOfMillion(oneTimes, asSet));
    for (const change of [{ utilisation: 0.95 }, { ordersPerCommit: 25 }, { editsPerWrite: 5 }, { framesPerOrder: 1 }])
      expect(totalOf(costOfMillion(oneTimes, { ...asSet, ...change }))).toBeLessThan(usual);
  });
});

describe('the check against a measured run', () => {
  const products = Array.from({ length: 40 }, (_, index) => storedProduct({ id: `p-${index}` }));
  const measured = (units: number): RunData => {
    const { tables, ...rest } = sample(10);
    const orders = { ...(tables.orders ?? sample(10).tables.orders), useful: 200, indexUnits: 400 };
    return {
      record: record(),
      receipts: [],
      unreadable: 0,
      samples: [
        {
          ...rest,
          ordersPerCommit: 5,
          tables: { ...tables, orders, products: { ...orders, useful: units, indexUnits: 0 } },
        },
      ] as RunData['samples'],
      stored: {
        orders: Array.from({ length: 100 }, (_, index) => storedOrder({ id: `o-${index}` })),
        baskets: [],
        products,
        edits: [],
        productsBefore: products,
      },
    };
  };
  const model = unitsPerOrder({ ...oneTimes, products: 40 }, 5).products * 100;

  it('holds within its tolerance, and fails beyond it', () => {
    expect(checkRun(measured(model)).map(({ name, holds }) => [name, holds])).toEqual([
      ['write units an order', true],
      ['index units an order', true],
    ]);
    expect(checkRun(measured(model * 2))[0]?.holds).toBe(false);
  });
});

describe('docs/scale.md', () => {
  it('holds the tables as `npm run scale` prints them', () => {
    expect(readFileSync(join(repository, 'docs/scale.md'), 'utf8')).toContain(scaleTables());
  });
});
