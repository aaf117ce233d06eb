import type { Clock } from '@penstock/domain/clock';
import type { OrderItem, StaffAct } from '@penstock/domain/items';
import type { StaffOrder } from '@penstock/domain/order';
import { staffOrderView } from '@penstock/domain/views';
import { moveLetterId } from '@penstock/platform/letter-ids';
import type { LetterStates } from '@penstock/platform/letter-states';
import type { OrderReader } from '@penstock/platform/order-reader';
import type { PendingActs } from '@penstock/platform/pending-acts';
import { isMoveSettled, type PendingMoveView, waitingView } from '#core/waiting-acts';

export type WaitingMovesDeps = {
  readonly orders: Pick<OrderReader, 'read' | 'readMany'>;
  readonly pending: PendingActs;
  readonly letters: LetterStates;
  readonly clock: Clock;
};

/** An order as stored, with the move of staff that waits for it, and what is written down of it, live or not. */
export type OrderInOffice = {
  readonly row: OrderItem;
  readonly waiting: { readonly act: StaffAct; readonly view: PendingMoveView } | undefined;
  readonly act: StaffAct | undefined;
};

/**
 * Orders with what waits for them (E5). What waits is read before the orders: a worker forgets it after it has written
 * the order, so a move that lands in between is found in the order.
 */
export const readOrdersInOffice = async (
  { orders, pending, letters, clock }: WaitingMovesDeps,
  ids: readonly string[],
): Promise<readonly OrderInOffice[]> => {
  const acts = await pending.readMany(ids.map(recordOfOrder));
  const rows = await orders.readMany(ids);
  const found = rows.map((row) => ({ row, act: acts.get(recordOfOrder(row.id)) }));
  const unsettled = found.flatMap(({ row, act }) =>
    act === undefined || isMoveSettled(row, act) ? [] : [moveLetterId(row.id, act.actId)],
  );
  const states = unsettled.length === 0 ? new Map() : await letters.readMany(unsettled);
  return found.map(({ row, act }) => {
    if (act?.status === undefined || isMoveSettled(row, act)) return { row, act, waiting: undefined };
    const id = moveLetterId(row.id, act.actId);
    const view = waitingView(act, { id, status: states.get(id) }, clock.now());
    const { status } = act;
    return { row, act, waiting: view === undefined ? undefined : { act, view: { status, ...view } } };
  });
};

export const orderInOfficeView = ({ row, waiting }: OrderInOffice): StaffOrder => ({
  ...staffOrderView(row),
  ...(waiting === undefined ? {} : { pending: waiting.view }),
});

export const recordOfOrder = (id: string): string => `order/${id}`;
