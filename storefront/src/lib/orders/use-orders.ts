import { useSyncExternalStore } from 'react';
import type { OrderBook } from '#lib/orders/order-book.ts';
import { useServices } from '#lib/services.ts';

/** The orders that this browser has begun. */
export const useOrderBook = (): OrderBook => {
  const { orders } = useServices();
  return useSyncExternalStore(orders.subscribe, orders.current);
};
