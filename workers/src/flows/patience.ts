import type { Clock, Random } from '@penstock/domain/clock';
import { backoffMs } from '@penstock/platform/backoff';
import type { Deadline } from '#core/deadline';

export type PatienceDeps = {
  readonly clock: Clock;
  readonly random: Random;
  readonly sleep: (delayMs: number) => Promise<unknown>;
};

/** After an overlap with another write (D5). */
export const contendedMinMs = 10;
export const contendedMaxMs = 50;
/** Once a group of a FIFO batch is settled, the rest wait at most this much longer (C6). */
export const hurryMs = 2000;

/** A fault that blames a message must repeat so often, the last times while it is tried alone (G1). */
export const trialsMax = 3;

/** The waits that one invocation may spend on trying again before its deadline: the one retry layer (F1). */
export type Patience = {
  /** Waits before try n + 1 of a throttled or unanswered call, n from 0. False: the time is used up, so defer. */
  readonly waitBusy: (n: number) => Promise<boolean>;
  /** Waits after a lost race. False as above. */
  readonly waitContended: () => Promise<boolean>;
  /** Something of the batch is settled and waits for the rest: see hurryMs. */
  readonly hurry: () => void;
};

export const makePatience = (
  { random, sleep }: Pick<PatienceDeps, 'random' | 'sleep'>,
  deadline: Deadline,
): Patience => {
  const wait = async (delayMs: number): Promise<boolean> => {
    if (!deadline.canWait(delayMs)) return false;
    await sleep(delayMs);
    return true;
  };
  return {
    waitBusy: (n) => wait(backoffMs(n, random)),
    waitContended: () => wait(contendedMinMs + random() * (contendedMaxMs - contendedMinMs)),
    hurry: () => deadline.shorten(hurryMs),
  };
};
