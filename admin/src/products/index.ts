import { lazyPage } from '#lazy/lazy-page.tsx';

/** Products: made, edited against the version seen, archived. */
export const products = {
  name: 'products',
  list: lazyPage(async () => (await import('#products/product-list.tsx')).ProductList),
  create: lazyPage(async () => (await import('#products/product-create.tsx')).ProductCreate),
  edit: lazyPage(async () => (await import('#products/product-edit.tsx')).ProductEdit),
  recordRepresentation: 'name',
};
