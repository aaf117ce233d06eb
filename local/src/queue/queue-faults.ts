import * as z from 'zod';
import { milliseconds, seed, share } from '#fault-wishes';

/** Faults on request. Shares are of messages or of calls, 0 to 1; all are 0 unless asked for. */
export const queueFaultsSchema = z.strictObject({
  seed,
  /** Deleted messages that come back after a quarter second, as if the delete had never arrived. Any queue. */
  duplicateShare: share,
  /** Messages that change places with a later one when received. Standard queues only: SQS keeps order in FIFO. */
  reorderShare: share,
  /** How long a sent message stays invisible, beyond its own delay. */
  delayMs: milliseconds(900_000),
  /** Sends that are answered 503 and not stored; entries of a batch fail one by one. */
  sendErrorShare: share,
  /** Sends that are stored and whose answer is lost: the connection is cut. */
  replyLostShare: share,
});
