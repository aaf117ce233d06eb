import { useMyOrders } from '#lib/orders/use-orders.ts';

/** How many products of a basket are in orders that are on their way or wait to be placed. */
export const useOnTheWay = (basketId: string | undefined): number =>
  useMyOrders()
    .filter((order) => order.basketId === basketId && (order.state === 'sending' || order.isWaiting))
    .reduce((sum, { lines }) => sum + lines.length, 0);
