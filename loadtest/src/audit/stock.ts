import type { Finding, Stored, StoredOrder } from '#audit/stored';
import { isAccepted, type OrderReceipt } from '#receipts';

/** Units, by product. */
export type StockAudit = {
  readonly oversold: readonly Finding[];
  readonly oversoldUnits: number;
  /** Orders whose units left the stock more than once. */
  readonly doubled: readonly Finding[];
  readonly stranded: readonly Finding[];
  readonly strandedUnits: number;
};

/**
 * Conservation (E2): stock = all edits (the opening stock is the first) - what orders hold. Cancelled and rejected orders
 * hold nothing.
 * - More in stock than that, more sold than there ever was, or a stock below 0: oversold.
 * - Less: units left the stock and no stored order holds them. When a lost or rejected order wanted just those, or no
 *   order did, they are stranded; when they are the lines of a placed order, that order was applied twice.
 */
export const auditStock = (receipts: readonly OrderReceipt[], stored: Stored): StockAudit => {
  const supply = sumOf(stored.edits.map(({ productId, delta }) => [productId, delta]));
  const holding = stored.orders.filter(({ status }) => status !== 'rejected' && status !== 'cancelled');
  const taken = sumOf(holding.flatMap(linesOf));
  const missing = new Map<string, number>();
  const oversold: (Finding & { readonly units: number })[] = [];
  for (const { id, stock } of stored.products) {
    const supplied = supply.get(id) ?? 0;
    const sold = taken.get(id) ?? 0;
    const gap = supplied - sold - stock.available;
    const over = Math.max(0, sold - supplied, -stock.available, -gap);
    if (over > 0)
      oversold.push({
        id,
        units: over,
        says: `${id}: supplied ${supplied}, sold ${sold}, in stock ${stock.available}: ${over} oversold`,
      });
    if (gap > 0) missing.set(id, gap);
  }
  const rows = new Map(stored.orders.map((order) => [order.id, order]));
  const unheld = unheldOrders(receipts, rows);
  const stranded = [...unheld.flatMap((order) => claim(order, missing))];
  const doubled = holding.flatMap((order) => claimTwice(order, missing));
  for (const [id, units] of missing)
    if (units > 0) stranded.push({ id, units, says: `${id}: ${units} units left the stock and no order holds them` });
  return {
    oversold,
    oversoldUnits: unitsOf(oversold),
    doubled,
    stranded,
    strandedUnits: unitsOf(stranded),
  };
};

type Lines = {
  readonly id: string;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
};

/** Orders that were asked for and hold nothing: lost, unknown, or refused. */
const unheldOrders = (receipts: readonly OrderReceipt[], rows: ReadonlyMap<string, StoredOrder>): readonly Lines[] => [
  ...new Map(
    receipts
      .filter((receipt) => isAccepted(receipt) && receipt.id !== undefined && !rows.has(receipt.id))
      .map((receipt) => [receipt.id ?? '', { id: receipt.id ?? '', lines: receipt.lines }]),
  ).values(),
  ...[...rows.values()].filter(({ status }) => status === 'rejected'),
];

const fits = ({ lines }: Lines, missing: ReadonlyMap<string, number>): boolean =>
  lines.every(({ productId, quantity }) => (missing.get(productId) ?? 0) >= quantity);

const take = ({ lines }: Lines, missing: Map<string, number>): void => {
  for (const { productId, quantity } of lines) missing.set(productId, (missing.get(productId) ?? 0) - quantity);
};

const claim = (order: Lines, missing: Map<string, number>): readonly (Finding & { readonly units: number })[] => {
  if (!fits(order, missing)) return [];
  take(order, missing);
  const units = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return [{ id: order.id, units, says: `order ${order.id} took ${units} units and holds none` }];
};

const claimTwice = (order: Lines, missing: Map<string, number>): readonly Finding[] => {
  if (!fits(order, missing)) return [];
  take(order, missing);
  return [{ id: order.id, says: `the lines of order ${order.id} left the stock twice` }];
};

const linesOf = ({ lines }: StoredOrder): readonly (readonly [string, number])[] =>
  lines.map(({ productId, quantity }) => [productId, quantity]);

const sumOf = (pairs: readonly (readonly [string, number])[]): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const [id, units] of pairs) sums.set(id, (sums.get(id) ?? 0) + units);
  return sums;
};

const unitsOf = (findings: readonly { readonly units: number }[]): number =>
  findings.reduce((sum, { units }) => sum + units, 0);
