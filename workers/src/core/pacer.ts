/**
 * How fast one worker instance may write to one table: a token bucket in WCU/s that learns from throttles (F2, F3). Pure:
 * whoever holds it tells it the time, in ms, and the time never runs backwards.
 */
export type Pacer = {
  /** How long a write must wait from now, ms; 0 when it may begin: the balance is not below zero. */
  readonly delayMs: (nowMs: number) => number;
  /** Takes what a write cost, in full, also below zero: the next one waits until the debt is paid. */
  readonly charge: (units: number, nowMs: number) => void;
  /** A table or index was throttled. */
  readonly throttled: (nowMs: number) => void;
  /** The table's capacity as measured, WCU/s, and how many instances share it. Undefined: on-demand, nothing is known. */
  readonly share: (capacity: number | undefined, sharers: number, nowMs: number) => void;
  /** WCU/s that it allows itself now; undefined while nothing limits it. */
  readonly rate: (nowMs: number) => number | undefined;
};

/** Unused credit lasts this long: more would burst, less would drop what a pause between two batches saved. */
export const creditMs = 250;
/** What a throttle leaves of the rate, at most once in decreaseEveryMs (F3). */
export const decreaseTo = 0.85;
export const decreaseEveryMs = 250;
/** The cubic is back at the rate of the throttle after this long; from there it looks for more. */
export const regrowMs = 2000;
/** No instance goes below this, WCU/s: a share of a small table still writes its lone orders. */
export const rateMin = 0.5;

type Limited = { readonly ceiling: number; rate: number; balance: number; atMs: number };
/** The rate before the last throttle, and when it was. */
type Dip = { readonly before: number; readonly atMs: number };

export const makePacer = (): Pacer => {
  let limited: Limited | undefined;
  let dip: Dip | undefined;

  /** The rate at a time: the ceiling, or on the cubic that leads back to it. */
  const rateAt = (state: Limited, nowMs: number): number => {
    if (dip === undefined) return state.ceiling;
    const off = (nowMs - dip.atMs - regrowMs) / regrowMs;
    return clamp(dip.before + dip.before * (1 - decreaseTo) * off ** 3, rateMin, Math.max(rateMin, state.ceiling));
  };
  const settle = (state: Limited, nowMs: number): void => {
    const earned = (rateAt(state, nowMs) * Math.max(0, nowMs - state.atMs)) / 1000;
    state.rate = rateAt(state, nowMs);
    state.balance = Math.min(state.balance + earned, (state.rate * creditMs) / 1000);
    state.atMs = Math.max(state.atMs, nowMs);
    if (dip !== undefined && state.rate >= state.ceiling) dip = undefined;
  };

  return {
    delayMs: (nowMs) => {
      if (limited === undefined) return 0;
      settle(limited, nowMs);
      // A millionth of a unit is what adding floats leaves behind.
      return limited.balance >= -1e-6 ? 0 : Math.ceil((-limited.balance / limited.rate) * 1000 - 1e-6);
    },
    charge: (units, nowMs) => {
      if (limited === undefined) return;
      settle(limited, nowMs);
      limited.balance -= units;
    },
    throttled: (nowMs) => {
      if (limited === undefined) return;
      settle(limited, nowMs);
      if (dip !== undefined && nowMs - dip.atMs < decreaseEveryMs) return;
      dip = { before: limited.rate, atMs: nowMs };
      // What was thought to be there was not.
      limited.balance = Math.min(limited.balance, 0);
    },
    share: (capacity, sharers, nowMs) => {
      if (capacity === undefined) {
        limited = undefined;
        dip = undefined;
        return;
      }
      const ceiling = Math.max(rateMin, capacity / Math.max(1, sharers));
      if (limited !== undefined) settle(limited, nowMs);
      if (limited?.ceiling === ceiling) return;
      dip = undefined;
      limited = { ceiling, rate: ceiling, balance: limited?.balance ?? 0, atMs: nowMs };
    },
    rate: (nowMs) => {
      if (limited === undefined) return undefined;
      settle(limited, nowMs);
      return limited.rate;
    },
  };
};

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
