import { lazyPage } from '#lazy/lazy-page.tsx';

/** Baskets: what shoppers hold now. A clear is an op like any other. */
export const baskets = {
  name: 'baskets',
  list: lazyPage(async () => (await import('#baskets/basket-list.tsx')).BasketList),
  show: lazyPage(async () => (await import('#baskets/basket-show.tsx')).BasketShow),
  recordRepresentation: 'id',
};
