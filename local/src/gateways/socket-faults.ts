import * as z from 'zod';
import { seed, share } from '#fault-wishes';

/** Faults on request, of calls to the @connections API. */
export const socketFaultsSchema = z.strictObject({
  seed,
  /** Calls that are answered 410; the connection is broken off as they are. */
  goneShare: share,
  /** Calls that are answered 429. */
  limitShare: share,
});
