import type { Random } from '@penstock/domain/clock';

const minuteMs = 60_000;
/** Half of the gateway's idle limit of 10 minutes: browsers run timers of hidden pages late. */
const pingEveryMs = 5 * minuteMs;
/** A socket that answers nothing for this long after a ping is dead without having been closed. */
const silenceMaxMs = 15_000;
/** The gateway closes after 2 h; we reopen 10 to 20 minutes earlier, so that not all pages do it in one minute. */
const reopenAfterMs = 100 * minuteMs;
const reopenSpreadMs = 10 * minuteMs;

type Deps = { readonly ping: () => void; readonly reopen: () => void; readonly random: Random };

/** Keeps an open socket alive: pings, notices silence, and reopens before the gateway's own limit. */
export const openingTimes = ({ ping, reopen, random }: Deps) => {
  let pingTimer: ReturnType<typeof setInterval> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;
  let reopenTimer: ReturnType<typeof setTimeout> | undefined;
  const closed = (): void => {
    clearInterval(pingTimer);
    clearTimeout(silenceTimer);
    clearTimeout(reopenTimer);
  };
  return {
    opened: (): void => {
      closed();
      pingTimer = setInterval(() => {
        clearTimeout(silenceTimer);
        silenceTimer = setTimeout(reopen, silenceMaxMs);
        ping();
      }, pingEveryMs);
      reopenTimer = setTimeout(reopen, reopenAfterMs + random() * reopenSpreadMs);
    },
    heard: (): void => clearTimeout(silenceTimer),
    closed,
  };
};
