import type { Clock } from '@penstock/domain/clock';
import type { OrderItem } from '@penstock/domain/items';
import type { LogFields, Logger } from '@penstock/platform/logger';
import { errorFields } from '@penstock/platform/logger';
import type { WriteQueue } from '@penstock/platform/write-queue';
import { orderedLineOps } from '#core/ordered-lines';
import { insist, isFault, sent } from '#flows/insist';
import type { Leftover } from '#flows/leftovers';
import type { Patience } from '#flows/patience';
import type { OrderEntry } from '#flows/place-round';

export type SettleOrderDeps = {
  readonly queue: Pick<WriteQueue, 'sendBasketOp'>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly patience: Patience;
  readonly startedMs: number;
};

/** Tries of one basket op: more would keep the orders behind it waiting for a queue that is away. */
const sendTriesMax = 4;

/** The end of an order whose row is stored: its lines leave the basket (C9), then it may be acknowledged. */
export type OrderSettling = {
  /** The order is stored by this worker, just now. */
  readonly written: (entry: OrderEntry, row: OrderItem, cost: Pick<LogFields, 'wcu' | 'attempts'>) => Promise<void>;
  /** A row was there: of this very body, or of another one, which owns the id (A4). */
  readonly found: (entry: OrderEntry, row: OrderItem) => Promise<void>;
  /** Orders that are stored and whose basket ops could not be sent: not to be acknowledged. */
  readonly unsent: () => readonly Leftover[];
};

export const makeOrderSettling = ({ queue, logger, clock, patience, startedMs }: SettleOrderDeps): OrderSettling => {
  const unsent: Leftover[] = [];

  const fieldsOf = ({ message }: OrderEntry): LogFields => ({
    orderId: message.orderId,
    correlationId: message.correlationId,
    ageMs: clock.now() - message.sentAtMs,
    durationMs: clock.now() - startedMs,
  });

  const clearBasket = async (entry: OrderEntry, row: OrderItem): Promise<void> => {
    const { orderId, correlationId } = entry.message;
    const answers = await Promise.all(
      orderedLineOps(row, clock.now()).map((op) =>
        insist(patience, () => sent(() => queue.sendBasketOp(op)), { triesMax: sendTriesMax }),
      ),
    );
    const fault = answers.map(({ answer }) => answer).find(isFault);
    if (fault === undefined) return;
    const fields = { orderId, correlationId };
    logger.warn('basket-op-not-sent', { ...fields, ...errorFields(fault.error) });
    unsent.push({ records: entry.records, reason: 'basket-op-not-sent', fields });
  };

  return {
    written: async (entry, row, cost) => {
      await clearBasket(entry, row);
      const fields = { ...fieldsOf(entry), ...cost, count: row.lines.length };
      if (row.status === 'rejected') logger.info('order-rejected', { ...fields, reason: row.reason ?? '' });
      else logger.info('order-placed', fields);
      if (entry.records.length > 1)
        logger.info('order-duplicate', { ...fieldsOf(entry), outcome: 'same-batch', count: entry.records.length - 1 });
    },
    found: async (entry, row) => {
      const isSame = row.bodyHash === entry.message.bodyHash;
      if (isSame) await clearBasket(entry, row);
      const outcome = isSame ? 'stored' : 'payload-mismatch';
      logger.info('order-duplicate', { ...fieldsOf(entry), outcome, count: entry.records.length });
    },
    unsent: () => unsent,
  };
};
