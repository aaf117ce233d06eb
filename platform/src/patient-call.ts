import { setTimeout as sleep } from 'node:timers/promises';
import { type Backoff, backoffMs } from '#backoff';
import { CallThrottled } from '#call-throttled';
import { isThrottled } from '#table-fault';

export type PatientOptions = {
  readonly what: string;
  readonly patienceMs: number;
  readonly random: () => number;
  readonly now: () => number;
};

/** Somebody waits for the answer. */
const requestBackoff: Backoff = { baseMs: 50, capMs: 1000 };

/** Makes a call again, with full jitter, while the table is busy; then throws CallThrottled (E4: 5 s, never a conflict). */
export const patiently = async <T>(
  { what, patienceMs, random, now }: PatientOptions,
  call: () => Promise<T>,
): Promise<T> => {
  const endMs = now() + patienceMs;
  for (let tries = 0; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isThrottled(error)) throw error;
      const delayMs = backoffMs(tries, random, requestBackoff);
      if (now() + delayMs > endMs) throw new CallThrottled(what, error);
      await sleep(delayMs);
    }
  }
};
