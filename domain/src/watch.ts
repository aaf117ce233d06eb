import * as z from 'zod';

/** Topic of the meters of the write path. */
export const operationsTopic = 'staff/operations';

/** Queue `watches`: somebody has taken topic staff/operations. Its worker looks who listens; the body says nothing else. */
export const watchMessageSchema = z.object({
  schema: z.int().min(1),
  kind: z.literal('watch-operations'),
  correlationId: z.string().max(64),
  sentAtMs: z.int(),
});

export type WatchMessage = z.infer<typeof watchMessageSchema>;
