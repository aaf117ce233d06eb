/**
 * The time that one invocation has left to work in. One object goes with the work from the handler through the pacer's
 * line, rounds, tries and trials, so that nothing waits beyond it, whatever progress was made (F6).
 */
export type Deadline = {
  /** ms left, less the reserve; negative once it is past. */
  readonly remainingMs: () => number;
  /** Too late to begin a call: hand back what is not done. */
  readonly isOver: () => boolean;
  /** Whether one may wait so long, ms, and still make a call after it. */
  readonly canWait: (delayMs: number) => boolean;
  /** From now at most so long, ms. Never later than it was. */
  readonly shorten: (leftMs: number) => void;
};

/** Kept back at the end of an invocation: one request that times out (3 s), then the deferral. */
export const reserveMs = 4000;
/** A call that is begun takes less than this; one that times out is what the reserve is for. */
export const callMs = 100;

/** @param invocationMs ms until Lambda ends the invocation: `context.getRemainingTimeInMillis` */
export const makeDeadline = (invocationMs: () => number, keptBackMs: number = reserveMs): Deadline => {
  let keptMs = keptBackMs;
  const remainingMs = () => invocationMs() - keptMs;
  const canWait = (delayMs: number) => delayMs + callMs < remainingMs();
  return {
    remainingMs,
    isOver: () => !canWait(0),
    canWait,
    shorten: (leftMs) => {
      keptMs = Math.max(keptMs, invocationMs() - leftMs);
    },
  };
};

/** The same time, but none of it to wait in: whoever calls tries once. */
export const withoutWaiting = (deadline: Deadline): Deadline => ({ ...deadline, canWait: () => false });

/** No end of its own and no waiting: for a caller who bounds the work himself. All such callers share it, so nobody shortens it. */
export const unbounded: Deadline = {
  remainingMs: () => Number.POSITIVE_INFINITY,
  isOver: () => false,
  canWait: () => false,
  shorten: () => {},
};
