/** The line to the server, and what a page can do about a deployment that moved on. */
export type Line = {
  readonly isReachable: () => Promise<boolean>;
  /** Ends when the line may be back. */
  readonly wait: (tries: number) => Promise<void>;
  /** Loads the site anew, once for each deployment; false when that was done already. */
  readonly reloadOnce: () => boolean;
};

/**
 * Loads a part of the site. While the line is away it waits and tries again, so that what stands elsewhere on the page
 * stays. A part that the server does not have any more belongs to an older deployment: the site is loaded anew.
 */
export const loadPatiently = async <T>(load: () => Promise<T>, line: Line): Promise<T> => {
  let refusals = 0;
  for (let tries = 0; ; tries += 1) {
    try {
      return await load();
    } catch (fault) {
      if (!(await line.isReachable())) {
        await line.wait(tries);
        continue;
      }
      refusals += 1;
      // The line may have come back between the two looks.
      if (refusals === 1) continue;
      if (!line.reloadOnce()) throw fault;
      return new Promise<never>(() => {});
    }
  }
};

const waitMaxMs = 15_000;
const reloadedKey = 'penstock-reloaded-for';

export const browserLine: Line = {
  isReachable: () =>
    fetch('/config.json', { method: 'HEAD', cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    ),
  wait: (tries) =>
    new Promise((resolve) => {
      const timer = setTimeout(go, Math.min(waitMaxMs, 1000 * 2 ** tries));
      addEventListener('online', go);
      function go() {
        clearTimeout(timer);
        removeEventListener('online', go);
        resolve();
      }
    }),
  reloadOnce: () => {
    const deployment = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? location.origin;
    if (sessionStorage.getItem(reloadedKey) === deployment) return false;
    sessionStorage.setItem(reloadedKey, deployment);
    location.reload();
    return true;
  },
};
