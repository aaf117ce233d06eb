import type { StaffOrder } from '@penstock/domain/order';
import { isReached, type MoveTarget, type OrderStatus, type RejectionReason } from '@penstock/domain/order-states';
import { timeText } from '#times.ts';

/** What staff read for a status. */
export const statusWords: Readonly<Record<OrderStatus, string>> = {
  accepted: 'Accepted',
  held: 'Held',
  placed: 'Placed',
  rejected: 'Refused',
  packed: 'Packed',
  shipped: 'Shipped',
  delivered: 'Delivered',
  cancelled: 'Cancelled',
};

/** What a button that makes a move says. */
export const moveWords: Readonly<Record<MoveTarget, string>> = {
  packed: 'Mark as packed',
  shipped: 'Mark as shipped',
  delivered: 'Mark as delivered',
  cancelled: 'Cancel order',
};

export const reasonWords: Readonly<Record<RejectionReason, string>> = {
  'out-of-stock': 'not enough stock',
  'price-changed': 'the price had gone up',
  'unknown-product': 'a product is no longer on sale',
  'payload-mismatch': 'another order has this key',
  discarded: 'discarded by staff',
};

/** A status inside a sentence: "marked it as packed". */
const actWords: Readonly<Record<OrderStatus, string>> = {
  accepted: 'took it in',
  held: 'held it',
  placed: 'placed it',
  rejected: 'refused it',
  packed: 'marked it as packed',
  shipped: 'marked it as shipped',
  delivered: 'marked it as delivered',
  cancelled: 'cancelled it',
};

/** The name that was given, or who it was otherwise. */
export const actorText = (by: string): string => (by === 'shopper' ? 'its shopper' : by === 'staff' ? 'staff' : by);

/** "Packed: taken, waiting to be stored. Asked for by Sam at 23 Nov 2025, 10:00:00." */
export const pendingText = ({ status, since, by }: NonNullable<StaffOrder['pending']>): string =>
  `${statusWords[status]}: taken, waiting to be stored. Asked for by ${by} at ${timeText(since)}.`;

/** The status in a list: with what waits to follow it. */
export const statusText = ({ status, pending }: Pick<StaffOrder, 'status' | 'pending'>): string =>
  pending === undefined
    ? statusWords[status]
    : `${statusWords[status]}; ${statusWords[pending.status].toLowerCase()} ${pending.letterId === undefined ? 'waits' : 'is held'}`;

/** Why a move was not taken: who was faster, with what and when; and whether it can be asked for again. */
export const overtakenText = (order: StaffOrder, wanted: MoveTarget): string => {
  const { pending, status, timeline, moves } = order;
  if (pending !== undefined) return `${pendingText(pending)} Nothing else can be done to the order until then.`;
  const last = timeline.findLast((entry) => entry.status === status);
  const who = last?.by === undefined ? undefined : actorText(last.by);
  const fact =
    who === undefined || last === undefined
      ? `The order is ${statusWords[status].toLowerCase()} by now.`
      : `${who.charAt(0).toUpperCase()}${who.slice(1)} ${actWords[status]} at ${timeText(last.at)}.`;
  const notDone = `It was not ${statusWords[wanted].toLowerCase()}`;
  return moves.includes(wanted) ? `${fact} ${notDone}: press again if you still want that.` : `${fact} ${notDone}.`;
};

/** A refusal is news until something else has become of the order. */
export const isRefusalNews = ({ refusedMove, status, timeline }: StaffOrder): boolean =>
  refusedMove !== undefined &&
  !isReached(status, refusedMove.status) &&
  timeline.every(({ at }) => at <= refusedMove.at);
