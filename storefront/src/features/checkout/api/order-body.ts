import type { PlaceOrder } from '@penstock/domain/order';
import type { CheckoutValues } from '#features/checkout/api/checkout-fields.ts';
import { type BasketRow, priceToOrder } from '#lib/basket/basket-rows.ts';

type Parts = Pick<PlaceOrder, 'contact' | 'address'>;

/** What was typed as the API takes it: trimmed, an empty second line left out. */
export const contactAndAddress = (values: CheckoutValues): Parts => {
  const line2 = values.line2.trim();
  return {
    contact: { name: values.name.trim(), email: values.email.trim() },
    address: {
      line1: values.line1.trim(),
      ...(line2 === '' ? {} : { line2 }),
      city: values.city.trim(),
      postcode: values.postcode.trim(),
      country: values.country,
    },
  };
};

/**
 * The order: every line that is still sold, at the price that the shopper has seen and accepted (D1), with the basket
 * line's stamp, so that the order takes away that line and no later edit (C9).
 */
export const orderBodyOf = (basketId: string, rows: readonly BasketRow[], values: CheckoutValues): PlaceOrder => ({
  basketId,
  lines: rows.flatMap((row) => {
    const unitPrice = priceToOrder(row);
    if (row.unavailable || unitPrice === undefined) return [];
    return [{ productId: row.productId, quantity: row.quantity, unitPrice, stamp: row.stamp }];
  }),
  ...contactAndAddress(values),
});
