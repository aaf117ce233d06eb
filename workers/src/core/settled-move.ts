import type { OrderItem, SettledMove } from '@penstock/domain/items';
import type { MoveOrderMessage } from '@penstock/domain/messages';
import type { MoveDecision } from '#core/decide-move';

/** What came of a move, for the list of what was done. `at` is now; of a move made before, the row knows better. */
export const settledMoveOf = (
  order: OrderItem,
  message: MoveOrderMessage,
  decision: Exclude<MoveDecision, { readonly kind: 'reached' }>,
  at: string,
): SettledMove => {
  const { orderId, moveId, to, by, staffName, correlationId } = message;
  const move = { orderId, moveId, status: to, by, correlationId, ...(staffName === undefined ? {} : { staffName }) };
  if (decision.kind === 'apply') return { ...move, outcome: 'applied', at: decision.move.entry.at };
  if (decision.kind === 'refuse') return { ...move, outcome: 'refused', at, reason: decision.move.refusedMove.reason };
  const entry = order.history.find((each) => each.moveId === moveId);
  if (entry !== undefined) return { ...move, outcome: 'applied', at: entry.at };
  const { refusedMove } = order;
  if (refusedMove?.moveId !== moveId) return { ...move, outcome: 'refused', at };
  return { ...move, outcome: 'refused', at: refusedMove.at, reason: refusedMove.reason };
};
