import type { Clock } from '@penstock/domain/clock';

/** This device's clock, corrected to the server's (C3). */
export type ServerClock = Clock & {
  /** Learns from an answer: the server's time, and when the call left and came back by this device's clock. */
  readonly learn: (serverMs: number, sentMs: number, receivedMs: number) => void;
};

/** Above this round trip the middle of it says too little about the server's time to replace what is known. */
const roundTripMaxMs = 4000;

/** Makes a clock whose offset follows the latest answer that came back quickly enough; the first one always counts. */
export const makeServerClock = (device: Clock): ServerClock => {
  let offsetMs: number | undefined;
  return {
    now: () => device.now() + (offsetMs ?? 0),
    learn: (serverMs, sentMs, receivedMs) => {
      const roundTripMs = receivedMs - sentMs;
      if (offsetMs !== undefined && (roundTripMs > roundTripMaxMs || roundTripMs < 0)) return;
      offsetMs = serverMs - (sentMs + receivedMs) / 2;
    },
  };
};
