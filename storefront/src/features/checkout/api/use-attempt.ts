import { useEffect, useRef } from 'react';
import type { MyOrder } from '#lib/orders/my-orders.ts';
import type { Attempt } from '#lib/orders/order-book.ts';
import { useMyOrders, useOrderBook } from '#lib/orders/use-orders.ts';

/**
 * The order that is being sent from this basket, by whichever tab, or the last one that was turned down.
 * `onAccepted` hears of one that this page saw being sent.
 */
export const useAttempt = (
  basketId: string | undefined,
  onAccepted: (attempt: Attempt) => void,
): { readonly sending: MyOrder | undefined; readonly turnedDown: MyOrder | undefined } => {
  const { attempts } = useOrderBook();
  const mine = useMyOrders();
  const seen = useRef(new Set<string>());
  useEffect(() => {
    for (const attempt of attempts) {
      if (attempt.basketId !== basketId) continue;
      if (attempt.state === 'sending') seen.current.add(attempt.begunId);
      else if (seen.current.delete(attempt.begunId) && attempt.state === 'accepted') onAccepted(attempt);
    }
  });
  const own = mine.filter((order) => order.basketId === basketId);
  return {
    sending: own.find(({ state }) => state === 'sending'),
    turnedDown: own.find(({ state }) => state === 'turned-down'),
  };
};
