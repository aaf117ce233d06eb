import * as z from 'zod';
import { timeSchema } from '#schemas';

/** Frames of the socket (contract, section 4). `schema` is the number of rule A6. */
export const frameSchemaNumber = 1;

export const subscribeMessageSchema = z.strictObject({
  action: z.enum(['subscribe', 'unsubscribe']),
  // More than a connection may hold is refused topic by topic (topics-too-many), not as a message.
  topics: z.array(z.string().min(1).max(120)).min(1, 'Name at least one topic.').max(100, 'Name at most 100 topics.'),
});
export const pingMessageSchema = z.strictObject({ action: z.literal('ping') });
/** What a client may send. */
export const socketMessageSchema = z.discriminatedUnion('action', [subscribeMessageSchema, pingMessageSchema]);

export const refusalCodes = ['topic-unknown', 'topic-forbidden', 'topics-too-many'] as const;

export const subscribedFrameSchema = z.object({
  type: z.literal('subscribed'),
  topics: z.array(z.string()),
  refused: z.array(z.object({ topic: z.string(), code: z.enum(refusalCodes) })),
});
export const pongFrameSchema = z.object({ type: z.literal('pong'), at: timeSchema });
export const changeFrameSchema = z.object({
  type: z.literal('change'),
  schema: z.int().optional(),
  topic: z.string(),
  id: z.string(),
  rev: z.number(),
  at: timeSchema,
  correlationId: z.string(),
  /** The whole public snapshot, or null when the thing was removed (H1). */
  data: z.unknown(),
});
export const refetchFrameSchema = z.object({ type: z.literal('refetch'), topic: z.string() });
export const problemFrameSchema = z.looseObject({ type: z.literal('problem'), code: z.string() });

/** Everything that a client may receive. */
export const frameSchema = z.discriminatedUnion('type', [
  subscribedFrameSchema,
  pongFrameSchema,
  changeFrameSchema,
  refetchFrameSchema,
  problemFrameSchema,
]);

export type SocketMessage = z.infer<typeof socketMessageSchema>;
export type SubscribedFrame = z.infer<typeof subscribedFrameSchema>;
export type ChangeFrame = z.infer<typeof changeFrameSchema>;
export type RefetchFrame = z.infer<typeof refetchFrameSchema>;
export type Frame = z.infer<typeof frameSchema>;
export type RefusalCode = (typeof refusalCodes)[number];
