import { type BasketOpMessage, basketOpMessageSchema } from '@penstock/domain/messages';
import { basketHashOf } from '@penstock/platform/basket-hash';
import type { BasketStore } from '@penstock/platform/basket-store';
import { errorFields, type LogFields, type Logger } from '@penstock/platform/logger';
import type { SQSBatchResponse } from 'aws-lambda';
import type { Deadline } from '#core/deadline';
import { faultDetail } from '#core/fault-detail';
import { planFold } from '#core/plan-fold';
import type { QueueRecord } from '#core/queue-records';
import { deadLetterIds } from '#flows/dead-letter-ids';
import { decided, insist, isFault } from '#flows/insist';
import type { Leftover, Leftovers } from '#flows/leftovers';
import { type Opened, openBatch } from '#flows/open-batch';
import { makePatience, type Patience, type PatienceDeps } from '#flows/patience';
import { settled, type Worked, workAlone, workedOf } from '#flows/work-alone';

export type FoldBasketsDeps = PatienceDeps & {
  readonly baskets: BasketStore;
  readonly leftovers: Leftovers;
  readonly logger: Logger;
  /** The fold. Tests plant a wrong one. */
  readonly fold?: typeof planFold;
};

/** The ops of one basket in the batch, in the order of sending. */
type Ops = readonly Opened<BasketOpMessage>[];
type Work = FoldBasketsDeps & {
  readonly deadline: Deadline;
  readonly patience: Patience;
  readonly startedMs: number;
};

/** Drains `baskets.fifo`: all ops of a basket in the batch become one conditional write (C5). */
export const makeFoldBaskets =
  (deps: FoldBasketsDeps) =>
  async (records: readonly QueueRecord[], deadline: Deadline): Promise<SQSBatchResponse> => {
    const { leftovers, clock } = deps;
    const work = { ...deps, deadline, patience: makePatience(deps, deadline), startedMs: clock.now() };
    const door = { queue: 'baskets', schema: basketOpMessageSchema, isFifo: true, leftovers };
    const { opened, left } = await openBatch(records, door);
    const groups = new Map<string, Opened<BasketOpMessage>[]>();
    for (const each of opened) {
      const { basketId } = each.message;
      groups.set(basketId, [...(groups.get(basketId) ?? []), each]);
    }
    const undone = await Promise.all([...groups].map(([basketId, ops]) => foldGroup(work, basketId, ops)));
    return leftovers.answer([...left, ...undone.flat()]);
  };

/**
 * Folds a basket's ops together; when one of them is at fault, one by one, until a fault of the world ends it. The one is a
 * letter then, and holds up nothing of its basket.
 */
const foldGroup = async (work: Work, basketId: string, ops: Ops): Promise<readonly Leftover[]> => {
  const { deadline, patience, logger } = work;
  const [first] = ops;
  const fields: LogFields = {
    basketHash: basketHashOf(basketId),
    ...(first === undefined ? {} : { correlationId: first.message.correlationId }),
  };
  const leave = (undone: Ops, reason: string, error: unknown): readonly Leftover[] => {
    if (error !== undefined) logger.warn('basket-fault', { ...fields, reason, ...errorFields(error) });
    const records = undone.map(({ record }) => record);
    return [{ records, reason, fields, group: first?.record.group ?? basketId }];
  };
  const together = await foldOps(work, basketId, ops, fields);
  if (together.outcome === 'settled') {
    patience.hurry();
    return [];
  }
  if (together.outcome === 'left') return leave(ops, together.reason, together.error);
  for (const [index, op] of ops.entries()) {
    const alone = await workAlone(deadline, () => foldOps(work, basketId, [op], fields), ops.length === 1 ? 1 : 0);
    if (alone.outcome === 'left') return leave(ops.slice(index), alone.reason, alone.error);
    if (alone.outcome === 'blamed' && !(await keepLetter(work, op, 'invalid', faultDetail(alone.error), fields)))
      return leave(ops.slice(index), 'dead-letter-not-kept', alone.error);
  }
  patience.hurry();
  return [];
};

/** Reads, folds, writes on condition of the rev read; somebody faster means read and fold again (C5). */
const foldOps = async (work: Work, basketId: string, ops: Ops, fields: LogFields): Promise<Worked> => {
  const { baskets, patience, clock, fold = planFold } = work;
  let remaining = ops;
  for (let attempts = 1; ; attempts += 1) {
    const { answer: read } = await insist(patience, () => baskets.read(basketId));
    if (isFault(read)) return workedOf(read);
    if (read.outcome === 'unreadable') return { outcome: 'left', reason: 'row-unreadable' };
    const stored = read.outcome === 'found' ? read.row : undefined;
    const toFold = remaining.map(({ message }) => message.op);
    const planned = decided(() => fold(basketId, stored, toFold, clock.now()));
    if (isFault(planned)) return workedOf(planned);
    const { row, tooBig } = planned.decision;
    for (const [index, op] of remaining.entries())
      if (tooBig.includes(index) && !(await keepLetter(work, op, 'basket-full', 'the row would pass 300 KB', fields)))
        return { outcome: 'left', reason: 'dead-letter-not-kept' };
    remaining = remaining.filter((_, index) => !tooBig.includes(index));
    if (row === undefined) return folded(work, remaining, fields, { attempts, wcu: 0, outcome: 'unchanged' });
    const { answer } = await insist(patience, () => baskets.write(row, stored?.rev));
    if (isFault(answer)) return workedOf(answer);
    if (answer.outcome === 'written')
      return folded(work, remaining, fields, { attempts, wcu: answer.wcu, outcome: 'written', rev: row.rev });
    if (!(await patience.waitContended())) return { outcome: 'left', reason: 'overtaken' };
  }
};

const folded = ({ logger, clock, startedMs }: Work, ops: Ops, fields: LogFields, result: LogFields): Worked => {
  const sentAtMs = Math.min(...ops.map(({ message }) => message.sentAtMs), clock.now());
  const times = { ageMs: clock.now() - sentAtMs, durationMs: clock.now() - startedMs };
  logger.info('basket-folded', { ...fields, ...result, ...times, folded: ops.length });
  return settled;
};

const keepLetter = (
  { leftovers }: Work,
  { record, message }: Opened<BasketOpMessage>,
  reason: string,
  detail: string,
  fields: LogFields,
): Promise<boolean> => {
  const { attempt, correlationId } = message;
  const id = deadLetterIds.basketOp(message);
  return leftovers.keepLetter(record, { id, reason, detail, attempt, correlationId }, { ...fields, correlationId });
};
