const minuteMs = 60_000;
/** A socket is closed after 10 idle minutes (contract); pings keep it. */
const pingMs = 4 * minuteMs;
/** Reopened before the 2 h limit, at a random moment, so that the offices of a region do not come back together. */
const lifeMs = 100 * minuteMs;
const jitterMs = 10 * minuteMs;

type Deps = {
  readonly ping: () => void;
  readonly reopen: () => void;
  /** From 0 to below 1. */
  readonly random: () => number;
};

/** Pings, and reopens before the gateway's own limit, until the returned function is called. */
export const keepSocket = ({ ping, reopen, random }: Deps): (() => void) => {
  const pinging = setInterval(ping, pingMs);
  const renewing = setInterval(reopen, lifeMs + random() * jitterMs);
  return () => {
    clearInterval(pinging);
    clearInterval(renewing);
  };
};
