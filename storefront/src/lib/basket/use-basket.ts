import { useSyncExternalStore } from 'react';
import type { BasketSnapshot } from '#lib/basket/basket-store.ts';
import { useServices } from '#lib/services.ts';

/** The basket as it is now, with this browser's edits on top. */
export const useBasket = (): BasketSnapshot => {
  const { basket } = useServices();
  return useSyncExternalStore(basket.subscribe, basket.current);
};
