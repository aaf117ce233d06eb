import * as z from 'zod';
import { makeFaultChance } from '#queue/seeded-random';

const share = z.number().min(0).max(1).default(0);
const notBuilt = (what: string) => z.literal(0, `${what} cannot be injected yet; leave it out or 0.`).default(0);

/** Faults on request: all are 0 unless asked for. They meet calls of table data alone. */
const gateFaultsSchema = z.strictObject({
  /** The same seed brings the same faults in the same order of calls. */
  seed: z.int().default(1),
  /** Calls that are answered 500 and do nothing. */
  errorShare: share,
  /** Added to every call. */
  latencyMs: z.number().min(0).max(60_000).default(0),
  /** Transactions and writes that meet another one. Comes with the deepened write path. */
  conflictShare: notBuilt('A conflict'),
  /** Calls that are done and whose answer is lost. Comes with the deepened write path. */
  replyLostShare: notBuilt('A lost reply'),
  /** How old index queries and eventually consistent reads may be. Comes with the deepened write path. */
  staleMs: notBuilt('A stale read'),
});

export type GateFaults = {
  /** Takes new faults; a value that is not right is a sentence that names the field. */
  readonly set: (value: unknown) => string | undefined;
  readonly clear: () => void;
  readonly latencyMs: () => number;
  readonly breaksCall: () => boolean;
};

export const makeGateFaults = (): GateFaults => {
  const none = gateFaultsSchema.parse({});
  const state = { current: none };
  const random = makeFaultChance(state);
  return {
    set: (value) => {
      const parsed = gateFaultsSchema.safeParse(value);
      if (parsed.success) state.current = parsed.data;
      return parsed.success ? undefined : z.prettifyError(parsed.error);
    },
    clear: () => {
      state.current = none;
    },
    latencyMs: () => state.current.latencyMs,
    breaksCall: () => state.current.errorShare > 0 && random() < state.current.errorShare,
  };
};
