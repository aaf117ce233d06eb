import { hexOf, type Sha256, utf8 } from '#ids';
import { limits } from '#limits';
import type { OrderLine, PlaceOrder } from '#order';
import { packStamp } from '#stamps';

/** A line that cannot be merged with an earlier one of the same product (A1). */
export type LineConflict = { readonly index: number; readonly reason: 'price-differs' | 'stamp-differs' | 'too-many' };

/**
 * Merges lines of one product when price and stamp agree and the sum is at most 99; else names the line that cannot be
 * merged (A1).
 */
export const mergeOrderLines = (
  lines: readonly OrderLine[],
):
  | { readonly ok: true; readonly lines: readonly OrderLine[] }
  | { readonly ok: false; readonly conflict: LineConflict } => {
  const merged = new Map<string, OrderLine>();
  for (const [index, line] of lines.entries()) {
    const earlier = merged.get(line.productId);
    if (earlier === undefined) {
      merged.set(line.productId, line);
      continue;
    }
    const reason = conflictOf(earlier, line);
    if (reason !== undefined) return { ok: false, conflict: { index, reason } };
    merged.set(line.productId, { ...earlier, quantity: earlier.quantity + line.quantity });
  }
  return { ok: true, lines: [...merged.values()] };
};

/**
 * SHA-256 in hex over a fixed, canonical list of an order's fields (A2). It is computed once, at accept, and travels in
 * the message: re-serialising JSON after a deploy would give another hash. A new field goes at the end, and only when
 * it is present, so that old bodies keep their hash.
 */
export const orderBodyHash = async (sha256: Sha256, body: PlaceOrder): Promise<string> => {
  const fields = [
    body.basketId,
    body.lines.map((line) => [
      line.productId,
      line.quantity,
      line.unitPrice.amountMinor,
      line.unitPrice.currency,
      line.stamp === undefined ? '' : packStamp(line.stamp),
    ]),
    body.contact.name,
    body.contact.email,
    body.address.line1,
    body.address.line2 ?? '',
    body.address.city,
    body.address.postcode,
    body.address.country,
  ];
  return hexOf(await sha256(utf8(JSON.stringify(fields))));
};

const conflictOf = (earlier: OrderLine, line: OrderLine): LineConflict['reason'] | undefined => {
  const { amountMinor, currency } = earlier.unitPrice;
  if (amountMinor !== line.unitPrice.amountMinor || currency !== line.unitPrice.currency) return 'price-differs';
  if (stampText(earlier) !== stampText(line)) return 'stamp-differs';
  return earlier.quantity + line.quantity > limits.lineQuantityMax ? 'too-many' : undefined;
};

const stampText = (line: OrderLine): string => (line.stamp === undefined ? '' : packStamp(line.stamp));
