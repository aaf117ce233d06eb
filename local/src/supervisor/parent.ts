export type ParentWatch = {
  /** Resolves when the process that started this one is gone, however it went. */
  readonly gone: Promise<void>;
};

/** How often to look: what a person who closed a window does not notice. */
const lookEveryMs = 500;

/** Watches whoever started this process: an orphan is handed to another parent. Does not keep the process alive. */
export const watchParent = (everyMs = lookEveryMs): ParentWatch => {
  const parent = process.ppid;
  return {
    gone: new Promise((resolve) => {
      const timer = setInterval(() => {
        if (process.ppid === parent) return;
        clearInterval(timer);
        resolve();
      }, everyMs);
      timer.unref();
    }),
  };
};
