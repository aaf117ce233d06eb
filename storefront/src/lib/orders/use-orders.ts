import { useSyncExternalStore } from 'react';
import type { MyOrder } from '#lib/orders/my-orders.ts';
import type { OrderBook } from '#lib/orders/order-book.ts';
import { useServices } from '#lib/services.ts';

/** The orders that this browser has begun. */
export const useOrderBook = (): OrderBook => {
  const { orders } = useServices();
  return useSyncExternalStore(orders.subscribe, orders.current);
};

/** All orders of this browser, whatever has become of them. */
export const useMyOrders = (): readonly MyOrder[] => {
  const { orders } = useServices();
  return useSyncExternalStore(orders.subscribe, orders.mine);
};
