import type { Clock } from '@penstock/domain/clock';

/** A value that is read now and then: as it was at most `lifeMs` ago. */
export type Reading<T> = () => Promise<T>;

/** A reading that failed is tried again after this long: a throttled table must not be asked by every call. */
const failureLifeMs = 1000;

/** Keeps a reading for a while and shares one that is under way; a failure is kept for a second at most. */
export const keepReading = <T>(clock: Clock, lifeMs: number, read: () => Promise<T>): Reading<T> => {
  let kept: { readonly until: number; readonly value: Promise<T> } | undefined;
  return () => {
    if (kept !== undefined && clock.now() <= kept.until) return kept.value;
    const reading = { until: clock.now() + lifeMs, value: read() };
    kept = reading;
    reading.value.catch(() => {
      const until = Math.min(reading.until, clock.now() + failureLifeMs);
      if (kept === reading) kept = { until, value: reading.value };
    });
    return reading.value;
  };
};

/** The value, if it comes in time; a late or failed reading is no reading. */
export const within = <T>(ms: number, value: Promise<T>): Promise<T | undefined> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    const settle = (result: T | undefined) => {
      clearTimeout(timer);
      resolve(result);
    };
    value.then(settle, () => settle(undefined));
  });

/** Whether it ended in time. A failure in time is thrown; one that is late is nobody's any more. */
export const isWithin = async (ms: number, work: Promise<void>): Promise<boolean> => {
  const late = new Promise<false>((resolve) => setTimeout(resolve, ms, false).unref());
  return Promise.race([work.then(() => true), late]);
};
