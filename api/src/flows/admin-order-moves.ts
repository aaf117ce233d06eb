import { orderIdPattern } from '@penstock/domain/ids';
import { messageSchemaNumber } from '@penstock/domain/messages';
import { moveOrderSchema } from '@penstock/domain/order';
import type { WriteQueue } from '@penstock/platform/write-queue';
import { type AskedMove, judgeMove } from '#core/judge-move';
import { type SendActDeps, sendAct } from '#flows/send-act';
import {
  type OrderInOffice,
  orderInOfficeView,
  readOrdersInOffice,
  recordOfOrder,
  type WaitingMovesDeps,
} from '#flows/waiting-moves';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { readBody } from '#http/body';
import { editIdOf, staffNameOf } from '#http/guards';
import { ProblemError } from '#http/problem-error';

export type MoveOrderDeps = WaitingMovesDeps &
  SendActDeps & {
    readonly queue: Pick<WriteQueue, 'sendMove'>;
    readonly mintId: () => string;
  };

/** Who is overtaken between reading and writing down reads again: the second reading finds what overtook it. */
const looksMax = 3;

/** PUT /orders/{id}: a move that is legal as the order stands now is sent; 202 with the record and what is pending (E3, E5). */
export const makeMoveOrder =
  (deps: MoveOrderDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const { status, statusSeen } = readBody(call, moveOrderSchema);
    const asked = { moveId: editIdOf(call, deps.mintId), status, statusSeen };
    for (let looks = 1; ; looks += 1) {
      const order = await existingOrder(deps, call);
      const verdict = judgeMove(order.row, asked, order.waiting);
      if (verdict.kind === 'done') return accepted(order);
      if (verdict.kind === 'refuse') throw illegal(order, verdict.why);
      const sent = await send(deps, order, asked, { staffName: staffNameOf(call), correlationId });
      if (sent !== undefined) return accepted(sent);
      if (looks === looksMax) throw illegal(order, 'Somebody else changes this order at the same moment. Look again.');
    }
  };

/** The order with the move on its way; undefined when another act was faster. */
const send = async (
  deps: MoveOrderDeps,
  { row, act: seen }: OrderInOffice,
  { moveId, status }: AskedMove,
  { staffName, correlationId }: { readonly staffName: string; readonly correlationId: string },
): Promise<OrderInOffice | undefined> => {
  const nowMs = deps.clock.now();
  const since = seen?.actId === moveId ? seen.since : new Date(nowMs).toISOString();
  const act = { record: recordOfOrder(row.id), actId: moveId, status, staffName, since, correlationId };
  const outcome = await sendAct(deps, {
    act,
    seenActId: seen?.actId,
    topic: 'staff/orders',
    send: () =>
      deps.queue.sendMove({
        schema: messageSchemaNumber,
        kind: 'move-order',
        correlationId,
        sentAtMs: nowMs,
        attempt: 0,
        orderId: row.id,
        moveId,
        to: status,
        statusSeen: row.status,
        by: 'staff',
        staffName,
      }),
  });
  if (outcome === 'other') return undefined;
  return { row, act, waiting: { act, view: { status, since, by: staffName, correlationId } } };
};

const accepted = (order: OrderInOffice): ApiAnswer => ({
  status: 202,
  body: orderInOfficeView(order),
  headers: { 'retry-after': '1' },
  log: { orderId: order.row.id },
});

const illegal = (order: OrderInOffice, why: string): ProblemError =>
  new ProblemError('illegal-transition', { detail: why, current: orderInOfficeView(order) });

export const existingOrder = async (deps: WaitingMovesDeps, call: ApiCall): Promise<OrderInOffice> => {
  const id = call.parameters.id ?? '';
  const [order] = orderIdPattern.test(id) ? await readOrdersInOffice(deps, [id]) : [];
  // A list leaves out what this release cannot read; whoever asks for it by name is told.
  if (order === undefined && orderIdPattern.test(id)) await deps.orders.read(id);
  if (order === undefined) throw new ProblemError('order-not-found', { detail: 'No order is stored under this id.' });
  return order;
};
