import type { BasketOpMessage, PlaceOrderMessage } from '@penstock/domain/messages';
import { messageText, type UnsentOp, type WriteQueue } from '@penstock/platform/write-queue';
import { unbounded } from '#core/deadline';
import type { Drain } from '#flows/drain';

export type WriteDirectlyDeps = {
  readonly placeOrders: Drain;
  readonly foldBaskets: Drain;
  readonly mintId: () => string;
};

/** A write was not done at once, mostly because the table was busy. Transient: whoever sent it may send it again. */
export class WriteNotDone extends Error {
  readonly code = 'write-not-done';
  constructor(kind: string) {
    super(`The ${kind} was not written: the table was busy or somebody else wrote the same row. Send it again.`);
    this.name = 'WriteNotDone';
  }
}

/**
 * The two sends of the accept path as writes that happen at once, through the very flows of the drains: a batch of one,
 * no queue, no pacer. Throws WriteNotDone for what a drain would have put back.
 */
export const makeWriteDirectly = ({
  placeOrders,
  foldBaskets,
  mintId,
}: WriteDirectlyDeps): Pick<WriteQueue, 'sendOrder' | 'sendBasketOp' | 'sendBasketOps'> => {
  const write = async (drain: Drain, message: PlaceOrderMessage | BasketOpMessage): Promise<void> => {
    const record = { messageId: mintId(), receiptHandle: '', body: messageText(message), receives: 1 };
    const { batchItemFailures } = await drain([{ ...record, group: message.basketId }], unbounded);
    if (batchItemFailures.length > 0) throw new WriteNotDone(message.kind);
  };
  return {
    sendOrder: (message) => write(placeOrders, message),
    sendBasketOp: (message) => write(foldBaskets, message),
    sendBasketOps: async (ops) => {
      const unsent: UnsentOp[] = [];
      for (const op of ops)
        await write(foldBaskets, op).catch((error: Error) => unsent.push({ op, code: error.name, isRefused: false }));
      return unsent;
    },
  };
};
