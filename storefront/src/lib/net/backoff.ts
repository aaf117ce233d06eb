import type { Random } from '@penstock/domain/clock';

const baseMs = 1000;
const capMs = 30_000;

/**
 * How long to wait before attempt `attempt` + 1 (the first failure is attempt 1): full jitter over 1 s x 2^n, at most
 * 30 s, and never less than the server asks for.
 */
export const backoffMs = (attempt: number, random: Random, retryAfterMs = 0): number => {
  const ceilingMs = Math.min(capMs, baseMs * 2 ** Math.min(attempt - 1, 10));
  return Math.round(retryAfterMs + (retryAfterMs > 0 ? random() * 1000 : 250 + random() * ceilingMs));
};

/** Waits; with `isCutShort` no longer than until the browser says that it is online again. */
export const waitOrOnline = (ms: number, isCutShort = true): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (isCutShort) globalThis.addEventListener?.('online', done);
  });

/** Some systems call themselves offline though they are not: after this the call is tried all the same. */
const offlineMaxMs = 60_000;

/** Resolves at once with a connection, else when there is one. */
export const waitWhileOffline = async (): Promise<void> => {
  if (globalThis.navigator?.onLine === false) await waitOrOnline(offlineMaxMs);
};
