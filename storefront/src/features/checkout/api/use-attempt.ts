import { useEffect, useRef } from 'react';
import type { Attempt } from '#lib/orders/order-book.ts';
import { useOrderBook } from '#lib/orders/use-orders.ts';

/**
 * The order that is being sent from this basket, by whichever tab, or the last one that was turned down.
 * `onAccepted` hears of one that this page saw being sent.
 */
export const useAttempt = (
  basketId: string | undefined,
  onAccepted: (attempt: Attempt) => void,
): Attempt | undefined => {
  const { attempts } = useOrderBook();
  const seen = useRef(new Set<string>());
  const own = attempts.filter((attempt) => attempt.basketId === basketId);
  useEffect(() => {
    for (const attempt of own) {
      if (attempt.state === 'sending') seen.current.add(attempt.begunId);
      else if (seen.current.delete(attempt.begunId) && attempt.state === 'accepted') onAccepted(attempt);
    }
  });
  return own.findLast(({ state }) => state !== 'accepted');
};
