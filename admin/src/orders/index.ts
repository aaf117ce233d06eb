import { lazy } from 'react';

/** Orders: listed by what an index serves, shown whole, moved through their states. */
export const orders = {
  name: 'orders',
  list: lazy(async () => ({ default: (await import('#orders/order-list.tsx')).OrderList })),
  show: lazy(async () => ({ default: (await import('#orders/order-show.tsx')).OrderShow })),
  recordRepresentation: 'number',
};
