import * as z from 'zod';
import { timeSchema } from '#schemas';

/** What staff asked for and the queue took, as long as it is not stored: everybody in the office sees it (E5). */
export const pendingActSchema = z.strictObject({
  since: timeSchema,
  by: z.string().describe('The name that was given.'),
  correlationId: z.string(),
  letterId: z.string().optional().describe('It could not be worked and is held as this dead letter.'),
});

export type PendingAct = z.infer<typeof pendingActSchema>;
