import type { OrderItem } from '@penstock/domain/items';
import { type BasketOpMessage, messageSchemaNumber } from '@penstock/domain/messages';
import { orderStamp, unpackStamp } from '@penstock/domain/stamps';

/**
 * The ops that take an order's lines out of its basket (C9): quantity 0 just above the stamp that was ordered, below
 * any later edit. A line without a stamp clears nothing, a refused order clears nothing.
 */
export const orderedLineOps = (order: OrderItem, sentAtMs: number): readonly BasketOpMessage[] =>
  order.status === 'rejected'
    ? []
    : order.lines.flatMap(({ productId, stamp }) => {
        const ordered = stamp === undefined ? undefined : unpackStamp(stamp);
        if (ordered === undefined) return [];
        return {
          kind: 'basket-op' as const,
          schema: messageSchemaNumber,
          correlationId: order.correlationId,
          sentAtMs,
          attempt: 0,
          basketId: order.basketId,
          op: { line: productId, quantity: 0, stamp: orderStamp(ordered) },
        };
      });
