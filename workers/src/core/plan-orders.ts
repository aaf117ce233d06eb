import type { OfferItem, OrderItem } from '@penstock/domain/items';
import type { PlaceOrderMessage } from '@penstock/domain/messages';
import type { ShortLine } from '@penstock/domain/order';
import { placedRow, type Refusal, refusedRow } from '@penstock/domain/order-row';

/** Actions and bytes of one transaction (AWS). A lone order of 20 products always fits. */
export const planLimits: PlanLimits = { actionsMax: 100, bytesMax: 4_000_000 };

export type PlanLimits = {
  readonly actionsMax: number;
  readonly bytesMax: number;
  /** WCU that a plan may charge the tables: half a second of their whole capacity (D3). Absent: on-demand, or not known. */
  readonly unitsMax?: { readonly orders?: number | undefined; readonly products?: number | undefined };
};
/** What a transaction charges: two units for each begun KB of an item; an offer is below 1 KB (E1). */
const unitsPerKb = 2;

/** Units of one product over all orders of a plan, at the price that was read: the decrement conditions on both (D3, D1). */
type Decrement = { readonly productId: string; readonly units: number; readonly priceMinor: number };

/** What is to become of some orders, judged against what was read. Every order is in exactly one of the three. */
export type Planned = {
  /** What commits together, and when it was planned (ISO 8601). */
  readonly plan: {
    readonly orders: readonly OrderItem[];
    readonly decrements: readonly Decrement[];
    readonly at: string;
  };
  /** Rows to put one by one: what was read is alone the evidence for the refusal (D4). */
  readonly refused: readonly OrderItem[];
  /** Lost to others of this plan, or found no room in it: to be judged again on a fresh read, after the commit. */
  readonly waiting: readonly string[];
};

/**
 * Plans orders in the order in which they arrived against the stock just read (D3). An order whose wants exceed the
 * stock itself is refused (D4), one that merely exceeds what others of the plan leave waits.
 *
 * @param offers of all their products; one that is not there does not exist
 * @param at ISO 8601, the time of the rows
 */
export const planOrders = (
  messages: readonly PlaceOrderMessage[],
  offers: ReadonlyMap<string, OfferItem>,
  at: string,
  limits: PlanLimits = planLimits,
): Planned => {
  const taken = new Map<string, number>();
  const placed: OrderItem[] = [];
  const refused: OrderItem[] = [];
  const waiting: string[] = [];
  let bytes = 0;
  let orderUnits = 0;
  let isFull = false;
  const { orders: orderUnitsMax = Number.POSITIVE_INFINITY, products: productUnitsMax = Number.POSITIVE_INFINITY } =
    limits.unitsMax ?? {};
  for (const message of messages) {
    const wanted = wantedUnits(message);
    const refusal = refusalOf(message, wanted, offers);
    if (refusal !== undefined) {
      refused.push(refusedRow(message, refusal, offers, at));
      continue;
    }
    const row = placedRow(message, offers, at);
    const rowBytes = bytesOf(row);
    const rowUnits = unitsPerKb * Math.ceil(rowBytes / 1024);
    const products = new Set([...taken.keys(), ...wanted.keys()]).size;
    const isTooMuch =
      placed.length + 1 + products > limits.actionsMax ||
      bytes + rowBytes > limits.bytesMax ||
      orderUnits + rowUnits > orderUnitsMax ||
      unitsPerKb * products > productUnitsMax;
    // Nobody overtakes an order that found no room: those behind it would take its stock.
    isFull ||= placed.length > 0 && isTooMuch;
    if (isFull || !isLeft(wanted, taken, offers)) {
      waiting.push(message.orderId);
      continue;
    }
    placed.push(row);
    bytes += rowBytes;
    orderUnits += rowUnits;
    for (const [productId, units] of wanted) taken.set(productId, (taken.get(productId) ?? 0) + units);
  }
  return { plan: { orders: placed, decrements: decrementsOf(taken, offers), at }, refused, waiting };
};

const wantedUnits = (message: PlaceOrderMessage): ReadonlyMap<string, number> => {
  const wanted = new Map<string, number>();
  for (const { productId, quantity } of message.lines) wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
  return wanted;
};

/** Why an order cannot be placed whatever the others do: all or nothing, every short or unknown line named (D1). */
const refusalOf = (
  message: PlaceOrderMessage,
  wanted: ReadonlyMap<string, number>,
  offers: ReadonlyMap<string, OfferItem>,
): Refusal | undefined => {
  const available = (productId: string): number => soldOffer(offers, productId)?.stock ?? 0;
  const shortLines: readonly ShortLine[] = [...wanted]
    .filter(([productId, units]) => available(productId) < units)
    .map(([productId, units]) => ({ productId, wanted: units, available: available(productId) }));
  if ([...wanted.keys()].some((productId) => soldOffer(offers, productId) === undefined))
    return { reason: 'unknown-product', shortLines };
  if (shortLines.length > 0) return { reason: 'out-of-stock', shortLines };
  const isDearer = message.lines.some(({ productId, unitPrice }) => {
    const offer = soldOffer(offers, productId);
    return offer?.currency !== unitPrice.currency || offer.priceMinor > unitPrice.amountMinor;
  });
  return isDearer ? { reason: 'price-changed' } : undefined;
};

const soldOffer = (offers: ReadonlyMap<string, OfferItem>, productId: string): OfferItem | undefined => {
  const offer = offers.get(productId);
  return offer === undefined || offer.archived ? undefined : offer;
};

const isLeft = (
  wanted: ReadonlyMap<string, number>,
  taken: ReadonlyMap<string, number>,
  offers: ReadonlyMap<string, OfferItem>,
): boolean =>
  [...wanted].every(([productId, units]) => (offers.get(productId)?.stock ?? 0) - (taken.get(productId) ?? 0) >= units);

const decrementsOf = (
  taken: ReadonlyMap<string, number>,
  offers: ReadonlyMap<string, OfferItem>,
): readonly Decrement[] =>
  [...taken].map(([productId, units]) => ({ productId, units, priceMinor: offers.get(productId)?.priceMinor ?? 0 }));

const bytesOf = (row: OrderItem): number => Buffer.byteLength(JSON.stringify(row));
