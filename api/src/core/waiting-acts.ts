import type { BasketItem, DeadLetterItem, OrderItem, StaffAct } from '@penstock/domain/items';
import { isReached, type MoveTarget } from '@penstock/domain/order-states';
import type { PendingAct } from '@penstock/domain/pending';
import { compareStamps, unpackStamp } from '@penstock/domain/stamps';

type LetterStatus = DeadLetterItem['status'];
export type PendingMoveView = PendingAct & { readonly status: MoveTarget };

/**
 * An act that nobody has confirmed within this time was never sent, or its sender died in the moment after: the calls of
 * the API end after 15 s (E5).
 */
export const sendingMaxMs = 30_000;

/** Whether the order knows what became of the move: made, refused, or made by somebody else. */
export const isMoveSettled = (order: OrderItem, { actId, status }: StaffAct): boolean =>
  order.history.some(({ moveId }) => moveId === actId) ||
  order.refusedMove?.moveId === actId ||
  order.refusedMoveIds?.includes(actId) === true ||
  (status !== undefined && isReached(order.status, status));

/** Whether the basket has this clear, or a later one. */
export const isClearSettled = (basket: BasketItem, { actId }: StaffAct): boolean => {
  const asked = unpackStamp(actId);
  const stored = basket.clear === undefined ? undefined : unpackStamp(basket.clear);
  return asked !== undefined && stored !== undefined && compareStamps(stored, asked) >= 0;
};

/** An act that its record does not know yet, as the office reads of it; undefined when nothing waits (any more). */
export const waitingView = (
  act: StaffAct,
  letter: { readonly id: string; readonly status: LetterStatus | undefined },
  nowMs: number,
): PendingAct | undefined => {
  if (letter.status === 'discarded') return undefined;
  const isSent = act.sent === true || letter.status !== undefined;
  if (!isSent && nowMs - Date.parse(act.since) > sendingMaxMs) return undefined;
  return {
    since: act.since,
    by: act.staffName,
    correlationId: act.correlationId,
    ...(letter.status === 'open' ? { letterId: letter.id } : {}),
  };
};
