import type { BasketOpMessage, MoveOrderMessage, PlaceOrderMessage } from '@penstock/domain/messages';
import { packStamp } from '@penstock/domain/stamps';
import { basketOpLetterId, moveLetterId } from '@penstock/platform/letter-ids';

/**
 * What a letter is about (G3): one thing has one letter, however often its message comes. Its characters need no escape
 * in an address; a move id may have any, so it is hashed like an op.
 */
export const deadLetterIds = {
  order: ({ orderId }: PlaceOrderMessage): string => orderId,
  basketOp: ({ basketId, op }: BasketOpMessage): string =>
    basketOpLetterId(basketId, 'clear' in op ? ['clear'] : [op.line, op.quantity], packStamp(op.stamp)),
  move: ({ orderId, moveId }: MoveOrderMessage): string => moveLetterId(orderId, moveId),
  unreadable: (queue: string, messageId: string): string => `${queue}.${messageId}`,
};
