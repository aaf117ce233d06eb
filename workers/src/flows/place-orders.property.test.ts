import { refusedRow } from '@penstock/domain/order-row';
import { planConditions } from '@penstock/platform/testing/memory-tables';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planOrders } from '#core/plan-orders';
import { type PlantedWorld, playOrders } from '#testing/order-world';

/** Seeds are whole numbers: a failing one is played again by playOrders(seed). */
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

/** What the property first says of something planted, within a bound. */
const findPlanted = async (planted: PlantedWorld): Promise<string> => {
  for (let seed = 0; seed < 1500; seed += 1) {
    const faults = await playOrders(seed, planted);
    if (faults.length > 0) return faults.join(', ');
  }
  return 'nothing';
};

describe('the queue orders under duplicates, regrouping, kills, lost replies and late commits', () => {
  it('[D7] takes stock if and only if the order is inserted, once, and never below zero', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        expect(await playOrders(seed)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  }, 60_000);

  it('[D3] would sell what is not there without the condition on stock', async () => {
    const mayTake = () => true;
    expect(await findPlanted({ conditions: { ...planConditions, mayTake } })).toMatch(/oversold/);
  }, 30_000);

  it('[D7] would take stock twice without the condition on the row', async () => {
    const mayPut = () => true;
    expect(await findPlanted({ conditions: { ...planConditions, mayPut } })).toMatch(/placed is not/);
  }, 30_000);

  it('[D4] would refuse what could be sold by judging against what a plan leaves', async () => {
    const eager: typeof planOrders = (messages, offers, at) => {
      const planned = planOrders(messages, offers, at);
      const losers = messages.filter(({ orderId }) => planned.waiting.includes(orderId));
      const refused = losers.map((message) => {
        const shortLines = message.lines.map(({ productId, quantity }) => ({
          productId,
          wanted: quantity,
          available: 0,
        }));
        return refusedRow(message, { reason: 'out-of-stock', shortLines }, offers, at);
      });
      return { plan: planned.plan, refused: [...planned.refused, ...refused], waiting: [] };
    };
    expect(await findPlanted({ plan: eager })).toMatch(/its units were there/);
  }, 30_000);

  it('[D5] would lose an order by taking a cancelled plan for a committed one', async () => {
    const lie: PlantedWorld['lie'] = (store) => ({
      ...store,
      commitPlan: async (plan) => {
        const answer = await store.commitPlan(plan);
        return answer.outcome === 'cancelled' ? { outcome: 'committed', wcu: 0 } : answer;
      },
    });
    expect(await findPlanted({ lie })).toMatch(/is nowhere/);
  }, 30_000);

  it('[A4] would let a later body take the id if a row could be put twice', async () => {
    const lie: PlantedWorld['lie'] = (store) => ({
      ...store,
      readForPlan: async (orderIds, productIds) => {
        const read = await store.readForPlan(orderIds, productIds);
        return read.outcome === 'read' ? { ...read, orders: new Map() } : read;
      },
    });
    const mayPut = () => true;
    expect(await findPlanted({ lie, conditions: { ...planConditions, mayPut } })).toMatch(/was written over/);
  }, 30_000);
});
