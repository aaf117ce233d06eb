import * as z from 'zod';

/** Faults on request. */
export const objectFaultsSchema = z.strictObject({
  /** The same seed brings the same faults in the same order of calls. */
  seed: z.int().default(1),
  /** Calls that are answered 500 InternalError and do nothing, 0 to 1. */
  errorShare: z.number().min(0).max(1).default(0),
  /** Added to every call. */
  latencyMs: z.number().min(0).max(60_000).default(0),
});
