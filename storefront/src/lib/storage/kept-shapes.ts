import { basketIdPattern, orderIdPattern, productIdPattern } from '@penstock/domain/ids';
import { limits } from '@penstock/domain/limits';
import { listOf, optional, type Read, shape, text, whole } from '#lib/storage/shape.ts';

/** Shapes of the shop's values as a browser keeps them. */
export const basketId = text(basketIdPattern);
export const orderId = text(orderIdPattern);
export const productId = text(productIdPattern);
export const time = text(/^\d{4}-\d\d-\d\dT[\d:.]{5,15}Z$/);
export const money = shape({ amountMinor: whole(), currency: text(/^[A-Z]{3}$/) });
export const stamp = shape({
  wallMs: whole(0, 9_999_999_999_999),
  counter: whole(0, 999_999_999),
  device: text(/^[A-Za-z0-9_-]{1,32}(~order)?$/),
});

/** A receipt: printable, because it travels in a header. */
export const receiptText = text(/^[A-Za-z0-9._-]{8,400}$/);

/** A line that was ordered. Name and price are what the shopper saw. */
const orderedLine = shape({
  productId,
  quantity: whole(1, limits.lineQuantityMax),
  stamp: optional(stamp),
  name: optional(text()),
  unitPrice: optional(money),
});
export type OrderedLine = Read<typeof orderedLine>;
export const orderedLines = listOf(orderedLine, limits.orderLinesMax);

export const contact = shape({ name: text(), email: text() });
export const address = shape({
  line1: text(),
  line2: optional(text()),
  city: text(),
  postcode: text(),
  country: text(/^[A-Z]{2}$/),
});
