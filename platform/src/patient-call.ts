import { setTimeout as sleep } from 'node:timers/promises';
import { CallThrottled } from '#call-throttled';
import { cancellationCodes } from '#cancellation';

export type PatientOptions = {
  readonly what: string;
  readonly patienceMs: number;
  readonly random: () => number;
  readonly now: () => number;
};

const throttleNames = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
]);
const throttleCodes = new Set(['ProvisionedThroughputExceeded', 'ThrottlingError', 'RequestLimitExceeded']);

/** Whether a call was refused because a table was busy: by its name, or by the reasons inside a transaction. */
export const isThrottled = (error: unknown): boolean => {
  if (error instanceof Error && throttleNames.has(error.name)) return true;
  const blamed = cancellationCodes(error).filter((code) => code !== 'None');
  return blamed.length > 0 && blamed.every((code) => throttleCodes.has(code) || code === 'TransactionConflict');
};

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
      const delayMs = random() * Math.min(1000, 50 * 2 ** tries);
      if (now() + delayMs > endMs) throw new CallThrottled(what, error);
      await sleep(delayMs);
    }
  }
};
