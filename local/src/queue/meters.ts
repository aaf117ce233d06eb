import type { SqsMessage } from '#queue/fauxqs-internals';
import type { MendedQueue } from '#queue/mended-queue';
import type { MendedStore } from '#queue/mended-store';
import { redrivePolicyOf } from '#queue/queue-rules';

/** How a queue stands. Exact here; on AWS the counts are late and approximate. */
export type QueueMeters = {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Age of the oldest message that nobody deleted, in any state; 0 when there is none. */
  readonly oldestAgeMs: number;
  /** Messages in the dead-letter queue; 0 when there is none. */
  readonly deadLetters: number;
};

/** The meters of every queue, by its name in the topology. */
export const readMeters = (store: MendedStore, nowMs: number): Readonly<Record<string, QueueMeters>> =>
  Object.fromEntries(
    store.mendedQueues().map((queue) => {
      const target = redrivePolicyOf(queue.attributes)?.deadLetterTargetArn;
      const dead = target === undefined ? undefined : store.mendedQueues().find(({ arn }) => arn === target);
      return [
        topologyNameOf(queue.name),
        { ...countOf(queue), oldestAgeMs: oldestAgeMs(queue, nowMs), deadLetters: dead ? holds(countOf(dead)) : 0 },
      ];
    }),
  );

/** The topology leaves out what SQS wants at the end of a FIFO queue's name. */
export const topologyNameOf = (queueName: string): string => queueName.replace(/\.fifo$/, '');

type Count = Pick<QueueMeters, 'visible' | 'inFlight' | 'delayed'>;

const holds = ({ visible, inFlight, delayed }: Count): number => visible + inFlight + delayed;

const countOf = (queue: MendedQueue): Count => {
  queue.processTimers();
  return {
    visible: queue.messages.length + sum(queue.fifoMessages.values()),
    inFlight: queue.inflightMessages.size,
    delayed: queue.delayedMessages.length + sum(queue.fifoDelayed.values()),
  };
};

const sum = (groups: Iterable<readonly SqsMessage[]>): number => {
  let count = 0;
  for (const group of groups) count += group.length;
  return count;
};

const oldestAgeMs = (queue: MendedQueue, nowMs: number): number => {
  let oldest = nowMs;
  const look = (messages: Iterable<SqsMessage>) => {
    for (const { sentTimestamp } of messages) if (sentTimestamp < oldest) oldest = sentTimestamp;
  };
  look(queue.messages);
  look(queue.delayedMessages);
  for (const group of queue.fifoMessages.values()) look(group);
  for (const group of queue.fifoDelayed.values()) look(group);
  for (const { message } of queue.inflightMessages.values()) look([message]);
  return nowMs - oldest;
};
