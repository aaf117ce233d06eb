import type { Clock } from '@penstock/domain/clock';
import { operationsTopic } from '@penstock/domain/watch';
import type { Deferral } from '@penstock/platform/deferral';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { OperationsReader } from '@penstock/platform/operations-reader';
import type { FrameDraft } from '#core/frame-drafts';
import type { QueueRecord } from '#core/queue-records';
import type { PostedFrames } from '#flows/post-frames';

export type PushOperationsDeps = {
  readonly operations: OperationsReader;
  readonly postFrames: (frames: readonly FrameDraft[], deadlineMs: number) => Promise<PostedFrames>;
  readonly deferral: Deferral;
  readonly clock: Clock;
  readonly sleep: (delayMs: number) => Promise<unknown>;
  readonly logger: Logger;
};

/** How often the meters are sent while somebody listens. */
const everyMs = 2000;
/** Meanwhile it looks this often whether its time is up: less may be left than was said at first. */
const napMs = 250;
/** The share of the time-out after which the message goes back and the next invocation goes on. */
const workedShare = 0.7;

/**
 * Sends the meters every two seconds until nobody has taken the topic. Every subscription sent a message, so the last
 * of a batch stands for all: it goes back, visible at once, while somebody listens, and is deleted when nobody does.
 * Who subscribes after that look has sent a message that waits behind it in the same group.
 */
export const makePushOperations =
  (deps: PushOperationsDeps) =>
  async (records: readonly QueueRecord[], remainingMs: () => number): Promise<readonly string[]> => {
    const wholeMs = remainingMs();
    const deadlineMs = deps.clock.now() + workedShare * wholeMs;
    const isOver = (): boolean => remainingMs() <= (1 - workedShare) * wholeMs;
    const last = records.at(-1);
    if (last === undefined) return [];
    do {
      const beganMs = deps.clock.now();
      if ((await push(deps, deadlineMs)) === 'nobody') return [];
      for (let leftMs = everyMs; leftMs > 0 && !isOver(); leftMs = beganMs + everyMs - deps.clock.now())
        await deps.sleep(Math.min(napMs, leftMs));
    } while (!isOver());
    for (const { messageId, code } of await deps.deferral.defer([last], 0))
      deps.logger.warn('deferral-failed', { queue: 'watches', reason: `${messageId} ${code}` });
    return [last.messageId];
  };

const push = async (
  { operations, postFrames, logger }: PushOperationsDeps,
  deadlineMs: number,
): Promise<'told' | 'nobody'> => {
  try {
    const data = await operations.read();
    const rev = Date.parse(data.at);
    const frame = { topic: operationsTopic, id: 'operations', rev, data, position: 0, createdAtMs: rev };
    const { posted, gone, failed, unposted } = await postFrames([frame], deadlineMs);
    return posted + gone + failed === 0 && unposted === undefined ? 'nobody' : 'told';
  } catch (error) {
    // Without a reading nothing is sent; the people who listen see by the age of the last one that it is late.
    logger.warn('operations-unread', errorFields(error));
    return 'told';
  }
};
