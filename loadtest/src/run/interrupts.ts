export type Interrupts = {
  /** Resolves at the first Ctrl-C. */
  readonly interrupted: Promise<void>;
  readonly isInterrupted: () => boolean;
  /** Whether a second one asked not to wait for the drain either. */
  readonly isTiredOfWaiting: () => boolean;
};

/** Ctrl-C: npm, its shell and a terminal may all pass one on, so that what follows within a second is the same one. */
export const listenToInterrupts = (say: (text: string) => void): Interrupts => {
  let firstMs: number | undefined;
  let isTired = false;
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (firstMs === undefined) {
          firstMs = Date.now();
          say('Interrupted: ending the load. What was accepted is drained and audited; once more skips the wait.');
          resolve();
        } else if (Date.now() - firstMs > 1000) isTired = true;
      });
  });
  return { interrupted, isInterrupted: () => firstMs !== undefined, isTiredOfWaiting: () => isTired };
};
