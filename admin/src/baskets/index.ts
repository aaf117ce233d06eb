import { lazy } from 'react';

/** Baskets: what shoppers hold now. A clear is an op like any other. */
export const baskets = {
  name: 'baskets',
  list: lazy(async () => ({ default: (await import('#baskets/basket-list.tsx')).BasketList })),
  show: lazy(async () => ({ default: (await import('#baskets/basket-show.tsx')).BasketShow })),
  recordRepresentation: 'id',
};
