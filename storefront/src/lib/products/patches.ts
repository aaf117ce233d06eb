import type { Product } from '@penstock/domain/product';

/** What a frame of topic `catalogue` says of a product (contract, section 4). */
export type ProductPatch = Pick<Product, 'id' | 'rev' | 'price' | 'stock'>;

/** The changes in a frame's data; a frame of another shape has none. */
export const patchesIn = (data: unknown): readonly ProductPatch[] => {
  if (typeof data !== 'object' || data === null || !('changed' in data) || !Array.isArray(data.changed)) return [];
  return data.changed as readonly ProductPatch[];
};

/** A product with a newer price and stock; the very same object when the patch is not newer. */
export const patchProduct = <P extends ProductPatch>(product: P, patch: ProductPatch | undefined): P =>
  patch === undefined || patch.id !== product.id || patch.rev <= product.rev
    ? product
    : { ...product, rev: patch.rev, price: patch.price, stock: patch.stock };
