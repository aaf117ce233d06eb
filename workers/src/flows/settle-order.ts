import type { Clock } from '@penstock/domain/clock';
import type { OrderItem } from '@penstock/domain/items';
import type { BasketOpMessage } from '@penstock/domain/messages';
import type { LogFields, Logger } from '@penstock/platform/logger';
import type { UnsentOp, WriteQueue } from '@penstock/platform/write-queue';
import { orderedLineOps } from '#core/ordered-lines';
import { deadLetterIds } from '#flows/dead-letter-ids';
import type { Leftover, Leftovers } from '#flows/leftovers';
import type { Patience } from '#flows/patience';
import type { OrderEntry } from '#flows/place-round';

export type SettleOrderDeps = {
  readonly queue: Pick<WriteQueue, 'sendBasketOps'>;
  readonly leftovers: Pick<Leftovers, 'keepLetter'>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly patience: Patience;
  readonly startedMs: number;
};

/** An order of the batch and the row that is stored under its id. */
export type StoredEntry = { readonly entry: OrderEntry; readonly row: OrderItem };

/** Tries of basket ops: more would keep the orders behind them waiting for a queue that is away. */
const sendTriesMax = 4;

/** The end of orders whose rows are stored: their lines leave the basket (C9), then they may be acknowledged. */
export type OrderSettling = {
  /** The orders are stored by this worker, just now. */
  readonly written: (stored: readonly StoredEntry[], cost: Pick<LogFields, 'wcu' | 'attempts'>) => Promise<void>;
  /** Rows were there: of these very bodies, or of another one, which owns the id (A4). */
  readonly found: (stored: readonly StoredEntry[]) => Promise<void>;
  /** Orders that are stored and whose basket ops could not be sent: not to be acknowledged. */
  readonly unsent: () => readonly Leftover[];
};

export const makeOrderSettling = (deps: SettleOrderDeps): OrderSettling => {
  const { queue, leftovers, logger, clock, patience, startedMs } = deps;
  const unsent: Leftover[] = [];

  const fieldsOf = ({ message }: OrderEntry): LogFields => ({
    orderId: message.orderId,
    correlationId: message.correlationId,
    ageMs: clock.now() - message.sentAtMs,
    durationMs: clock.now() - startedMs,
  });

  /** Sends what is left again and again, as long as that may help. Answers what was not sent, and why. */
  const sendOps = async (ops: readonly BasketOpMessage[]): Promise<readonly UnsentOp[]> => {
    const refused: UnsentOp[] = [];
    let left = ops;
    for (let tries = 1; left.length > 0; tries += 1) {
      const failed = await queue.sendBasketOps(left);
      refused.push(...failed.filter(({ isRefused }) => isRefused));
      const again = failed.filter(({ isRefused }) => !isRefused);
      if (again.length > 0 && (tries === sendTriesMax || !(await patience.waitBusy(tries - 1))))
        return [...refused, ...again];
      left = again.map(({ op }) => op);
    }
    return refused;
  };

  /** An op that the queue will never take: the order goes on, and staff can see what its basket still shows. */
  const keepLetter = async ({ message, records: [record] }: OrderEntry, code: string): Promise<boolean> => {
    const { attempt, correlationId, orderId } = message;
    const detail = `the order is stored; its lines could not be taken out of the basket: ${code}`;
    const letter = { id: deadLetterIds.order(message), reason: 'invalid', detail, attempt, correlationId };
    return record === undefined || leftovers.keepLetter(record, letter, { orderId, correlationId });
  };

  const clearBaskets = async (stored: readonly StoredEntry[]): Promise<void> => {
    const owners = new Map(
      stored.flatMap(({ entry, row }) => orderedLineOps(row, clock.now()).map((op) => [op, entry] as const)),
    );
    const failed = await sendOps([...owners.keys()]);
    for (const entry of new Set(failed.flatMap(({ op }) => owners.get(op) ?? []))) {
      const mine = failed.filter(({ op }) => owners.get(op) === entry);
      const [first] = mine;
      const { orderId, correlationId } = entry.message;
      const fields = { orderId, correlationId };
      logger.warn('basket-op-not-sent', { ...fields, code: first?.code ?? '', count: mine.length });
      if (mine.every(({ isRefused }) => isRefused) && (await keepLetter(entry, first?.code ?? ''))) continue;
      unsent.push({ records: entry.records, reason: 'basket-op-not-sent', fields });
    }
  };

  return {
    written: async (stored, cost) => {
      await clearBaskets(stored);
      for (const { entry, row } of stored) {
        const fields = { ...fieldsOf(entry), ...cost, count: row.lines.length };
        if (row.status === 'rejected') logger.info('order-rejected', { ...fields, reason: row.reason ?? '' });
        else logger.info('order-placed', fields);
        const count = entry.records.length - 1;
        if (count > 0) logger.info('order-duplicate', { ...fieldsOf(entry), outcome: 'same-batch', count });
      }
    },
    found: async (stored) => {
      const isSame = ({ entry, row }: StoredEntry) => row.bodyHash === entry.message.bodyHash;
      await clearBaskets(stored.filter(isSame));
      for (const each of stored) {
        const outcome = isSame(each) ? 'stored' : 'payload-mismatch';
        logger.info('order-duplicate', { ...fieldsOf(each.entry), outcome, count: each.entry.records.length });
      }
    },
    unsent: () => unsent,
  };
};
