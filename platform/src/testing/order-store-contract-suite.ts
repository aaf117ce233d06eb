import type { OfferItem } from '@penstock/domain/items';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OrderPlan, OrderStore } from '#order-store';
import { offerOf, orderOf } from '#testing/drain-rows';

/** A store on empty tables, and a way to put rows beside it. */
export type OrderStoreRoom = {
  readonly store: OrderStore;
  readonly seed: (row: OfferItem) => Promise<void>;
};

const at = '2025-11-23T10:00:01.000Z';
const assam = 'assam-second-flush';
const first = orderOf();
const second = orderOf({ id: '01hv3k9zq7c2x5t8w4n6m0p1rt' });
const take = (units: number, priceMinor = 1250) => ({ productId: assam, units, priceMinor });

/** What every OrderStore promises. */
export const describeOrderStoreContract = (name: string, make: () => Promise<OrderStoreRoom>): void => {
  describe(`OrderStore: ${name}`, () => {
    let store: OrderStore;
    let seed: OrderStoreRoom['seed'];
    beforeEach(async () => {
      ({ store, seed } = await make());
    });
    const read = async () => {
      const answer = await store.readForPlan([first.id, second.id], [assam]);
      if (answer.outcome !== 'read') throw new Error(String(answer.error));
      return answer;
    };
    const stock = async (): Promise<number | undefined> => (await read()).offers.get(assam)?.stock;
    const commit = (plan: Partial<OrderPlan>) =>
      store.commitPlan({ orders: [first], decrements: [take(2)], at, ...plan });

    it('[D2] reads what is stored and leaves out what is not', async () => {
      await seed(offerOf());
      const answer = await store.readForPlan([first.id, first.id], [assam, 'no-such-tea', assam]);
      if (answer.outcome !== 'read') throw new Error('not read');
      expect([...answer.offers.keys()]).toEqual([assam]);
      expect([answer.orders.size, answer.unread.size, answer.unreadable.size]).toEqual([0, 0, 0]);
    });

    it('[D3] writes every order and one summed decrement together', async () => {
      await seed(offerOf({ stock: 5 }));
      expect(await commit({ orders: [first, second], decrements: [take(4)] })).toMatchObject({ outcome: 'committed' });
      const stored = await read();
      expect(stored.orders).toEqual(new Map([first, second].map((order) => [order.id, order])));
      expect(stored.offers.get(assam)).toEqual(offerOf({ stock: 1, rev: 101, updatedAt: at }));
    });

    it.each([
      ['stock is short', { stock: 1 }, take(2)],
      ['the price is another', { priceMinor: 1300 }, take(2)],
      ['the product is archived', { archived: true }, take(2)],
      ['the product is unknown', { id: 'another-tea' }, take(2)],
    ])('[D3] writes nothing when %s, and says which action it was', async (_why, offer, decrement) => {
      await seed(offerOf(offer));
      const answer = await commit({ orders: [first, second], decrements: [decrement] });
      expect(answer).toMatchObject({ outcome: 'cancelled', orders: ['none', 'none'], decrements: ['condition'] });
      expect((await read()).orders.size).toBe(0);
    });

    it('[D5] names a stored order by position, and hands over its row', async () => {
      await seed(offerOf());
      await commit({});
      const answer = await commit({ orders: [second, first], decrements: [take(4)] });
      expect(answer).toMatchObject({ outcome: 'cancelled', orders: ['none', 'condition'], decrements: ['none'] });
      expect(answer.outcome === 'cancelled' && answer.stored.get(first.id)).toEqual(first);
      expect(await stock()).toBe(8);
    });

    it('[D5] answers the same plan again as committed, and takes the stock once', async () => {
      await seed(offerOf());
      await commit({});
      expect(await commit({})).toMatchObject({ outcome: 'committed' });
      expect(await stock()).toBe(8);
    });

    it('[D4] puts a refusal only where no row is, and hands over the row that is', async () => {
      const refused = orderOf({ status: 'rejected', reason: 'out-of-stock' });
      expect(await store.putIfAbsent(first)).toMatchObject({ outcome: 'written' });
      expect(await store.putIfAbsent(refused)).toEqual({ outcome: 'exists', stored: first });
      expect((await read()).orders.get(first.id)).toEqual(first);
    });

    it('commits an order of twenty products', async () => {
      const productIds = Array.from({ length: 20 }, (_, index) => `tea-number-${index}`);
      for (const id of productIds) await seed(offerOf({ id }));
      const decrements = productIds.map((productId) => ({ productId, units: 3, priceMinor: 1250 }));
      expect(await commit({ decrements })).toMatchObject({ outcome: 'committed' });
      const answer = await store.readForPlan([], productIds);
      expect(answer.outcome === 'read' && [...answer.offers.values()].map((offer) => offer.stock)).toEqual(
        productIds.map(() => 7),
      );
    });
  });
};
