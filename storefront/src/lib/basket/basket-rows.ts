import { addMoney, type Money, timesMoney } from '@penstock/domain/money';
import type { Product } from '@penstock/domain/product';
import type { BasketLine } from '#lib/basket/basket-store.ts';
import type { KnownProduct } from '#lib/products/use-products.ts';

/** A basket line with what is known of its product. */
export type BasketRow = BasketLine & {
  readonly product: Product | undefined;
  readonly name: string;
  readonly total: Money | undefined;
  /** What the shopper should know before ordering; undefined when all is well. */
  readonly hint: string | undefined;
};

export const rowsOf = (
  lines: readonly BasketLine[],
  products: ReadonlyMap<string, KnownProduct>,
): readonly BasketRow[] =>
  lines.map((line) => {
    const known = products.get(line.productId);
    const unavailable = line.unavailable || known?.gone === true;
    const product = known?.product;
    return {
      ...line,
      unavailable,
      product,
      name: product?.name ?? line.productId,
      total: product === undefined || unavailable ? undefined : timesMoney(product.price, line.quantity),
      hint: hintOf(line.quantity, unavailable, product),
    };
  });

/** The sum of what can be ordered; undefined until every price is known. */
export const sumOf = (rows: readonly BasketRow[]): Money | undefined => {
  const priced = rows.filter(({ unavailable }) => !unavailable);
  const totals = priced.flatMap(({ total }) => (total === undefined ? [] : [total]));
  const [first, ...rest] = totals;
  return first === undefined || totals.length < priced.length ? undefined : rest.reduce(addMoney, first);
};

const hintOf = (quantity: number, unavailable: boolean, product: Product | undefined): string | undefined => {
  if (unavailable) return 'No longer sold. It is not part of the order.';
  if (product === undefined) return undefined;
  const { available } = product.stock;
  if (available <= 0) return 'Sold out at the moment. An order with it would be refused.';
  return quantity > available ? `Only ${available} left. Take fewer, or the order would be refused.` : undefined;
};
