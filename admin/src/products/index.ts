import { lazy } from 'react';

/** Products: made, edited against the version seen, archived. */
export const products = {
  name: 'products',
  list: lazy(async () => ({ default: (await import('#products/product-list.tsx')).ProductList })),
  create: lazy(async () => ({ default: (await import('#products/product-create.tsx')).ProductCreate })),
  edit: lazy(async () => ({ default: (await import('#products/product-edit.tsx')).ProductEdit })),
  recordRepresentation: 'name',
};
