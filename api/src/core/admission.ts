/** How long a write accepted now would wait, if anybody knows. */
export type Wait = { readonly kind: 'known'; readonly waitMs: number } | { readonly kind: 'unknown' | 'paused' };

export type Verdict =
  | { readonly admit: true }
  /** Refused before anything is promised: the wait until writes are taken again, if no more came. */
  | { readonly admit: false; readonly retryAfterSeconds: number };

/** Decides for one kind of write whether the backlog may grow (B3). */
export type Admission = (wait: Wait) => Verdict;

/** Once it refuses, it goes on until the wait is down to this part of the bound: without it, the answer would flicker. */
const resumeShare = 0.8;
/** Nobody is sent away for longer: the backlog may shrink faster than it seems. */
const retryAfterMaxSeconds = 120;

/** `shedAtMs`: the estimated wait from which writes are refused. An unknown wait and a paused queue admit. */
export const makeAdmission = (shedAtMs: number): Admission => {
  const resumeAtMs = shedAtMs * resumeShare;
  let isShedding = false;
  return (wait) => {
    if (wait.kind !== 'known') return { admit: true };
    isShedding = wait.waitMs >= (isShedding ? resumeAtMs : shedAtMs);
    if (!isShedding) return { admit: true };
    const seconds = Math.ceil((wait.waitMs - resumeAtMs) / 1000);
    return { admit: false, retryAfterSeconds: Math.min(retryAfterMaxSeconds, Math.max(1, seconds)) };
  };
};
