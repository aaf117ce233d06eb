import type { SqsMessage } from '#queue/fauxqs-internals';

/** Puts a message back where its sequence number belongs. Numbers are 20 digits: text order is number order. */
export const insertInOrder = (waiting: SqsMessage[], message: SqsMessage): void => {
  const number = message.sequenceNumber ?? '';
  const index = waiting.findIndex((other) => (other.sequenceNumber ?? '') > number);
  waiting.splice(index < 0 ? waiting.length : index, 0, message);
};

/** Delayed messages that are due now, and the rest, each in the order given. */
export const splitDue = (
  delayed: readonly SqsMessage[],
  nowMs: number,
): { readonly due: readonly SqsMessage[]; readonly later: SqsMessage[] } => ({
  due: delayed.filter((message) => (message.delayUntil ?? 0) <= nowMs),
  later: delayed.filter((message) => (message.delayUntil ?? 0) > nowMs),
});
