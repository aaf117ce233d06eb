import type { ShortLine } from '@penstock/domain/order';
import { isFinal, type OrderStatus, type RejectionReason } from '@penstock/domain/order-states';
import type { AnyOrder } from '#features/order/api/use-order.ts';
import type { MyOrder } from '#lib/orders/my-orders.ts';
import { waitText } from '#lib/orders/wait.ts';

/** The order's state as the heading of its page. */
export const headingOf = (order: AnyOrder): string => {
  if (order.status === 'accepted') return 'Order accepted';
  if (order.status === 'rejected') return 'Order refused';
  return headings[order.status];
};

const headings: Readonly<Record<Exclude<OrderStatus, 'accepted' | 'rejected'>, string>> = {
  held: 'Held for a check',
  placed: 'Order placed',
  packed: 'Packed',
  shipped: 'Shipped',
  delivered: 'Delivered',
  cancelled: 'Cancelled',
};

/** What the state means for the shopper. `waitMs` is how much of the estimated wait is left, when one was stated. */
export const explanationOf = (order: AnyOrder, waitMs: number | undefined): string => {
  switch (order.status) {
    case 'accepted':
      return waitWords('delayed' in order && order.delayed === true, waitMs);
    case 'held':
      return 'Your order is kept. Someone at the shop has to look at it before it can be placed. You can close this page.';
    case 'placed':
      return 'The goods are set aside for you.';
    case 'rejected':
      return refusalWords(order.reason);
    case 'packed':
      return 'The parcel is packed and waits to be collected.';
    case 'shipped':
      return 'The parcel is on its way.';
    case 'delivered':
      return 'The parcel has arrived.';
    case 'cancelled':
      return 'The order was cancelled. Nothing will be sent.';
  }
};

const waitWords = (isDelayed: boolean, waitMs: number | undefined): string => {
  if (isDelayed) return 'Your order is saved. Placing it takes longer than usual. You can close this page.';
  const wait = waitText(waitMs);
  if (wait === undefined) return 'Your order is saved and waits to be placed. You can close this page.';
  return `Your order is saved. Placing it takes ${wait}. You can close this page.`;
};

const reasons: Readonly<Record<RejectionReason, string>> = {
  'out-of-stock': 'Fewer are left than you asked for, and half an order is never sent. Nothing was ordered.',
  'price-changed': 'A price rose before the order was placed. Nothing was ordered. The basket shows the new price.',
  'unknown-product': 'One of the products is no longer sold. Nothing was ordered.',
  'payload-mismatch': 'Another order was taken under this number. What this receipt stands for was not ordered.',
  discarded: 'The shop could not carry out this order and withdrew it. Nothing was ordered.',
};

/** Why an order was refused; the same words on its page and in the banner. */
export const refusalWords = (reason: RejectionReason | undefined): string => reasons[reason ?? 'discarded'];

/** "you wanted 3, 1 left". */
export const shortLineWords = ({ wanted, available }: Pick<ShortLine, 'wanted' | 'available'>): string =>
  `you wanted ${wanted}, ${available === 0 ? 'none' : available} left`;

/** Why a change that somebody asked for was not made. */
export const refusedMoveWords = (status: OrderStatus): string =>
  status === 'cancelled'
    ? 'The order could not be cancelled: it had already moved on.'
    : `A change to “${stepLabels[status].toLowerCase()}” was refused: the order had already moved on.`;

const stepLabels: Readonly<Record<OrderStatus, string>> = {
  accepted: 'Accepted',
  held: 'Held',
  placed: 'Placed',
  rejected: 'Refused',
  packed: 'Packed',
  shipped: 'Shipped',
  delivered: 'Delivered',
  cancelled: 'Cancelled',
};

/** The state of an order as a list of orders says it. */
export const stateLabel = ({
  state,
  isCancelWaiting = false,
}: Pick<MyOrder, 'state'> & Partial<Pick<MyOrder, 'isCancelWaiting'>>): string => {
  if (isCancelWaiting) return 'Cancellation asked for';
  if (state === 'sending') return 'Not yet received. Kept here, sent by itself';
  if (state === 'turned-down') return 'Not taken';
  if (state === 'unknown') return 'State not asked for yet';
  return state === 'accepted' ? 'Accepted, waiting to be placed' : stepLabels[state];
};

export type Step = {
  readonly status: OrderStatus;
  readonly label: string;
  readonly at: string | undefined;
  readonly state: 'past' | 'current' | 'ahead';
};

const path = ['accepted', 'placed', 'packed', 'shipped', 'delivered'] as const;

/** The gates that the order has passed, with times, and those ahead of it unless it has ended. */
export const stepsOf = (order: AnyOrder): readonly Step[] => {
  const reached: readonly { status: OrderStatus; at?: string }[] = 'timeline' in order ? order.timeline : [];
  const passed = reached.some(({ status }) => status === order.status)
    ? reached
    : [...reached, { status: order.status }];
  const isEnded = isFinal(order.status);
  const ahead = isEnded ? [] : path.filter((status) => !passed.some((each) => each.status === status));
  return [
    ...passed.map(({ status, at }, index) => ({
      status,
      label: stepLabels[status],
      at,
      state: index === passed.length - 1 ? ('current' as const) : ('past' as const),
    })),
    ...ahead.map((status) => ({ status, label: stepLabels[status], at: undefined, state: 'ahead' as const })),
  ];
};
