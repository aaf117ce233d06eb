/**
 * The states of an order. `accepted` and `held` are never stored: a receipt proves the first, a dead letter the second.
 * accepted -> placed | rejected; placed -> packed -> shipped -> delivered; placed | packed -> cancelled.
 */
export const orderStatuses = [
  'accepted',
  'held',
  'placed',
  'rejected',
  'packed',
  'shipped',
  'delivered',
  'cancelled',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** The states that a row may have. */
export const storedStatuses = ['placed', 'rejected', 'packed', 'shipped', 'delivered', 'cancelled'] as const;
export type StoredStatus = (typeof storedStatuses)[number];

/** States that staff still have to act on: these rows are in the sparse `open` index. */
export const openStatuses = ['placed', 'packed', 'shipped'] as const;
export type OpenStatus = (typeof openStatuses)[number];

/** The states that a move can lead to. */
export const moveTargets = ['packed', 'shipped', 'delivered', 'cancelled'] as const;
export type MoveTarget = (typeof moveTargets)[number];

/** Why an order was refused. `payload-mismatch` is never stored: it is what the receipt of another body reads (A4). */
export const rejectionReasons = [
  'out-of-stock',
  'price-changed',
  'unknown-product',
  'payload-mismatch',
  'discarded',
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

const moves: Readonly<Record<OrderStatus, readonly MoveTarget[]>> = {
  accepted: [],
  held: [],
  placed: ['packed', 'cancelled'],
  rejected: [],
  packed: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
};

/** The moves that staff may make from a state, in the order in which pages offer them. */
export const movesFrom = (status: OrderStatus): readonly MoveTarget[] => moves[status];

/** Whether a move is legal. The shopper's own cancellation is narrower: see canShopperCancel (E3). */
export const canMove = (from: OrderStatus, to: MoveTarget): boolean => moves[from].includes(to);

/** Where an order stands on its way out of the house; a cancelled one has left it. */
const way: readonly OrderStatus[] = ['placed', 'packed', 'shipped', 'delivered'];

/** Whether an order is where a move would bring it, or further: asking for it again is a success, whoever asks (E3). */
export const isReached = (status: OrderStatus, to: MoveTarget): boolean =>
  status === to || (way.includes(status) && way.includes(to) && way.indexOf(status) > way.indexOf(to));

/** The holder of the receipt may cancel while the order is placed, not once it is packed (E3). */
export const canShopperCancel = (status: OrderStatus): boolean => status === 'placed';

/** Whether nothing will change any more without a new command: pages stop asking. */
export const isFinal = (status: OrderStatus): boolean =>
  status === 'rejected' || status === 'delivered' || status === 'cancelled';

export const isOpen = (status: OrderStatus): status is OpenStatus =>
  (openStatuses as readonly string[]).includes(status);
