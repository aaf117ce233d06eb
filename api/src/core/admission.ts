import type { WaitReading } from '@penstock/platform/wait-estimate';

export type Verdict =
  | { readonly admit: true }
  /** Refused before anything is promised: the wait until writes are taken again, if no more came. */
  | { readonly admit: false; readonly retryAfterSeconds: number };

/** Decides for one kind of write whether the backlog may grow (B3). */
export type Admission = (reading: WaitReading) => Verdict;

/** Once it refuses, it goes on until the wait is down to this part of the bound: without it, the answer would flicker. */
const resumeShare = 0.8;
/** Nobody is sent away for longer: the backlog may shrink faster than it seems. */
const retryAfterMaxSeconds = 120;

/** `shedAtMs`: the estimated wait from which writes are refused. An unknown wait and a paused queue admit. */
export const makeAdmission = (shedAtMs: number): Admission => {
  const resumeAtMs = shedAtMs * resumeShare;
  let isShedding = false;
  return (reading) => {
    if (reading.kind !== 'known') return { admit: true };
    isShedding = reading.waitMs >= (isShedding ? resumeAtMs : shedAtMs);
    if (!isShedding) return { admit: true };
    const seconds = Math.ceil((reading.waitMs - resumeAtMs) / 1000);
    return { admit: false, retryAfterSeconds: Math.min(retryAfterMaxSeconds, Math.max(1, seconds)) };
  };
};
