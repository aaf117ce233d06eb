import type { MoveTarget, OrderStatus, RejectionReason } from '@penstock/domain/order-states';

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
