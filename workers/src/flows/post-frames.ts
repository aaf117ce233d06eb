import type { Clock } from '@penstock/domain/clock';
import { forEachBounded } from '@penstock/platform/bounded';
import type { ConnectionStore, Subscriber } from '@penstock/platform/connection-store';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { SocketPush } from '@penstock/platform/socket-push';
import type { FrameDraft } from '#core/frame-drafts';
import type { FrameMemory } from '#core/frame-memory';
import { type PlannedPost, planPosts } from '#core/frame-planner';
import type { FrameRules } from '#core/frame-rules';
import type { PostBudget } from '#core/post-budget';
import { workPatiently } from '#flows/patient-lanes';

export type PostFramesDeps = {
  readonly connections: Pick<ConnectionStore, 'connectionsOf' | 'forget'>;
  readonly push: SocketPush;
  readonly rules: FrameRules;
  /** The push takes a place of it for every call (makeGatewaySocketPush); here it is asked when the next is free. */
  readonly budget: Pick<PostBudget, 'nextMs' | 'room'>;
  /** One an instance, so that one batch knows what the last one told. */
  readonly memory: FrameMemory;
  readonly clock: Clock;
  readonly sleep: (delayMs: number) => Promise<unknown>;
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

const lanes = 16;
/** A post that takes longer holds no lane: a tenth of the client's time-out. */
const slowAfterMs = 300;
const asideMax = 64;

/**
 * Posts frames to everyone who has taken their topics, sixteen at once and never more a second than the budget has, until
 * the deadline. Who listens is looked up once a topic and batch, after the change was stored: a subscriber acknowledged
 * later reads the change by its GET (H2). A topic that was told a moment ago waits for its time inside the batch (H4):
 * the stream meanwhile gathers what comes next, and the next batch folds it. Nothing is kept past the batch, because an
 * instance may never wake again. Never throws and never fails for a post (H5).
 */
export const makePostFrames =
  (deps: PostFramesDeps) =>
  async (frames: readonly FrameDraft[], deadlineMs: number): Promise<PostedFrames> => {
    const { clock, budget, memory, sleep } = deps;
    const count = { posted: 0, gone: 0, failed: 0 };
    let unposted: number | undefined;
    const leave = (frame: FrameDraft) => {
      unposted = Math.min(unposted ?? frame.position, frame.position);
    };
    const isLate = () => clock.now() >= deadlineMs;

    const listeners = await findListeners(deps, frames, isLate);
    for (const frame of frames) if (!listeners.has(frame.topic)) leave(frame);
    const subscribers = new Map([...listeners.values()].flat().map((each) => [each.connectionId, each]));
    const posts = planPosts({
      frames,
      listeners: new Map([...listeners].map(([topic, found]) => [topic, found.map((each) => each.connectionId)])),
      dueMs: memory.dueMs,
      revAt: memory.revAt,
      room: budget.room(clock.now()),
    });
    const textOf = makeTexts(deps);

    // A connection that failed or is gone takes no more of this batch: it will ask anew when it is back.
    const lost = new Set<string>();
    await workPatiently(posts, {
      width: lanes,
      asideMax,
      slowAfterMs,
      ready: async (post) => {
        if (lost.has(post.connectionId)) return false;
        const startsMs = Math.max(post.notBeforeMs, budget.nextMs(clock.now()));
        if (startsMs >= deadlineMs) {
          post.frames.forEach(leave);
          return false;
        }
        if (startsMs > clock.now()) await sleep(startsMs - clock.now());
        return true;
      },
      work: async (post) => {
        const { connectionId, topic } = post;
        const to = subscribers.get(connectionId);
        if (to === undefined || lost.has(connectionId)) return;
        if (isLate()) return post.frames.forEach(leave);
        const outcome = await deps.push.post(connectionId, textOf(post));
        memory.told(topic, clock.now());
        if (outcome === 'ok') {
          count.posted += 1;
          for (const { id, rev } of post.frames) memory.reached(topic, id, connectionId, rev);
        } else if (!lost.has(connectionId)) {
          lost.add(connectionId);
          count[outcome] += 1;
          if (outcome === 'gone') await forget(deps, to, topic);
          else await closeFailed(deps, to);
        }
      },
    });
    if (unposted === undefined) memory.finished(clock.now());
    const refetched = posts.filter(({ kind }) => kind === 'refetch').length;
    if (refetched > 0) deps.logger.info('frames-folded', { count: refetched });
    return { unposted, ...count };
  };

/** The text of a post, made once for all who get the same frame. */
const makeTexts = ({ rules, clock, mintId }: PostFramesDeps) => {
  const texts = new Map<FrameDraft, string>();
  return ({ kind, topic, frames: [frame] }: PlannedPost<FrameDraft>): string => {
    if (kind === 'refetch' || frame === undefined) return rules.refetch(topic);
    const known = texts.get(frame);
    if (known !== undefined) return known;
    const text = rules.encode({
      topic,
      id: frame.id,
      rev: frame.rev,
      at: new Date(clock.now()).toISOString(),
      correlationId: frame.correlationId ?? mintId(),
      data: frame.data,
    });
    texts.set(frame, text);
    return text;
  };
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
