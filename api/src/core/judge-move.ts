import type { OrderItem, StaffAct } from '@penstock/domain/items';
import { canMove, type MoveTarget, type OrderStatus } from '@penstock/domain/order-states';
import type { PendingMoveView } from '#core/waiting-acts';

export type AskedMove = {
  readonly moveId: string;
  readonly status: MoveTarget;
  /** What the page showed; undefined: whatever it is. */
  readonly statusSeen: OrderStatus | undefined;
};

export type MoveVerdict =
  /** It is so already, it is on its way already, or it was decided before: nothing to send. */
  | { readonly kind: 'done' }
  | { readonly kind: 'send' }
  /** A sentence for whoever asked; the time in it is UTC, for the server does not know theirs. */
  | { readonly kind: 'refuse'; readonly why: string };

/** What to do with a move that staff ask for, as the order stands and by what waits already (E3, E5). */
export const judgeMove = (
  order: OrderItem,
  { moveId, status, statusSeen }: AskedMove,
  waiting: { readonly act: StaffAct; readonly view: PendingMoveView } | undefined,
): MoveVerdict => {
  const isDecided = order.history.some((entry) => entry.moveId === moveId) || order.refusedMoveIds?.includes(moveId);
  if (isDecided || order.status === status) return { kind: 'done' };
  // The first call may have died before it sent: the queue takes the same move once.
  if (waiting?.act.actId === moveId) return { kind: waiting.act.sent === true ? 'done' : 'send' };
  if (waiting !== undefined) {
    const { view } = waiting;
    const what = `${view.by} asked for ${view.status} at ${clockText(view.since)}`;
    if (view.letterId !== undefined)
      return { kind: 'refuse', why: `${what}, and that is held as a dead letter: send it again or discard it first.` };
    if (view.status === status) return { kind: 'done' };
    return { kind: 'refuse', why: `${what}, and that waits to be stored: nothing else can be done to it until then.` };
  }
  if (canMove(order.status, status) && (statusSeen === undefined || statusSeen === order.status))
    return { kind: 'send' };
  return { kind: 'refuse', why: whyNot(order, status) };
};

/** What the order is, since when and by whom; then whether what was asked for can be asked again. */
const whyNot = ({ status, history }: OrderItem, wanted: MoveTarget): string => {
  const last = history.findLast((entry) => entry.status === status);
  const since =
    last === undefined ? '' : ` since ${clockText(last.at)}${last.by === undefined ? '' : `, by ${last.by}`}`;
  const now = `The order is ${status}${since}.`;
  return canMove(status, wanted)
    ? `${now} It changed after you saw it, so it was not ${wanted}; ask again if you still want that.`
    : `${now} It cannot be ${wanted} from there.`;
};

/** "2025-11-23 10:00 UTC" */
const clockText = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
