import * as z from 'zod';
import { basketIdSchema, lineQuantitySchema, productIdSchema, stampSchema, timeSchema } from '#schemas';

/** A stamp that a page reads back may be the worker's own (device with the suffix ~order). */
export const storedStampSchema = z
  .strictObject({ wallMs: z.int().min(0), counter: z.int().min(0), device: z.string().max(40) })
  .meta({ id: 'StoredStamp' });

/** A basket as GET answers it. Removed lines are listed with quantity 0 and their stamp; pages hide them. */
export const basketSchema = z
  .strictObject({
    id: basketIdSchema,
    rev: z.int().describe('0 while nothing is stored.'),
    lines: z.array(
      z.strictObject({
        productId: productIdSchema,
        quantity: lineQuantitySchema,
        stamp: storedStampSchema,
        unavailable: z.literal(true).optional().describe('The product is archived.'),
      }),
    ),
    cleared: storedStampSchema.optional().describe('The highest clear: lines with a lower stamp read as removed.'),
    updatedAt: timeSchema.optional(),
  })
  .meta({ id: 'Basket' });

/** Body of PUT /baskets/{id}/lines/{productId}. Without a stamp the server gives one. */
export const setLineSchema = z
  .strictObject({ quantity: lineQuantitySchema, stamp: stampSchema.optional() })
  .meta({ id: 'SetLine' });

/** Answer to an accepted basket op. */
export const acceptedOpSchema = z
  .strictObject({
    basketId: basketIdSchema,
    productId: productIdSchema.optional().describe('Absent for the clear op.'),
    quantity: lineQuantitySchema,
    stamp: stampSchema,
    status: z.literal('accepted'),
  })
  .meta({ id: 'AcceptedOp' });

export type Basket = z.infer<typeof basketSchema>;
export type AcceptedOp = z.infer<typeof acceptedOpSchema>;
