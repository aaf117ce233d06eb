import { addMoney, type Money, timesMoney } from '@penstock/domain/money';
import type { Product } from '@penstock/domain/product';
import type { BasketLine } from '#lib/basket/basket-store.ts';
import { isRisen } from '#lib/basket/seen-prices.ts';
import { leftWords } from '#lib/basket/shortages.ts';
import type { KnownProduct } from '#lib/products/use-products.ts';

/** A basket line with what is known of its product. */
export type BasketRow = BasketLine & {
  readonly product: Product | undefined;
  readonly name: string;
  readonly total: Money | undefined;
  /** What the shopper should know before ordering; undefined when all is well. */
  readonly hint: string | undefined;
  /** Why nothing is known of the product, when asking failed. */
  readonly error: Error | null;
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
      error: known?.gone === true ? null : (known?.error ?? null),
    };
  });

/** The price of a line when it was put in, if it is another one now. */
export const formerPrice = ({ product, seen }: BasketRow): Money | undefined =>
  product === undefined || seen === undefined || seen.putIn.amountMinor === product.price.amountMinor
    ? undefined
    : seen.putIn;

/** A price above the one that the shopper has agreed to. */
export type RisenPrice = { readonly row: BasketRow; readonly from: Money; readonly to: Money };

export const risenIn = (rows: readonly BasketRow[]): readonly RisenPrice[] =>
  rows.flatMap((row) =>
    !row.unavailable &&
    row.product !== undefined &&
    row.seen !== undefined &&
    isRisen(row.product.price, row.seen.agreed)
      ? [{ row, from: row.seen.agreed, to: row.product.price }]
      : [],
  );

/** The price at which a line is ordered: what the page shows, never above what the shopper has agreed to (D1). */
export const priceToOrder = ({ product, seen }: BasketRow): Money | undefined =>
  product !== undefined && seen !== undefined && isRisen(product.price, seen.agreed) ? seen.agreed : product?.price;

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
  return quantity > available ? leftWords(available) : undefined;
};
