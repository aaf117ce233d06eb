import type { Finding, Stored, StoredOrder } from '#audit/stored';
import { isAccepted, type OrderReceipt } from '#receipts';

export type OrderAudit = {
  readonly accepted: number;
  readonly placed: number;
  readonly rejected: number;
  readonly held: number;
  readonly mismatched: number;
  readonly lost: readonly Finding[];
  readonly doubled: readonly Finding[];
  readonly wronglyRefused: readonly Finding[];
};

/**
 * Every order receipt against the rows. Lost: accepted, and neither a row nor a dead letter. Doubled: one key of one
 * basket became two orders, or one id two rows. A receipt of another body (payload-mismatch) is final and counted apart.
 */
export const auditOrders = (
  receipts: readonly OrderReceipt[],
  stored: Stored,
  held: ReadonlySet<string>,
): OrderAudit => {
  const rows = new Map(stored.orders.map((order) => [order.id, order]));
  const accepted = new Map<string, OrderReceipt>();
  const idsOfKey = new Map<string, Set<string>>();
  for (const receipt of receipts) {
    if (!isAccepted(receipt) || receipt.id === undefined) continue;
    accepted.set(receipt.id, receipt);
    const key = `${receipt.basketId} ${receipt.key}`;
    idsOfKey.set(key, (idsOfKey.get(key) ?? new Set()).add(receipt.id));
  }
  const mismatched = [...accepted.values()].filter((receipt) => isOtherBody(receipt, rows.get(receipt.id ?? '')));
  const own = [...accepted.keys()].filter((id) => !mismatched.some((receipt) => receipt.id === id));
  return {
    accepted: accepted.size,
    placed: own.filter((id) => (rows.get(id)?.status ?? 'rejected') !== 'rejected').length,
    rejected: own.filter((id) => rows.get(id)?.status === 'rejected').length,
    held: own.filter((id) => !rows.has(id) && held.has(id)).length,
    mismatched: mismatched.length,
    lost: own
      .filter((id) => !rows.has(id) && !held.has(id))
      .map((id) => ({ id, says: `order ${id} was accepted and has neither a row nor a dead letter` })),
    doubled: [...doubledKeys(idsOfKey), ...doubledRows(stored.orders)],
    wronglyRefused: stored.orders.flatMap((order) => wrongRefusal(order, accepted.get(order.id), stored)),
  };
};

const bodyHashOf = (receipt: string | undefined): string | undefined => receipt?.split('.')[4];

const isOtherBody = ({ receipt }: OrderReceipt, row: StoredOrder | undefined): boolean => {
  const hash = bodyHashOf(receipt);
  return row !== undefined && hash !== undefined && hash !== row.bodyHash;
};

const doubledKeys = (idsOfKey: ReadonlyMap<string, ReadonlySet<string>>): readonly Finding[] =>
  [...idsOfKey.values()]
    .filter((ids) => ids.size > 1)
    .map((ids) => ({ id: [...ids].join(','), says: `one key became ${ids.size} orders: ${[...ids].join(', ')}` }));

const doubledRows = (orders: readonly StoredOrder[]): readonly Finding[] => {
  const seen = new Set<string>();
  return orders.flatMap(({ id }) => {
    if (seen.has(id)) return [{ id, says: `order ${id} is stored twice` }];
    seen.add(id);
    return [];
  });
};

/**
 * A refusal without its reason (D1, D4): short of a product of which enough stayed unsold to the end, although nothing
 * was put back after the refusal; a price that never was above the one seen; a product that was there all the time.
 */
const wrongRefusal = (order: StoredOrder, receipt: OrderReceipt | undefined, stored: Stored): readonly Finding[] => {
  if (order.status !== 'rejected') return [];
  const says = why(order, receipt, stored);
  return says === undefined ? [] : [{ id: order.id, says: `order ${order.id} was refused (${order.reason}), ${says}` }];
};

const why = (order: StoredOrder, receipt: OrderReceipt | undefined, stored: Stored): string | undefined => {
  const now = (id: string) => stored.products.find((product) => product.id === id);
  const before = (id: string) => stored.productsBefore.find((product) => product.id === id);
  if (order.reason === 'out-of-stock') {
    const short = order.shortLines ?? [];
    if (short.length === 0) return 'but names no line that is short';
    if (short.some(({ wanted, available }) => available >= wanted)) return 'but names enough units of a short line';
    const unsold = short.every(
      ({ productId, wanted }) =>
        (now(productId)?.stock.available ?? 0) >= wanted && !isPutBackAfter(productId, order.placedAt, stored),
    );
    return unsold ? 'but the units stayed unsold' : undefined;
  }
  if (order.reason === 'unknown-product') {
    const known = order.lines.every(
      ({ productId }) => before(productId)?.archived === false && now(productId)?.archived === false,
    );
    return known ? 'but every product was on sale' : undefined;
  }
  if (order.reason === 'price-changed' && receipt !== undefined) {
    const unchanged = receipt.lines.every(({ productId, priceMinor }) => {
      const product = now(productId);
      return (
        product !== undefined &&
        product.version === before(productId)?.version &&
        product.price.amountMinor <= priceMinor
      );
    });
    return unchanged ? 'but no price was above the one seen' : undefined;
  }
  return undefined;
};

const isPutBackAfter = (productId: string, at: string, { edits, orders }: Stored): boolean =>
  edits.some((edit) => edit.productId === productId && edit.delta > 0 && edit.at >= at) ||
  orders.some(
    (order) =>
      order.status === 'cancelled' &&
      order.lines.some((line) => line.productId === productId) &&
      order.timeline.some((entry) => entry.status === 'cancelled' && entry.at >= at),
  );
