import { itemSchemaNumber, type OfferItem, type StaffDeedItem, type StockEditItem } from '@penstock/domain/items';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ProductEdit, ProductStore } from '#product-store';
import { offerOf } from '#testing/drain-rows';

/** What every product store promises. `seed` puts an offer as it is; `ledger` reads the entries of a product. */
export type ProductStoreRoom = {
  readonly store: ProductStore;
  readonly seed: (offer: OfferItem) => Promise<void>;
  readonly ledger: (productId: string) => Promise<readonly StockEditItem[]>;
  readonly deeds: () => Promise<readonly StaffDeedItem[]>;
};

/** The product of the suite: a store that outlives a test is emptied of it. */
export const contractProductId = 'assam-second-flush';
const id = contractProductId;
export const contractDeedKey = `staff-act#product-edit#${contractProductId}`;

export const describeProductStoreContract = (name: string, open: () => Promise<ProductStoreRoom>): void => {
  describe(`product store: ${name}`, () => {
    let room: ProductStoreRoom;
    beforeEach(async () => {
      room = await open();
    });

    it('[E1] makes a product of two rows; its first rev is the one given, and a second one with its id is refused', async () => {
      const edit = creation({ firstRev: 1_763_892_000_000, stockDelta: 12 });
      expect(await room.store.write(edit)).toBe('written');
      expect(await room.store.write(edit)).toBe('exists');
      expect(await room.store.read(id)).toMatchObject({
        offer: { stock: 12, rev: 1_763_892_000_000, version: 1 },
        details: { description: 'Malty.' },
      });
    });

    it('[E1] raises the rev with every edit, of the details too, and checks the version alone', async () => {
      await room.seed(offerOf({ version: 3, rev: 100 }));
      expect(await room.store.write(update({ details: detailsOf('Malty.') }, 3))).toBe('written');
      expect(await room.store.read(id)).toMatchObject({
        offer: { version: 4, rev: 101 },
        details: { description: 'Malty.' },
      });
      expect(await room.store.write(update({ details: detailsOf('Lost.') }, 3))).toBe('version-moved');
      expect(await room.store.read(id)).toMatchObject({
        offer: { version: 4, rev: 101 },
        details: { description: 'Malty.' },
      });
    });

    it('[E2] moves the stock by a delta from what is stored, whatever was read', async () => {
      await room.seed(offerOf({ stock: 10 }));
      expect(await room.store.write(update({ stockDelta: 5, ledger: entryOf(5) }, 1))).toBe('written');
      expect(await room.store.read(id)).toMatchObject({ offer: { stock: 15 } });
      expect(await room.ledger(id)).toMatchObject([{ delta: 5, editId: 'edit-1' }]);
    });

    it('[E2] writes what was done with the edit, and nothing of an edit that was refused', async () => {
      await room.seed(offerOf());
      expect(await room.store.write(update({ deed: deedOf('edit-1') }, 1))).toBe('written');
      expect(await room.store.write(update({ deed: deedOf('edit-2') }, 1))).toBe('version-moved');
      expect(await room.deeds()).toEqual([deedOf('edit-1')]);
    });

    it('[E2] never lets the stock fall below zero: nothing is written, no entry in the ledger', async () => {
      await room.seed(offerOf({ stock: 2 }));
      expect(await room.store.write(update({ stockDelta: -3, ledger: entryOf(-3) }, 1))).toBe('stock-short');
      expect(await room.store.write(update({ stockDelta: -2, ledger: entryOf(-2) }, 1))).toBe('written');
      expect(await room.store.read(id)).toMatchObject({ offer: { stock: 0 } });
      expect(await room.ledger(id)).toMatchObject([{ delta: -2 }]);
    });

    it('reads several products, stock alone too, and leaves out those that do not exist', async () => {
      await room.seed(offerOf());
      expect([...(await room.store.readMany([id, 'no-such-thing'])).keys()]).toEqual([id]);
      expect((await room.store.readStock([id, 'no-such-thing'])).get(id)).toMatchObject({
        stock: 10,
        priceMinor: 1250,
      });
      expect(await room.store.read('no-such-thing')).toBeUndefined();
    });
  });
};

const detailsOf = (description: string) => ({
  id,
  part: 'details' as const,
  schema: itemSchemaNumber,
  description,
  images: [],
});

const entryOf = (delta: number): StockEditItem => ({
  pk: `stock-edit#${id}`,
  sk: `2025-11-23T10:00:00.000Z#edit-${Math.abs(delta)}`,
  schema: itemSchemaNumber,
  kind: 'stock-edit',
  productId: id,
  editId: 'edit-1',
  delta,
  reason: 'counted',
  staffName: 'Ada',
  at: '2025-11-23T10:00:00.000Z',
  correlationId: 'correlation-1',
});

const deedOf = (editId: string): StaffDeedItem => ({
  pk: contractDeedKey,
  sk: `2025-11-23T10:00:00.000Z#${editId}`,
  schema: itemSchemaNumber,
  kind: 'product-edit',
  about: id,
  changes: [{ field: 'name', from: 'Assam', to: 'Assam second flush' }],
  staffName: 'Ada',
  lastSeenAt: '2025-11-23T10:00:00.000Z',
  correlationId: 'correlation-1',
});

const withoutCounts = (overrides: Partial<OfferItem> = {}): ProductEdit['offer'] => {
  const { stock: _stock, rev: _rev, ...offer } = offerOf(overrides);
  return offer;
};

const creation = (overrides: Partial<ProductEdit>): ProductEdit => ({
  read: undefined,
  offer: withoutCounts(),
  details: detailsOf('Malty.'),
  stockDelta: 0,
  firstRev: 0,
  ledger: undefined,
  deed: undefined,
  ...overrides,
});

const update = (overrides: Partial<ProductEdit>, version: number): ProductEdit => ({
  ...creation(overrides),
  read: { version },
  offer: withoutCounts({ version: version + 1 }),
  details: overrides.details,
});
