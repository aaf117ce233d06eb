import type { Clock, Random } from '@penstock/domain/clock';

export type PatienceDeps = {
  readonly clock: Clock;
  readonly random: Random;
  readonly sleep: (delayMs: number) => Promise<unknown>;
};

/** Full jitter: a random share of 50 ms x 2^n, at most of 2 s (F4). Fewest calls of all schemes measured. */
export const busyBaseMs = 50;
export const busyCapMs = 2000;
/** After an overlap with another write (D5). */
export const contendedMinMs = 10;
export const contendedMaxMs = 50;
/** Once a group of a FIFO batch is settled, the rest wait at most this much longer (C6). */
export const hurryMs = 2000;
/** Kept back at the end of an invocation: one request that times out (3 s), then the deferral. */
export const reserveMs = 4000;

/** A fault that blames a message must repeat this often while it is tried alone (G1). */
export const trialsMax = 5;

/** The time of one invocation, and the waits that it may spend on trying again: the one retry layer (F1). */
export type Patience = {
  /** Waits before try n + 1 of a throttled or unanswered call, n from 0. False: the time is used up, so defer. */
  readonly waitBusy: (n: number) => Promise<boolean>;
  /** Waits after a lost race. False as above. */
  readonly waitContended: () => Promise<boolean>;
  /** Something of the batch is settled and waits for the rest: see hurryMs. */
  readonly hurry: () => void;
};

export const makePatience = ({ clock, random, sleep }: PatienceDeps, remainingMs: number): Patience => {
  let deadlineMs = clock.now() + remainingMs - reserveMs;
  let isHurried = false;
  const wait = async (delayMs: number): Promise<boolean> => {
    if (clock.now() + delayMs >= deadlineMs) return false;
    await sleep(delayMs);
    return true;
  };
  return {
    waitBusy: (n) => wait(random() * Math.min(busyCapMs, busyBaseMs * 2 ** n)),
    waitContended: () => wait(contendedMinMs + random() * (contendedMaxMs - contendedMinMs)),
    hurry: () => {
      if (!isHurried) deadlineMs = Math.min(deadlineMs, clock.now() + hurryMs);
      isHurried = true;
    },
  };
};
