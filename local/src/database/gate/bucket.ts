/** Capacity of one bucket. `burstSeconds` (0 to 300) is how much unused capacity it keeps beyond the running second. */
export type BucketLimit = { readonly perSecond: number; readonly burstSeconds: number };

/**
 * A token bucket with debt, in capacity units. It refills steadily, keeps one second of capacity and the burst, lets a
 * call in while something is left, and is then charged the whole of what the call cost: a balance below zero keeps the
 * door shut until it is paid back. So in any stretch of t seconds no more goes in than t + 1 + burst seconds of
 * capacity and one call's charge.
 */
export type Bucket = {
  readonly isOpen: (nowMs: number) => boolean;
  /** Takes units, into debt if need be; a negative number gives back what was taken too much. */
  readonly take: (units: number, nowMs: number) => void;
  /** A live change: what is left stays, as far as the new limit holds it; a debt stays. */
  readonly resize: (limit: BucketLimit, nowMs: number) => void;
  readonly balance: (nowMs: number) => number;
};

/** Makes a bucket that is full. */
export const makeBucket = (initial: BucketLimit, nowMs: number): Bucket => {
  let limit = initial;
  let balance = mostOf(limit);
  let filledAtMs = nowMs;

  const fill = (atMs: number): void => {
    // A clock that steps back must not drain the bucket.
    const elapsedMs = Math.max(0, atMs - filledAtMs);
    balance = Math.min(mostOf(limit), balance + (limit.perSecond * elapsedMs) / 1000);
    filledAtMs = atMs;
  };

  return {
    isOpen: (atMs) => {
      fill(atMs);
      return balance > 0;
    },
    take: (units, atMs) => {
      fill(atMs);
      balance = Math.min(mostOf(limit), balance - units);
    },
    resize: (next, atMs) => {
      fill(atMs);
      limit = next;
      balance = Math.min(mostOf(limit), balance);
    },
    balance: (atMs) => {
      fill(atMs);
      return balance;
    },
  };
};

const mostOf = ({ perSecond, burstSeconds }: BucketLimit): number => perSecond * (1 + burstSeconds);
