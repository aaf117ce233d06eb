/** How many posts may leave this instance in any one second (H4). Times are ms on one clock. */
export type PostBudget = {
  readonly perSecond: number;
  /** When the next post may leave, at the earliest `nowMs`; takes nothing. */
  readonly nextMs: (nowMs: number) => number;
  /** Takes the next place and tells when it is: a post made then keeps every second within the budget. */
  readonly reserve: (nowMs: number) => number;
  /** Places that are free within the second that begins now. */
  readonly room: (nowMs: number) => number;
};

const secondMs = 1000;

/**
 * Remembers when the last `perSecond` posts left: the next one leaves a second after the oldest of them. Any second,
 * wherever it begins, then holds at most `perSecond` posts, and a quiet instance still posts that many at once.
 */
export const makePostBudget = (perSecond: number): PostBudget => {
  const size = Math.max(1, Math.floor(perSecond));
  /** Places taken, a ring in rising order: `oldest` is the one that is overwritten next. */
  const taken = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;
  let latest = Number.NEGATIVE_INFINITY;
  const nextMs = (nowMs: number): number => Math.max(nowMs, latest, (taken[oldest] ?? 0) + secondMs);
  return {
    perSecond: size,
    nextMs,
    reserve: (nowMs) => {
      const atMs = nextMs(nowMs);
      taken[oldest] = atMs;
      oldest = (oldest + 1) % size;
      latest = atMs;
      return atMs;
    },
    room: (nowMs) => taken.filter((atMs) => atMs < nowMs).length,
  };
};

/** This instance's part of what all of them may post together. */
export const shareOfPosts = (postsPerSecond: number, instances: number): number =>
  Math.max(1, Math.floor(postsPerSecond / Math.max(1, instances)));
