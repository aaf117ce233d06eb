import { useEffect, useState } from 'react';
import { useServices } from '#lib/services.ts';
import { spokenWait } from '#lib/text/format.ts';

type Waiting = { readonly acceptedAt?: string | undefined; readonly estimatedWaitMs?: number | undefined };

/** What is left of the wait that the acceptance stated; undefined when it stated none. */
export const waitLeftMs = ({ acceptedAt, estimatedWaitMs }: Waiting, nowMs: number): number | undefined =>
  estimatedWaitMs === undefined || acceptedAt === undefined
    ? undefined
    : Date.parse(acceptedAt) + estimatedWaitMs - nowMs;

/** The wait in words, the same wherever it is told; undefined when none was stated. */
export const waitText = (leftMs: number | undefined): string | undefined => {
  if (leftMs === undefined) return undefined;
  return leftMs > 0 ? spokenWait(leftMs) : 'a little longer';
};

/** The server's time, by the second while something waits. */
export const useNow = (isWaiting: boolean): number => {
  const { clock } = useServices();
  const [nowMs, setNow] = useState(() => clock.now());
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(() => setNow(clock.now()), 1000);
    return () => clearInterval(timer);
  }, [isWaiting, clock]);
  return nowMs;
};
