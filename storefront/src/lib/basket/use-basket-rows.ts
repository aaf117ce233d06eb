import { type BasketRow, rowsOf } from '#lib/basket/basket-rows.ts';
import { useBasket } from '#lib/basket/use-basket.ts';
import { useProducts } from '#lib/products/use-products.ts';

/** The basket with names, prices and stock, live. */
export const useBasketRows = (): readonly BasketRow[] => {
  const { lines } = useBasket();
  return rowsOf(lines, useProducts(lines.map(({ productId }) => productId)));
};
