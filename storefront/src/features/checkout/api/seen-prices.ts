import type { Money } from '@penstock/domain/money';
import { useState } from 'react';
import type { BasketRow } from '#lib/basket/basket-rows.ts';

/** A price that rose while the page was open. */
export type RisenPrice = { readonly row: BasketRow; readonly from: Money; readonly to: Money };
type Seen = Readonly<Record<string, Money>>;

/**
 * The prices that the shopper has seen. A lower price counts at once; a higher one must be accepted, because the order
 * is placed at the price seen and a price above it would refuse the order (D1).
 */
export const useSeenPrices = (rows: readonly BasketRow[]) => {
  const [seen, setSeen] = useState<Seen>({});
  const missing = rows.filter(
    ({ productId, product }) => product !== undefined && isNews(seen[productId], product.price),
  );
  // Adjusting state while rendering, as React documents it: the first price that the page shows is the price seen.
  if (missing.length > 0) setSeen({ ...seen, ...pricesOf(missing) });
  const risen = rows.flatMap((row): readonly RisenPrice[] => {
    const [from, to] = [seen[row.productId], row.product?.price];
    return from !== undefined && to !== undefined && to.amountMinor > from.amountMinor ? [{ row, from, to }] : [];
  });
  return {
    risen,
    priceSeen: (row: BasketRow): Money | undefined => seen[row.productId],
    accept: (): void => setSeen({ ...seen, ...pricesOf(risen.map(({ row }) => row)) }),
  };
};

const isNews = (seen: Money | undefined, price: Money): boolean =>
  seen === undefined || price.amountMinor < seen.amountMinor || price.currency !== seen.currency;

const pricesOf = (rows: readonly BasketRow[]): Seen =>
  Object.fromEntries(
    rows.flatMap(({ productId, product }) => (product === undefined ? [] : [[productId, product.price]])),
  );
