import { orderNumberOf } from '#ids';
import { itemSchemaNumber, type OfferItem, type OrderItem } from '#items';
import type { PlaceOrderMessage } from '#messages';
import type { ShortLine } from '#order';
import { isOpen, type RejectionReason, type StoredStatus } from '#order-states';
import { packStamp } from '#stamps';
import { shardOf } from '#topics';

/** Shards of the indexes `recent` and `open` (docs/data.md). */
export const orderShards = 4;

export type Refusal = { readonly reason: RejectionReason; readonly shortLines?: readonly ShortLine[] };
type Offers = ReadonlyMap<string, OfferItem>;

/** The row of an order that is placed: at today's price, which is never above the one seen (D1). */
export const placedRow = (message: PlaceOrderMessage, offers: Offers, at: string): OrderItem =>
  rowOf(message, 'placed', offers, at, (line) => offers.get(line.productId)?.priceMinor ?? line.unitPrice.amountMinor);

/**
 * The row of an order that is refused: at the price that its shopper saw. It can always be stored, or an order that no table
 * holds could not even be refused: a total beyond all numbers is the largest one, which nobody is to pay.
 */
export const refusedRow = (message: PlaceOrderMessage, refusal: Refusal, offers: Offers, at: string): OrderItem => {
  const row = rowOf(message, 'rejected', offers, at, (line) => line.unitPrice.amountMinor);
  return wellFormed({
    ...row,
    totalMinor: Math.min(row.totalMinor, Number.MAX_SAFE_INTEGER),
    reason: refusal.reason,
    ...(refusal.shortLines === undefined ? {} : { shortLines: [...refusal.shortLines] }),
  });
};

/** Half a character, which tables refuse, becomes U+FFFD. */
const wellFormed = (row: OrderItem): OrderItem => JSON.parse(JSON.stringify(row, wellFormedText)) as OrderItem;
const wellFormedText = (_name: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value;

/** The key of the sparse index `open`; undefined once nobody has to act on the order. */
export const openShardOf = (orderId: string, status: StoredStatus): string | undefined =>
  isOpen(status) ? `${status}#${shardOf(orderId, orderShards)}` : undefined;

const rowOf = (
  message: PlaceOrderMessage,
  status: 'placed' | 'rejected',
  offers: Offers,
  at: string,
  priceOf: (line: PlaceOrderMessage['lines'][number]) => number,
): OrderItem => {
  const { orderId: id, bodyHash, basketId, contact, address, acceptedAt, correlationId, emailHash } = message;
  const lines = message.lines.map((line) => {
    const name = offers.get(line.productId)?.name;
    return {
      productId: line.productId,
      ...(name === undefined ? {} : { name }),
      quantity: line.quantity,
      priceMinor: priceOf(line),
      ...(line.stamp === undefined ? {} : { stamp: packStamp(line.stamp) }),
    };
  });
  const openShard = openShardOf(id, status);
  return {
    id,
    schema: itemSchemaNumber,
    number: orderNumberOf(id),
    // From 1 and + 1 a write: an order's row is never deleted, so no page can have seen a higher one (E1 needs more).
    rev: 1,
    bodyHash,
    basketId,
    status,
    lines,
    totalMinor: lines.reduce((sum, line) => sum + line.quantity * line.priceMinor, 0),
    currency: message.lines[0]?.unitPrice.currency ?? '',
    contact,
    address,
    acceptedAt,
    placedAt: at,
    history: [{ status, at }],
    correlationId,
    recentShard: String(shardOf(id, orderShards)),
    recentAt: `${at}#${id}`,
    ...(openShard === undefined ? {} : { openShard }),
    emailHash,
  };
};
