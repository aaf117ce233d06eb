/** One post that is to be made: a frame, or the word that several changed, to one connection. */
export type PlannedPost<Frame> = {
  readonly connectionId: string;
  readonly topic: string;
  /** One frame; more when they were folded into a `refetch`. */
  readonly frames: readonly Frame[];
  readonly kind: 'change' | 'refetch';
  /** Not to be posted before, ms. */
  readonly notBeforeMs: number;
};

type Planned = { readonly topic: string; readonly id: string; readonly rev: number };

export type PlanInput<Frame extends Planned> = {
  readonly frames: readonly Frame[];
  /** The connections of each topic. */
  readonly listeners: ReadonlyMap<string, readonly string[]>;
  /** When a topic may be told again, ms. */
  readonly dueMs: (topic: string) => number;
  /** The rev that a connection got already, when the batch is tried again. */
  readonly revAt: (topic: string, id: string, connectionId: string) => number | undefined;
  /** Posts that this second has room for. */
  readonly room: number;
};

/** The least time between two frames of a topic, ms (H4): the catalogue one a second, a product two. */
export const topicIntervalMs = (topic: string): number => {
  if (topic === 'catalogue') return 1000;
  return topic.startsWith('product/') ? 500 : 0;
};

/**
 * Who is told what, and not before when, in the order of posting (H4):
 * - of one entity in one topic only the highest rev is told;
 * - a topic that was told a moment ago waits for its time, and what is due goes first, so it holds nobody up;
 * - what would take more posts than the second has room for is folded: a connection that would get several frames of a
 *   topic gets one `refetch`. One frame stays a frame: a refetch would cost the same post and a read besides;
 * - in a second try nobody gets again what they got in the first, and who got nothing goes first, so that a topic with
 *   more listeners than one invocation can reach gets round all of them.
 */
export const planPosts = <Frame extends Planned>(input: PlanInput<Frame>): readonly PlannedPost<Frame>[] => {
  const posts = newest(input.frames).flatMap((frame) => postsOf(frame, input));
  const folded = posts.length > input.room ? foldTopics(posts.map(({ post }) => post)) : posts.map(({ post }) => post);
  const gotBefore = new Map(posts.map(({ post, got }) => [post, got]));
  return folded.toSorted(
    (left, right) => left.notBeforeMs - right.notBeforeMs || (gotBefore.get(left) ?? 0) - (gotBefore.get(right) ?? 0),
  );
};

const newest = <Frame extends Planned>(frames: readonly Frame[]): readonly Frame[] => {
  const found = new Map<string, Frame>();
  for (const frame of frames) {
    const key = `${frame.topic} ${frame.id}`;
    const known = found.get(key);
    if (known === undefined || frame.rev > known.rev) found.set(key, frame);
  }
  return [...found.values()];
};

const postsOf = <Frame extends Planned>(frame: Frame, { listeners, dueMs, revAt }: PlanInput<Frame>) => {
  const notBeforeMs = Math.max(0, dueMs(frame.topic));
  return (listeners.get(frame.topic) ?? []).flatMap((connectionId) => {
    const got = revAt(frame.topic, frame.id, connectionId) ?? 0;
    const post: PlannedPost<Frame> = {
      connectionId,
      topic: frame.topic,
      frames: [frame],
      kind: 'change',
      notBeforeMs,
    };
    return got >= frame.rev ? [] : [{ post, got }];
  });
};

/** One post for each connection and topic. */
const foldTopics = <Frame>(posts: readonly PlannedPost<Frame>[]): readonly PlannedPost<Frame>[] => {
  const pairs = new Map<string, PlannedPost<Frame>[]>();
  for (const post of posts) {
    const key = `${post.connectionId} ${post.topic}`;
    const pair = pairs.get(key);
    if (pair === undefined) pairs.set(key, [post]);
    else pair.push(post);
  }
  return [...pairs.values()].flatMap((pair) => {
    const [first] = pair;
    if (first === undefined || pair.length === 1) return pair;
    return [{ ...first, kind: 'refetch' as const, frames: pair.flatMap(({ frames }) => frames) }];
  });
};
