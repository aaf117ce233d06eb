import { errorFields, type Logger } from '@penstock/platform/logger';
import type { QueueReceiver } from '@penstock/platform/queue-receiver';
import type { Deadline } from '#core/deadline';
import type { QueueRecord } from '#core/queue-records';
import type { Drain } from '#flows/drain';

/** An invocation works at most this many messages, those of its event among them (D8). */
export const topUpMax = 50;

export type TopUpDeps = {
  readonly queue: string;
  readonly receiver: QueueReceiver;
  /** How long the next plan waits for the pacer, ms. Nobody receives more while it could be written now. */
  readonly waitMs: () => number;
  /** Messages that one plan has room for (D3); undefined: any number. */
  readonly roomMax: () => number | undefined;
  /** Told of messages that were worked beyond an event's own, for the lease (B1). */
  readonly applied: (count: number) => void;
  readonly logger: Logger;
};

/**
 * A drain that receives more itself while the pacer makes it wait (D8): a larger group shares its decrements. It deletes
 * those messages after the drain is through with them, and never lists them in the answer: an id that was not in the
 * event fails the whole batch. What was put back has its visibility from the drain already; whatever is forgotten by a
 * kill comes back by the queue's own.
 */
export const withTopUp = (deps: TopUpDeps, drain: Drain): Drain => {
  const { queue, receiver, logger } = deps;

  const receiveMore = async (event: readonly QueueRecord[], deadline: Deadline): Promise<readonly QueueRecord[]> => {
    const more: QueueRecord[] = [];
    const keptMs = deadline.remainingMs() / 2;
    const known = new Set(event.map(({ messageId }) => messageId));
    const room = () => Math.min(topUpMax, Math.floor(deps.roomMax() ?? topUpMax)) - known.size;
    try {
      while (room() > 0 && deps.waitMs() > 0 && deadline.remainingMs() > keptMs) {
        const received = await receiver.receive(room());
        // A second copy of what is here already is the event source's to settle: it goes by the same id.
        const fresh = received.filter(({ messageId }) => !known.has(messageId));
        if (fresh.length === 0) break;
        more.push(...fresh);
        for (const { messageId } of fresh) known.add(messageId);
      }
    } catch (error) {
      logger.warn('top-up-failed', { queue, ...errorFields(error) });
    }
    return more;
  };

  const settle = async (own: readonly QueueRecord[], failed: ReadonlySet<string>): Promise<void> => {
    const done = own.filter(({ messageId }) => !failed.has(messageId));
    if (done.length === 0) return;
    deps.applied(done.length);
    for (const { code } of await receiver.remove(done)) logger.warn('top-up-not-deleted', { queue, code });
  };

  return async (records, deadline) => {
    const own = await receiveMore(records, deadline);
    if (own.length === 0) return drain(records, deadline);
    const answer = await drain([...records, ...own], deadline);
    await settle(own, new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)));
    const ids = new Set(own.map(({ messageId }) => messageId));
    return { batchItemFailures: answer.batchItemFailures.filter(({ itemIdentifier }) => !ids.has(itemIdentifier)) };
  };
};
