import { lazyPage } from '#lazy/lazy-page.tsx';

/** Orders: listed by what an index serves, shown whole, moved through their states. */
export const orders = {
  name: 'orders',
  list: lazyPage(async () => (await import('#orders/order-list.tsx')).OrderList),
  show: lazyPage(async () => (await import('#orders/order-show.tsx')).OrderShow),
  recordRepresentation: 'number',
};
