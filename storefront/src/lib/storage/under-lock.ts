/** A tab that the browser has put to sleep may keep its lock: after this the work is done without. */
const lockWaitMs = 10_000;

/**
 * Runs work that one tab at a time should do, under a Web Lock. Without locks (an insecure origin), or when the lock does
 * not come free, it just runs: everything that is done here is harmless twice, the lock only saves calls.
 */
export const underLock = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const locks: LockManager | null | undefined = typeof navigator === 'undefined' ? undefined : navigator.locks;
  if (!locks) return work();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), lockWaitMs);
  let isBegun = false;
  const begin = (): Promise<T> => {
    isBegun = true;
    clearTimeout(timer);
    return work();
  };
  try {
    return (await locks.request(`penstock.${name}`, { signal: patience.signal }, begin)) as T;
  } catch (error) {
    if (isBegun) throw error;
    return work();
  }
};
