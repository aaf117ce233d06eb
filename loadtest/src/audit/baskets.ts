import {
  type BasketOp,
  type BasketState,
  coversOp,
  emptyBasket,
  foldBasket,
  viewBasketLines,
} from '@penstock/domain/basket-fold';
import { compareStamps, orderStamp, type Stamp, unpackStamp } from '@penstock/domain/stamps';
import type { Finding, Stored, StoredBasket } from '#audit/stored';
import { isAccepted, isUnknown, type OpReceipt } from '#receipts';

export type BasketAudit = {
  readonly accepted: number;
  readonly lost: readonly Finding[];
  /** Lines that are not what a replay of everything sent makes of them. */
  readonly doubled: readonly Finding[];
  readonly stale: readonly Finding[];
};

/**
 * Every accepted op against its basket. Lost: the line's register is below the op's stamp (C8). Then the basket against
 * a replay by the same fold as the worker's: a register that nobody sent means that something was applied that was
 * never asked for (doubled); an older quantity under the right stamp is stale.
 */
export const auditBaskets = (receipts: readonly OpReceipt[], stored: Stored): BasketAudit => {
  const rows = new Map(stored.baskets.map((basket) => [basket.id, basket]));
  const sent = Map.groupBy(receipts.filter(isSent), ({ basketId }) => basketId);
  const removals = removalsOf(stored);
  const lost: Finding[] = [];
  const doubled: Finding[] = [];
  const stale: Finding[] = [];
  for (const [basketId, ops] of sent) {
    const row = rows.get(basketId);
    const state = row === undefined ? emptyBasket : stateOf(row);
    for (const op of ops)
      if (isAccepted(op) && !coversOp(state, opOf(op)))
        lost.push({
          id: `${basketId}/${op.line ?? 'clear'}`,
          says: `${nameOf(op)} was accepted and is not in the basket`,
        });
    if (row === undefined) continue;
    const possible = [...ops.map(opOf), ...(removals.get(basketId) ?? [])];
    const certain = foldBasket(emptyBasket, [...ops.filter(isAccepted).map(opOf), ...(removals.get(basketId) ?? [])]);
    for (const line of row.lines) {
      const match = possible.filter((op) => isSame(stampOf(op, line.productId), line.stamp));
      const id = `${basketId}/${line.productId}`;
      if (match.length === 0) doubled.push({ id, says: `basket ${id} holds a change that nobody sent` });
      else if (!match.some((op) => quantityOf(op) === line.quantity))
        stale.push({ id, says: `basket ${id} holds ${line.quantity}, which was not sent with that stamp` });
      else {
        const replayed = viewBasketLines(certain).find(({ productId }) => productId === line.productId);
        const isOlder = replayed !== undefined && compareStamps(line.stamp, replayed.stamp) < 0;
        // An op below its stamp is counted as lost already; what is left is a removal after an order (C9).
        if (isOlder && replayed.stamp.device.endsWith('~order'))
          stale.push({ id, says: `basket ${id} still holds a line that was ordered` });
      }
    }
  }
  return { accepted: receipts.filter(isAccepted).length, lost, doubled, stale };
};

const isSent = (receipt: OpReceipt): boolean => isAccepted(receipt) || isUnknown(receipt);

const opOf = ({ line, quantity, stamp }: OpReceipt): BasketOp =>
  line === undefined ? { clear: true, stamp } : { line, quantity, stamp };

const stateOf = ({ lines, cleared }: StoredBasket): BasketState => ({
  lines: new Map(lines.map(({ productId, quantity, stamp }) => [productId, { quantity, stamp }])),
  ...(cleared === undefined ? {} : { clear: cleared }),
});

/** What the worker itself removes after an order: each line that carried a stamp, just above that stamp (C9). */
const removalsOf = ({ orders }: Stored): ReadonlyMap<string, readonly BasketOp[]> => {
  const removals = new Map<string, BasketOp[]>();
  for (const order of orders.filter(({ status }) => status !== 'rejected'))
    for (const [index, { productId }] of order.lines.entries()) {
      const stamp = unpackStamp(order.stamps[index] ?? '');
      if (stamp === undefined) continue;
      const list = removals.get(order.basketId) ?? [];
      list.push({ line: productId, quantity: 0, stamp: orderStamp(stamp) });
      removals.set(order.basketId, list);
    }
  return removals;
};

/** The stamp with which an op shows in a line; a clear shows in every line. */
const stampOf = (op: BasketOp, line: string): Stamp | undefined =>
  'clear' in op || op.line === line ? op.stamp : undefined;
const quantityOf = (op: BasketOp): number => ('clear' in op ? 0 : op.quantity);
const isSame = (left: Stamp | undefined, right: Stamp): boolean =>
  left !== undefined && compareStamps(left, right) === 0;
const nameOf = ({ basketId, line, quantity, stamp }: OpReceipt): string =>
  `op ${basketId}/${line ?? 'clear'} = ${quantity} at ${stamp.wallMs}.${stamp.counter}`;
