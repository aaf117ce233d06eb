import * as z from 'zod';
import { isObject } from '#database/gate/json';
import { makeFaults, milliseconds, seed, share } from '#fault-wishes';
import { makeFaultChance } from '#queue/seeded-random';

/** Faults on request: all are 0 unless asked for. They meet calls of table data alone. */
export const gateFaultsSchema = z.strictObject({
  seed,
  /** Transactions and lone writes that are told that another transaction has their rows; they do nothing, and are charged. */
  conflictShare: share,
  /** Calls that are answered 500 and do nothing. */
  errorShare: share,
  /** Writes that are done and whose answer is lost: the connection is cut. */
  replyLostShare: share,
  /** Added to every call. */
  latencyMs: milliseconds(60_000),
  /** How old index queries and eventually consistent reads are. Strongly consistent reads never are. */
  staleMs: milliseconds(60_000),
});

export type GateFaults = {
  /** Takes new faults; a value that is not right is a sentence that names the field and the remedy. */
  readonly set: (value: unknown) => string | undefined;
  readonly clear: () => void;
  readonly latencyMs: () => number;
  readonly staleMs: () => number;
  readonly breaksCall: () => boolean;
  readonly conflicts: () => boolean;
  readonly losesReply: () => boolean;
  /** One of so many, by the same chance. */
  readonly oneOf: (count: number) => number;
};

/** The faults in force, as what they do to a call. `ownSeed` is for those that are wished without one. */
export const makeGateFaults = (ownSeed = 1): GateFaults => {
  const faults = makeFaults(gateFaultsSchema);
  const random = makeFaultChance(faults);
  // No number is drawn for a fault that nobody asked for, so that each alone repeats by its seed.
  const happens = (chance: number): boolean => chance > 0 && random() < chance;
  return {
    set: (value) => faults.set(isObject(value) ? { seed: ownSeed, ...value } : value),
    clear: faults.clear,
    latencyMs: () => faults.current.latencyMs,
    staleMs: () => faults.current.staleMs,
    breaksCall: () => happens(faults.current.errorShare),
    conflicts: () => happens(faults.current.conflictShare),
    losesReply: () => happens(faults.current.replyLostShare),
    oneOf: (count) => Math.floor(random() * count),
  };
};
