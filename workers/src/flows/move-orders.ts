import type { OrderItem } from '@penstock/domain/items';
import { type MoveOrderMessage, moveOrderMessageSchema } from '@penstock/domain/messages';
import type { MoveLog } from '@penstock/platform/activity-log';
import { errorFields, type LogFields, type Logger } from '@penstock/platform/logger';
import type { AppliedMove, MoveStore } from '@penstock/platform/move-store';
import type { PendingActs } from '@penstock/platform/pending-acts';
import type { SQSBatchResponse } from 'aws-lambda';
import type { Deadline } from '#core/deadline';
import { decideMove, type MoveDecision } from '#core/decide-move';
import { faultDetail } from '#core/fault-detail';
import type { QueueRecord } from '#core/queue-records';
import { settledMoveOf } from '#core/settled-move';
import { deadLetterIds } from '#flows/dead-letter-ids';
import { decided, insist, isFault, sent } from '#flows/insist';
import type { Leftover, Leftovers } from '#flows/leftovers';
import { type Opened, openBatch } from '#flows/open-batch';
import { makePatience, type Patience, type PatienceDeps } from '#flows/patience';
import { settled, type Worked, workAlone, workedOf } from '#flows/work-alone';

export type MoveOrdersDeps = PatienceDeps & {
  readonly moves: MoveStore;
  readonly log: MoveLog;
  /** What the office shows as waiting: a move of staff that is settled waits no more (E5). */
  readonly pending: Pick<PendingActs, 'forget'>;
  readonly leftovers: Leftovers;
  readonly logger: Logger;
  /** The judge. Tests plant a wrong one. */
  readonly decide?: typeof decideMove;
};

type Move = Opened<MoveOrderMessage>;
type Work = MoveOrdersDeps & {
  readonly deadline: Deadline;
  readonly patience: Patience;
  readonly startedMs: number;
};

/** Drains `moves.fifo`: the moves of an order one after the other, orders side by side (E3). */
export const makeMoveOrders =
  (deps: MoveOrdersDeps) =>
  async (records: readonly QueueRecord[], deadline: Deadline): Promise<SQSBatchResponse> => {
    const { leftovers, clock } = deps;
    const work = { ...deps, deadline, patience: makePatience(deps, deadline), startedMs: clock.now() };
    const door = { queue: 'moves', schema: moveOrderMessageSchema, isFifo: true, leftovers };
    const { opened, left } = await openBatch(records, door);
    const groups = new Map<string, Move[]>();
    for (const move of opened) {
      const { orderId } = move.message;
      groups.set(orderId, [...(groups.get(orderId) ?? []), move]);
    }
    const undone = await Promise.all([...groups.values()].map((moves) => workGroup(work, moves)));
    return leftovers.answer([...left, ...undone.flat()]);
  };

/** Nothing overtakes: a move that goes back takes those behind it along, with one delay (C6). */
const workGroup = async (work: Work, moves: readonly Move[]): Promise<readonly Leftover[]> => {
  const { deadline, patience, logger } = work;
  for (const [index, move] of moves.entries()) {
    const { orderId, correlationId, moveId } = move.message;
    const fields = { orderId, correlationId, moveId };
    const worked = await workAlone(deadline, () => settleMove(work, move, fields));
    const kept =
      worked.outcome === 'blamed' && (await keepLetter(work, move, 'invalid', faultDetail(worked.error), fields));
    if (worked.outcome === 'settled' || kept) continue;
    if (worked.error !== undefined)
      logger.warn('move-fault', { ...fields, reason: worked.reason, ...errorFields(worked.error) });
    const records = moves.slice(index).map(({ record }) => record);
    return [{ records, reason: worked.reason, fields, group: move.record.group ?? orderId }];
  }
  patience.hurry();
  return [];
};

/** Reads, judges, writes on condition of what was read; somebody faster means read and judge again. */
const settleMove = async (work: Work, move: Move, fields: LogFields): Promise<Worked> => {
  const { moves, patience, clock, decide = decideMove } = work;
  const missing = new Set<string>();
  for (let attempts = 1; ; attempts += 1) {
    const { answer: read } = await insist(patience, () => moves.read(move.message.orderId));
    if (isFault(read)) return workedOf(read);
    if (read.outcome === 'unreadable') return { outcome: 'left', reason: 'row-unreadable' };
    if (read.outcome === 'absent') return unknownOrder(work, move, fields);
    const planned = decided(() => decide(read.row, move.message, new Date(clock.now()).toISOString()));
    if (isFault(planned)) return workedOf(planned);
    const { decision } = planned;
    const settle = (result: LogFields) => moved(work, move, fields, result, { order: read.row, decision });
    if (decision.kind === 'known' || decision.kind === 'reached')
      return settle({ outcome: decision.kind === 'known' ? 'repeated' : 'reached', attempts, wcu: 0 });
    const { answer } = await insist(patience, () =>
      decision.kind === 'apply' ? moves.apply(without(decision.move, missing)) : moves.refuse(decision.move),
    );
    if (isFault(answer)) return workedOf(answer);
    if (answer.outcome === 'written') {
      const refused = decision.kind === 'refuse' ? { reason: decision.move.refusedMove.reason } : {};
      const outcome = `${decision.kind}: ${move.message.to}`;
      return settle({ ...refused, outcome, attempts, wcu: answer.wcu, rev: read.row.rev + 1 });
    }
    for (const productId of answer.missing) missing.add(productId);
    if (!(await patience.waitContended())) return { outcome: 'left', reason: 'overtaken' };
  }
};

/** Stock goes back to the products that still exist. */
const without = (move: AppliedMove, missing: ReadonlySet<string>): AppliedMove => ({
  ...move,
  returns: move.returns.filter(({ productId }) => !missing.has(productId)),
});

/** A move is asked for on a stored order only, and no order is ever deleted: such a message contradicts itself. */
const unknownOrder = async (work: Work, move: Move, fields: LogFields): Promise<Worked> =>
  (await keepLetter(work, move, 'unknown-order', 'no order of this id is stored', fields))
    ? settled
    : { outcome: 'left', reason: 'dead-letter-not-kept' };

/**
 * A move is settled once it is noted too: until then it comes back, is known, and is noted again. Of one that somebody
 * else had made already there is nothing to note.
 */
const moved = async (
  { log, pending, patience, logger, clock, startedMs }: Work,
  { message }: Move,
  fields: LogFields,
  result: LogFields,
  { order, decision }: { readonly order: OrderItem; readonly decision: MoveDecision },
): Promise<Worked> => {
  const times = { ageMs: clock.now() - message.sentAtMs, durationMs: clock.now() - startedMs };
  logger.info(result.reason === undefined ? 'order-moved' : 'move-refused', { ...fields, ...result, ...times });
  const { orderId, moveId, by } = message;
  const { answer } = await insist(patience, () =>
    sent(async () => {
      if (decision.kind !== 'reached')
        await log.note(settledMoveOf(order, message, decision, new Date(clock.now()).toISOString()));
      if (by === 'staff') await pending.forget({ record: `order/${orderId}`, actId: moveId });
    }),
  );
  if (!isFault(answer)) return settled;
  const why = workedOf(answer);
  return why.outcome === 'blamed' ? why : { outcome: 'left', reason: 'move-not-noted', error: answer.error };
};

const keepLetter = (
  { leftovers }: Work,
  { record, message }: Move,
  reason: string,
  detail: string,
  fields: LogFields,
): Promise<boolean> => {
  const { attempt, correlationId } = message;
  return leftovers.keepLetter(
    record,
    { id: deadLetterIds.move(message), reason, detail, attempt, correlationId },
    fields,
  );
};
