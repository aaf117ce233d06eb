import { useEffect, useState } from 'react';
import { correlationIdOf, ProblemError } from '#lib/net/problem.ts';
import { useOnline } from '#lib/use-online.ts';
import type { Trouble } from '#lib/use-try-again.ts';
import { Notice } from '#ui/notice.tsx';
import { State } from '#ui/state.tsx';

type Props = {
  /** What could not be loaded, as the beginning of a sentence. */
  readonly what: string;
  readonly trouble: Trouble;
  /** What is on the page nevertheless; without it a drawing stands in its place. */
  readonly kept?: string | undefined;
};

/** Something could not be loaded: what, why, what is kept, when it is tried again by itself, and the id to quote. */
export const Fault = ({ what, trouble, kept }: Props) => {
  const isOnline = useOnline();
  const { error } = trouble;
  const id = correlationIdOf(error);
  const notice = (
    <Notice tone="signal">
      <p role="alert">
        {isOnline ? `${what} could not be loaded. ${whyOf(error)}` : `Offline. ${what} could not be loaded.`}
        {kept === undefined ? null : ` ${kept}`}
      </p>
      <p className="try-again">
        <NextTry trouble={trouble} isOnline={isOnline} />
        <button type="button" className="button" onClick={trouble.tryNow}>
          Try now
        </button>
      </p>
      {id === undefined || !isOnline ? null : (
        <p className="small">
          If it stays, quote <code>{id}</code>.
        </p>
      )}
    </Notice>
  );
  return kept === undefined && !(error instanceof ProblemError) ? <State drawing="offline">{notice}</State> : notice;
};

const whyOf = (error: Error): string =>
  error instanceof ProblemError ? error.details.detail : 'The shop could not be reached.';

const NextTry = ({ trouble: { dueAtMs, isTrying }, isOnline }: { trouble: Trouble; isOnline: boolean }) => {
  const seconds = useSecondsUntil(dueAtMs);
  if (!isOnline) return <span>It comes by itself as soon as the connection is back.</span>;
  if (isTrying) return <span>Trying again…</span>;
  return seconds === undefined ? null : <span>It is tried again by itself in {seconds} s.</span>;
};

const useSecondsUntil = (dueAtMs: number | undefined): number | undefined => {
  const [nowMs, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (dueAtMs === undefined) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [dueAtMs]);
  return dueAtMs === undefined ? undefined : Math.max(0, Math.ceil((dueAtMs - nowMs) / 1000));
};
