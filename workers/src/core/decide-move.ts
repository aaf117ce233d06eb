import type { OrderItem } from '@penstock/domain/items';
import type { MoveOrderMessage } from '@penstock/domain/messages';
import { openShardOf } from '@penstock/domain/order-row';
import { canMove, canShopperCancel, isReached } from '@penstock/domain/order-states';

/** Refused move ids that a row remembers: more moves than an order can have, and room for misclicks. */
export const refusedMovesKept = 20;

type Units = { readonly productId: string; readonly units: number };
/** Every write of a move holds only while the order is as it was read. */
type AsRead = { readonly read: Pick<OrderItem, 'id' | 'rev' | 'status'> };

export type MoveDecision =
  /** Applied or refused before: a repeat is a success and writes nothing. */
  | { readonly kind: 'known' }
  /** Somebody else brought the order there: nothing to write, and nothing that anybody has to read of as refused. */
  | { readonly kind: 'reached' }
  | {
      readonly kind: 'apply';
      readonly move: AsRead & {
        readonly entry: OrderItem['history'][number];
        /** Key in the index `open`; undefined takes the order out of it. */
        readonly openShard: string | undefined;
        /** Units that go back into stock with the move. */
        readonly returns: readonly Units[];
      };
    }
  | {
      readonly kind: 'refuse';
      readonly move: AsRead & {
        readonly refusedMove: NonNullable<OrderItem['refusedMove']>;
        readonly refusedMoveIds: readonly string[];
      };
    };

/** Judges a move against the order as stored (E3). `at` is the time of the entry, ISO 8601. */
export const decideMove = (order: OrderItem, message: MoveOrderMessage, at: string): MoveDecision => {
  const { moveId, to } = message;
  if (order.history.some((entry) => entry.moveId === moveId) || order.refusedMoveIds?.includes(moveId))
    return { kind: 'known' };
  if (isReached(order.status, to)) return { kind: 'reached' };
  const read = { id: order.id, rev: order.rev, status: order.status };
  const reason = refusalOf(order, message);
  if (reason !== undefined) {
    const refusedMoveIds = [...(order.refusedMoveIds ?? []), moveId].slice(-refusedMovesKept);
    return { kind: 'refuse', move: { read, refusedMove: { status: to, reason, at, moveId }, refusedMoveIds } };
  }
  const entry = { status: to, at, moveId, by: message.staffName ?? message.by };
  const openShard = openShardOf(order.id, to);
  return { kind: 'apply', move: { read, entry, openShard, returns: to === 'cancelled' ? returnsOf(order) : [] } };
};

/** A sentence that names the status found: staff and shopper read it. */
const refusalOf = (order: OrderItem, { to, statusSeen, by }: MoveOrderMessage): string | undefined => {
  if (order.status !== statusSeen)
    return `The order is ${order.status} by now; it was ${statusSeen} when this was asked.`;
  if (by === 'shopper' && !(to === 'cancelled' && canShopperCancel(order.status)))
    return `The order is ${order.status}; its shopper can cancel it only while it is placed.`;
  return canMove(order.status, to) ? undefined : `The order is ${order.status}; ${to} does not follow.`;
};

const returnsOf = (order: OrderItem): readonly Units[] => {
  const units = new Map<string, number>();
  for (const { productId, quantity } of order.lines) units.set(productId, (units.get(productId) ?? 0) + quantity);
  return [...units].map(([productId, each]) => ({ productId, units: each }));
};
