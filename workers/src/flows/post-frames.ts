import type { Clock } from '@penstock/domain/clock';
import type { ConnectionStore, Subscriber } from '@penstock/platform/connection-store';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { SocketPush } from '@penstock/platform/socket-push';
import type { FrameDraft } from '#core/frame-drafts';
import type { FrameRules } from '#core/frame-rules';
import { forEachBounded } from '#flows/bounded';

export type PostFramesDeps = {
  readonly connections: Pick<ConnectionStore, 'connectionsOf' | 'forget'>;
  readonly push: SocketPush;
  readonly rules: FrameRules;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A correlation id for frames whose row has none. */
  readonly mintId: () => string;
};

/** What came of a batch of frames. `unposted`: the first place in the batch from which frames are still to be sent. */
export type PostedFrames = {
  readonly unposted: number | undefined;
  readonly posted: number;
  readonly gone: number;
  readonly failed: number;
};

type Job = { readonly frame: FrameDraft; readonly text: string; readonly to: Subscriber };

const lanes = 16;

/**
 * Posts frames to everyone who has taken their topics, sixteen at once, until the deadline. Who listens is looked up
 * once a topic and batch, after the change was stored: a subscriber acknowledged later reads the change by its GET (H2).
 * Never throws and never fails for a post (H5).
 */
export const makePostFrames =
  (deps: PostFramesDeps) =>
  async (frames: readonly FrameDraft[], deadlineMs: number): Promise<PostedFrames> => {
    const count = { posted: 0, gone: 0, failed: 0 };
    let unposted: number | undefined;
    const leave = (frame: FrameDraft) => {
      unposted = Math.min(unposted ?? frame.position, frame.position);
    };
    const isLate = () => deps.clock.now() >= deadlineMs;

    const listeners = await findListeners(deps, frames, isLate);
    const jobs: Job[] = [];
    for (const frame of frames) {
      const found = listeners.get(frame.topic);
      if (found === undefined) leave(frame);
      else if (found.length > 0) {
        const text = deps.rules.encode({
          topic: frame.topic,
          id: frame.id,
          rev: frame.rev,
          at: new Date(deps.clock.now()).toISOString(),
          correlationId: frame.correlationId ?? deps.mintId(),
          data: frame.data,
        });
        for (const to of found) jobs.push({ frame, text, to });
      }
    }

    // A connection that failed or is gone takes no more of this batch: it will ask anew when it is back.
    const lost = new Set<string>();
    await forEachBounded(jobs, lanes, async ({ frame, text, to }) => {
      if (lost.has(to.connectionId)) return;
      if (isLate()) return leave(frame);
      const outcome = await deps.push.post(to.connectionId, text);
      if (outcome === 'ok') count.posted += 1;
      else if (!lost.has(to.connectionId)) {
        lost.add(to.connectionId);
        count[outcome] += 1;
        if (outcome === 'gone') await forget(deps, to, frame.topic);
        else await closeFailed(deps, to);
      }
    });
    return { unposted, ...count };
  };

/** The listeners of each topic; a topic is missing when there was no time left or they could not be read. */
const findListeners = async (
  { connections, rules, logger }: PostFramesDeps,
  frames: readonly FrameDraft[],
  isLate: () => boolean,
): Promise<ReadonlyMap<string, readonly Subscriber[]>> => {
  const listeners = new Map<string, readonly Subscriber[]>();
  const topics = [...new Set(frames.map((frame) => frame.topic))];
  await forEachBounded(topics, lanes, async (topic) => {
    if (isLate()) return;
    try {
      const found = await connections.connectionsOf(topic);
      listeners.set(
        topic,
        found.filter(({ audience }) => rules.mayReceive(topic, audience)),
      );
    } catch (error) {
      logger.error('listeners-unread', errorFields(error));
    }
  });
  return listeners;
};

const forget = async ({ connections, rules, clock, logger }: PostFramesDeps, to: Subscriber, topic: string) => {
  if (!rules.mayForget(to.connectedAt, clock.now())) return;
  try {
    await connections.forget(to.connectionId, topic);
  } catch (error) {
    // The rows end by themselves at their expiry; until then each post finds the connection gone again.
    logger.warn('connection-not-forgotten', { connectionId: to.connectionId, ...errorFields(error) });
  }
};

const closeFailed = async ({ push, logger }: PostFramesDeps, { connectionId }: Subscriber) => {
  const outcome = await push.close(connectionId);
  logger.warn('connection-closed-after-failed-post', { connectionId, outcome });
};
