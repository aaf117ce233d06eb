import * as z from 'zod';
import { limits } from '#limits';
import { moveTargets } from '#order-states';
import { timeSchema } from '#schemas';
import { lineText } from '#text';

/** Letters that one call may name. */
export const letterIdsMax = 100;
/** A redriven basket op older than this could bring back a line that its basket has forgotten (C7). */
export const redriveOpAgeMaxMs = 45 * 24 * 60 * 60 * 1000;

const reason = lineText({
  ask: 'Say why: the reason is kept with the letter.',
  called: 'The reason',
  max: limits.letterReasonMax,
});
const ids = z
  .array(z.string('Give ids of letters.').min(1, 'An id is not empty.').max(200, 'An id has at most 200 characters.'))
  .min(1, 'Name at least one letter.')
  .max(letterIdsMax, `Name at most ${letterIdsMax} letters.`);

/** Body of POST /dead-letters/redrive. */
export const redriveSchema = z
  .strictObject({ ids: ids.optional(), all: z.literal(true).optional(), reason })
  .refine((body) => (body.ids === undefined) !== (body.all === undefined), {
    path: ['ids'],
    message: 'Give either ids or "all": true.',
  })
  .meta({ id: 'Redrive', oneOf: [{ required: ['ids'] }, { required: ['all'] }] });

/** Body of POST /dead-letters/discard. */
export const discardSchema = z.strictObject({ ids, reason }).meta({ id: 'Discard' });

export const letterOutcomes = ['requeued', 'discarded', 'already-settled', 'gone'] as const;
export type LetterOutcome = (typeof letterOutcomes)[number];

/** Answer to both: what became of each letter. */
export const letterResultsSchema = z
  .strictObject({
    results: z.array(z.strictObject({ id: z.string(), outcome: z.enum(letterOutcomes) })),
    more: z.literal(true).optional().describe('Time was up before all were sent: send the same again.'),
  })
  .meta({ id: 'LetterResults' });

/** A dead letter as staff see it. */
export const deadLetterSchema = z
  .strictObject({
    id: z.string(),
    queue: z.string().describe('orders, baskets, moves, or stream-failures: records that no frame was made of.'),
    status: z.enum(['open', 'requeued', 'discarded']),
    reason: z.string(),
    detail: z.string(),
    firstSeenAt: timeSchema,
    lastSeenAt: timeSchema,
    sentAt: timeSchema.optional().describe('When the write was accepted, as far as its message can be read.'),
    orderId: z.string().optional(),
    number: z.string().optional().describe('The number of the order.'),
    attempt: z.int().describe('How often it was redriven.'),
    receives: z.int(),
    redrive: z
      .enum(['possible', 'not-a-write', 'too-old', 'stamp-ahead', 'too-large'])
      .describe('Whether it can be sent again, or why not.'),
    payload: z.string().describe('The message as received; personal data included.'),
    payloadCut: z
      .literal(true)
      .optional()
      .describe('In lists: the message is longer than shown; GET the letter for the whole of it.'),
    correlationId: z.string(),
    settled: z.strictObject({ at: timeSchema, by: z.string(), reason: z.string() }).optional(),
  })
  .meta({ id: 'DeadLetter' });

/** What staff do that is no stock edit, no move and no letter. */
export const staffDeeds = [
  'product-create',
  'product-edit',
  'product-archive',
  'product-restore',
  'basket-clear',
  'capacity',
  'switches',
] as const;
export type StaffDeed = (typeof staffDeeds)[number];

/** A field that was changed; values of texts and pictures are left out. */
export const fieldChangeSchema = z.strictObject({
  field: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type FieldChange = z.infer<typeof fieldChangeSchema>;

export const activityKinds = ['stock-edit', 'move', 'redrive', 'discard', ...staffDeeds] as const;
export type ActivityKind = (typeof activityKinds)[number];

/** Something that was done: every write of staff, and the moves of shoppers. */
export const activitySchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(activityKinds),
    at: timeSchema,
    by: z.string().describe('The name that was given, or `shopper`.'),
    reason: z.string().optional(),
    productId: z.string().optional(),
    delta: z.int().optional().describe('Units added; negative: taken away.'),
    orderId: z.string().optional(),
    status: z.enum(moveTargets).optional().describe('The status that the move asked for.'),
    outcome: z.enum(['applied', 'refused']).optional(),
    letterId: z.string().optional(),
    queue: z.string().optional(),
    basketId: z.string().optional(),
    table: z.string().optional(),
    changes: z.array(fieldChangeSchema).optional().describe('What was changed; values where they are short.'),
    correlationId: z.string(),
  })
  .meta({ id: 'Activity' });

export type DeadLetterView = z.infer<typeof deadLetterSchema>;
export type Activity = z.infer<typeof activitySchema>;
export type LetterResults = z.infer<typeof letterResultsSchema>;
