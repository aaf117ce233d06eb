import * as z from 'zod';

const share = z.number().min(0).max(1).default(0);

/** Faults on request. Shares are of messages or of calls, 0 to 1; all are 0 unless asked for. */
export const queueFaultsSchema = z.strictObject({
  /** The same seed brings the same faults in the same order of calls. */
  seed: z.int().default(1),
  /** Deleted messages that come back after a quarter second, as if the delete had never arrived. Any queue. */
  duplicateShare: share,
  /** Messages that change places with a later one when received. Standard queues only: SQS keeps order in FIFO. */
  reorderShare: share,
  /** How long a sent message stays invisible, beyond its own delay. */
  delayMs: z.number().min(0).max(900_000).default(0),
  /** Sends that are answered 503 and not stored; entries of a batch fail one by one. */
  sendErrorShare: share,
  /** Sends that are stored and whose answer is lost: the connection is cut. */
  replyLostShare: share,
});
