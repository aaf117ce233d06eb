import { useEffect } from 'react';
import { type BasketRow, rowsOf } from '#lib/basket/basket-rows.ts';
import { useBasket } from '#lib/basket/use-basket.ts';
import { useProducts } from '#lib/products/use-products.ts';
import { useServices } from '#lib/services.ts';

/** The basket with names, prices and stock, live. The prices that it shows are noted: the shopper has seen them. */
export const useBasketRows = (): readonly BasketRow[] => {
  const { basket } = useServices();
  const { lines } = useBasket();
  const rows = rowsOf(lines, useProducts(lines.map(({ productId }) => productId)));
  useEffect(() => {
    const shown = rows.flatMap(({ productId, product, seen }) =>
      product === undefined || isNoted(product.price.amountMinor, seen?.agreed.amountMinor)
        ? []
        : [{ productId, price: product.price }],
    );
    basket.notePrices('shown', shown);
  });
  return rows;
};

const isNoted = (price: number, agreed: number | undefined): boolean => agreed !== undefined && agreed <= price;
