import type { OfferItem, OrderItem } from '@penstock/domain/items';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MoveStore } from '#move-store';
import { offerOf, orderOf } from '#testing/drain-rows';

/** A store on tables that hold these rows, and a way to look at an offer. */
export type MoveStoreRoom = {
  readonly store: MoveStore;
  readonly offer: (id: string) => Promise<OfferItem | undefined>;
};

const at = '2025-11-23T11:00:00.000Z';
const placed = orderOf();
const assam = offerOf({ archived: true });

/** What every MoveStore promises. */
export const describeMoveStoreContract = (
  name: string,
  make: (orders: readonly OrderItem[], offers: readonly OfferItem[]) => Promise<MoveStoreRoom>,
): void => {
  describe(`MoveStore: ${name}`, () => {
    let store: MoveStore;
    let offer: MoveStoreRoom['offer'];
    beforeEach(async () => {
      ({ store, offer } = await make([placed], [assam]));
    });
    const stored = async (): Promise<OrderItem | undefined> => {
      const answer = await store.read(placed.id);
      return answer.outcome === 'found' ? answer.row : undefined;
    };
    const packed = { status: 'packed', at, moveId: 'move-1', by: 'staff' } as const;
    const cancelled = { ...packed, status: 'cancelled', moveId: 'move-2' } as const;

    it('tells an absent order from a stored one', async () => {
      expect(await store.read(placed.id)).toEqual({ outcome: 'found', row: placed });
      expect(await store.read('01hv3k9zq7c2x5t8w4n6m0p1zz')).toEqual({ outcome: 'absent' });
    });

    it('[E3] writes the status, the move in the history, and the key of the open index', async () => {
      const move = { read: placed, entry: packed, openShard: 'packed#0', returns: [] };
      expect(await store.apply(move)).toMatchObject({ outcome: 'written' });
      expect(await stored()).toEqual({
        ...placed,
        status: 'packed',
        rev: 2,
        history: [...placed.history, packed],
        openShard: 'packed#0',
      });
    });

    it('[E3] returns stock in the transaction of the cancellation, of an archived product too', async () => {
      const returns = [{ productId: assam.id, units: 2 }];
      const answer = await store.apply({ read: placed, entry: cancelled, openShard: undefined, returns });
      expect(answer).toMatchObject({ outcome: 'written' });
      expect(await stored()).toMatchObject({ status: 'cancelled', rev: 2 });
      expect(await stored()).not.toHaveProperty('openShard');
      expect(await offer(assam.id)).toEqual({ ...assam, stock: 12, rev: 101, updatedAt: at });
    });

    it('[E3] writes nothing of a move whose order has changed', async () => {
      const returns = [{ productId: assam.id, units: 2 }];
      for (const read of [
        { ...placed, rev: 9 },
        { ...placed, status: 'packed' as const },
      ])
        expect(await store.apply({ read, entry: cancelled, openShard: undefined, returns })).toEqual({
          outcome: 'lost',
          missing: [],
        });
      expect(await stored()).toEqual(placed);
      expect(await offer(assam.id)).toEqual(assam);
    });

    it('names the products that do not exist and writes nothing', async () => {
      const returns = [
        { productId: assam.id, units: 2 },
        { productId: 'gone-tea', units: 1 },
      ];
      expect(await store.apply({ read: placed, entry: cancelled, openShard: undefined, returns })).toEqual({
        outcome: 'lost',
        missing: ['gone-tea'],
      });
      expect(await offer(assam.id)).toEqual(assam);
    });

    it('[E3] writes a refusal with rev + 1 and leaves the status', async () => {
      const refusedMove = { status: 'shipped', reason: 'The order is placed.', at, moveId: 'move-3' } as const;
      const refusal = { read: placed, refusedMove, refusedMoveIds: ['move-3'] };
      expect(await store.refuse(refusal)).toMatchObject({ outcome: 'written' });
      expect(await stored()).toEqual({ ...placed, rev: 2, refusedMove, refusedMoveIds: ['move-3'] });
      expect(await store.refuse(refusal)).toEqual({ outcome: 'lost', missing: [] });
    });
  });
};
