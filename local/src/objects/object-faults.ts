import * as z from 'zod';
import { milliseconds, seed, share } from '#fault-wishes';

/** Faults on request. */
export const objectFaultsSchema = z.strictObject({
  seed,
  /** Calls that are answered 500 InternalError and do nothing, 0 to 1. */
  errorShare: share,
  /** Added to every call. */
  latencyMs: milliseconds(60_000),
});
