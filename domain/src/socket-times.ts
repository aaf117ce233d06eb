import type { Random, Timers } from '#clock';

const minuteMs = 60_000;
/** Half of the gateway's idle limit of 10 minutes (docs/contract.md): browsers run timers of hidden pages late. */
const pingEveryMs = 5 * minuteMs;
/** A socket that answers nothing for this long after a ping is dead without having been closed. */
const silenceMaxMs = 15_000;
/** The gateway closes after 2 h; we reopen 10 to 20 minutes earlier, so that not all pages do it in one minute. */
const reopenAfterMs = 100 * minuteMs;
const reopenSpreadMs = 10 * minuteMs;

type Deps<Timer> = {
  readonly ping: () => void;
  readonly reopen: () => void;
  readonly random: Random;
  readonly timers: Timers<Timer>;
};

/**
 * Keeps a page's open socket alive: pings, notices silence, and reopens before the gateway's own limit (H4). `opened`,
 * `heard` and `closed` say what the socket did; `check` asks at once whether it still lives, for a page that was hidden
 * or asleep.
 */
export const socketTimes = <Timer>({ ping, reopen, random, timers }: Deps<Timer>) => {
  let pinging: Timer | undefined;
  let silence: Timer | undefined;
  let reopening: Timer | undefined;
  const check = (): void => {
    timers.clearTimeout(pinging);
    timers.clearTimeout(silence);
    pinging = timers.setTimeout(check, pingEveryMs);
    silence = timers.setTimeout(reopen, silenceMaxMs);
    ping();
  };
  const closed = (): void => {
    for (const timer of [pinging, silence, reopening]) timers.clearTimeout(timer);
    reopening = undefined;
  };
  return {
    opened: (): void => {
      closed();
      pinging = timers.setTimeout(check, pingEveryMs);
      reopening = timers.setTimeout(reopen, reopenAfterMs + random() * reopenSpreadMs);
    },
    heard: (): void => timers.clearTimeout(silence),
    /** Does nothing while the socket is not open. */
    check: (): void => {
      if (reopening !== undefined) check();
    },
    closed,
  };
};
