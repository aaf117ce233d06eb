import type { DetailsItem, StaffDeedItem, StockEditItem } from '@penstock/domain/items';
import type { ProductStore, StoredProduct } from '#product-store';
import type { MemoryTables } from '#testing/memory-tables';

/** Products in memory, beside the drains' tables: sales and edits meet on the same offers. */
export type ProductTables = Pick<MemoryTables, 'offers'> & {
  readonly details: Map<string, DetailsItem>;
  readonly ledger: StockEditItem[];
  readonly deeds?: StaffDeedItem[];
};

/** The product store in memory, with the conditions of the real one. */
export const makeMemoryProductStore = (tables: ProductTables): ProductStore => {
  const find = (id: string): StoredProduct | undefined => {
    const offer = tables.offers.get(id);
    return offer === undefined ? undefined : { offer, details: tables.details.get(id) };
  };
  const found = <Row>(ids: readonly string[], rowOf: (id: string) => Row | undefined): ReadonlyMap<string, Row> =>
    new Map(
      ids.flatMap((id) => {
        const row = rowOf(id);
        return row === undefined ? [] : [[id, row] as const];
      }),
    );
  return {
    read: async (id) => find(id),
    readMany: async (ids) => found(ids, find),
    readStock: async (ids) => found(ids, (id) => tables.offers.get(id)),
    write: async ({ read, offer, details, stockDelta, firstRev, ledger, deed }) => {
      const stored = tables.offers.get(offer.id);
      if (read === undefined && stored !== undefined) return 'exists';
      if (read !== undefined && stored?.version !== read.version) return 'version-moved';
      if (stored !== undefined && stored.stock < Math.max(0, -stockDelta)) return 'stock-short';
      tables.offers.set(
        offer.id,
        stored === undefined
          ? { ...offer, stock: stockDelta, rev: firstRev }
          : { ...offer, stock: stored.stock + stockDelta, rev: stored.rev + 1 },
      );
      if (details !== undefined) tables.details.set(offer.id, details);
      if (ledger !== undefined) tables.ledger.push(ledger);
      if (deed !== undefined) tables.deeds?.push(deed);
      return 'written';
    },
  };
};
