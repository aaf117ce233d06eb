type Sleeper = { readonly atMs: number; readonly wake: () => void };

/** A clock that stands still while anybody works and jumps to the next one who wakes: sleeps side by side overlap. */
export const makeVirtualTime = (startMs = 0) => {
  let nowMs = startMs;
  const sleepers: Sleeper[] = [];
  const sleep = (delayMs: number): Promise<void> =>
    new Promise((wake) => void sleepers.push({ atMs: nowMs + Math.max(0, delayMs), wake }));

  /** Lets time pass until `work` is done. */
  const play = async <Answer>(work: Promise<Answer>): Promise<Answer> => {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    // Whoever throws is thrown by the caller's own await below.
    done.catch(() => undefined);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone) return done;
      const next = sleepers.reduce<Sleeper | undefined>(
        (first, each) => (first === undefined || each.atMs < first.atMs ? each : first),
        undefined,
      );
      if (next === undefined) throw new Error('Nobody will ever wake.');
      sleepers.splice(sleepers.indexOf(next), 1);
      nowMs = Math.max(nowMs, next.atMs);
      next.wake();
    }
  };
  return {
    clock: { now: () => Math.floor(nowMs) },
    sleep,
    play,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
};
