import { basketStateOf } from '@penstock/domain/views';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BasketStore } from '#basket-store';
import { basketOf } from '#testing/drain-rows';

/** What every BasketStore promises. */
export const describeBasketStoreContract = (name: string, make: () => Promise<BasketStore>): void => {
  describe(`BasketStore: ${name}`, () => {
    let store: BasketStore;
    beforeEach(async () => {
      store = await make();
    });

    it('answers absent for a basket that nothing was put into', async () => {
      expect(await store.read(basketOf().id)).toEqual({ outcome: 'absent' });
    });

    it('[C5] writes a new basket once, though two workers saw none', async () => {
      expect(await store.write(basketOf(), undefined)).toMatchObject({ outcome: 'written' });
      expect(await store.write(basketOf({ rev: 9 }), undefined)).toEqual({ outcome: 'lost' });
      expect(await store.read(basketOf().id)).toEqual({ outcome: 'found', row: basketOf() });
    });

    it('[C5] writes over the rev that was read and over no other', async () => {
      await store.write(basketOf(), undefined);
      const next = basketOf({ rev: 6, clear: '1763892000001.0.device-one' });
      expect(await store.write(next, 4)).toEqual({ outcome: 'lost' });
      expect(await store.write(next, 5)).toMatchObject({ outcome: 'written' });
      expect(await store.write(next, 5)).toEqual({ outcome: 'lost' });
      expect(await store.read(basketOf().id)).toEqual({ outcome: 'found', row: next });
    });

    it('[T10] keeps a line called like a member of every object, beside the others', async () => {
      const line = { quantity: 3, stamp: '1763892000001.0.device-one' };
      const odd = basketOf({ lines: { ...basketOf().lines, constructor: line, 'to-string': line } });
      expect(await store.write(odd, undefined)).toMatchObject({ outcome: 'written' });
      const read = await store.read(odd.id);
      expect(read.outcome === 'found' ? basketStateOf(read.row).lines : undefined).toEqual(basketStateOf(odd).lines);
      expect(await store.write({ ...odd, rev: 6 }, 5)).toMatchObject({ outcome: 'written' });
    });

    it('[C7] reads a row past its TTL while it is there', async () => {
      const expired = basketOf({ expiresAt: 1 });
      await store.write(expired, undefined);
      expect(await store.read(expired.id)).toEqual({ outcome: 'found', row: expired });
    });
  });
};
