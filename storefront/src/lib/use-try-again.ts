import { useEffect, useState } from 'react';
import { backoffMs } from '#lib/net/backoff.ts';
import { isPassing, retryAfterOf } from '#lib/net/problem.ts';

/** A question to the shop that failed, from its first failure to its answer. */
export type Trouble = {
  readonly error: Error;
  /** When it is asked again by itself, by this device's clock; `undefined` when waiting cannot help. */
  readonly dueAtMs: number | undefined;
  readonly isTrying: boolean;
  readonly tryNow: () => void;
};

/**
 * For the question itself: one more try without a word, as most failures are over by then, but none when the shop says how
 * long to wait, as people should know at once.
 */
export const retryQuietly = (failures: number, error: Error): boolean =>
  failures < 1 && isPassing(error) && retryAfterOf(error) === undefined;

type Question = {
  readonly error: Error | null;
  readonly errorUpdatedAt: number;
  readonly isSuccess: boolean;
  readonly isPlaceholderData: boolean;
  readonly isFetching: boolean;
  readonly refetch: () => unknown;
};
type Failed = {
  readonly error: Error;
  readonly atMs: number;
  readonly tries: number;
  readonly dueAtMs: number | undefined;
};

/**
 * Asks a failed question again for as long as it takes: at growing intervals, never before the shop asked for it, and at
 * once when the connection is back. The trouble stands until there is an answer, also while it is being asked again.
 */
export const useTryAgain = (question: Question): Trouble | undefined => {
  const { error, errorUpdatedAt, isSuccess, isPlaceholderData, isFetching, refetch } = question;
  const [failed, setFailed] = useState<Failed>();
  // Adjusting state while rendering, as React documents it: the page never shows the moment between.
  if (error !== null && failed?.atMs !== errorUpdatedAt) setFailed(failedAgain(error, errorUpdatedAt, failed));
  if (error === null && isSuccess && !isPlaceholderData && failed !== undefined) setFailed(undefined);
  const dueAtMs = failed?.dueAtMs;
  useEffect(() => {
    if (dueAtMs === undefined || isFetching) return undefined;
    const again = (): void => void refetch();
    const timer = setTimeout(again, Math.max(0, dueAtMs - Date.now()));
    window.addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [dueAtMs, isFetching, refetch]);
  if (failed === undefined) return undefined;
  return { error: failed.error, dueAtMs, isTrying: isFetching, tryNow: () => void refetch() };
};

const failedAgain = (error: Error, atMs: number, last: Failed | undefined): Failed => {
  const tries = (last?.tries ?? 0) + 1;
  const dueAtMs = isPassing(error) ? Date.now() + backoffMs(tries + 1, Math.random, retryAfterOf(error)) : undefined;
  return { error, atMs, tries, dueAtMs };
};
