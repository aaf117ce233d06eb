export type PatientLanes<Item> = {
  /** Items worked side by side. */
  readonly width: number;
  /** Slow ones that may be under way besides. */
  readonly asideMax: number;
  /** After this long an item no longer holds its lane, ms. */
  readonly slowAfterMs: number;
  /** Waits until the item may begin; false: leave it out. */
  readonly ready: (item: Item) => Promise<boolean>;
  readonly work: (item: Item) => Promise<void>;
};

/**
 * Works a list in order, `width` at once. What takes long steps aside and its lane goes on with the next, so that a few
 * slow ones do not hold up the others; when too many are aside the lanes wait for them. Ends when everything has ended,
 * and throws what `work` throws.
 */
export const workPatiently = async <Item>(
  items: readonly Item[],
  { width, asideMax, slowAfterMs, ready, work }: PatientLanes<Item>,
): Promise<void> => {
  const queue = items.values();
  const aside = new Set<Promise<void>>();
  const lane = async (): Promise<void> => {
    for (const item of queue) {
      if (!(await ready(item))) continue;
      const done = work(item);
      if ((await endedWithin(done, slowAfterMs)) === 'ended') continue;
      if (aside.size >= asideMax) await done;
      else {
        // One that throws stays, and is thrown at the end.
        aside.add(done);
        done.then(
          () => aside.delete(done),
          () => undefined,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  await Promise.all(aside);
};

const endedWithin = async (done: Promise<void>, ms: number): Promise<'ended' | 'slow'> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const slow = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => resolve('slow'), ms);
  });
  try {
    return await Promise.race([done.then(() => 'ended' as const), slow]);
  } finally {
    clearTimeout(timer);
  }
};
