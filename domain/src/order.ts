import * as z from 'zod';
import { limits } from '#limits';
import { moveTargets, orderStatuses, rejectionReasons } from '#order-states';
import { pendingActSchema } from '#pending';
import { basketIdSchema, moneySchema, orderIdSchema, productIdSchema, stampSchema, timeSchema } from '#schemas';

const text = (label: string, max: number) =>
  z.string().trim().min(1, `Enter ${label}.`).max(max, `Use at most ${max} characters.`);

export const contactSchema = z
  .strictObject({
    name: text('your name', 120),
    email: z.email('Enter an e-mail address such as name@example.com.').max(254, 'Use at most 254 characters.'),
  })
  .meta({ id: 'Contact' });

export const addressSchema = z
  .strictObject({
    line1: text('the first line of the address', 120),
    line2: z.string().trim().max(120, 'Use at most 120 characters.').optional(),
    city: text('the town or city', 80),
    postcode: text('the postcode', 16),
    country: z.string().regex(/^[A-Z]{2}$/, 'Give a two-letter country code such as GB.'),
  })
  .meta({ id: 'Address' });

/** A line of an order: what the shopper wants and the price that the page showed (D1). */
export const orderLineSchema = z
  .strictObject({
    productId: productIdSchema,
    quantity: z.int('Give a whole number.').min(1, 'Order 1 to 99.').max(limits.lineQuantityMax, 'Order 1 to 99.'),
    unitPrice: moneySchema,
    stamp: stampSchema.optional().describe("The basket line's stamp: the order removes that line and no later edit."),
  })
  .meta({ id: 'OrderLine' });

/** Body of POST /orders (A1). */
export const placeOrderSchema = z
  .strictObject({
    basketId: basketIdSchema,
    lines: z
      .array(orderLineSchema)
      .min(1, 'An order has at least one line.')
      .max(limits.orderLinesMax, `An order has at most ${limits.orderLinesMax} lines.`),
    contact: contactSchema,
    address: addressSchema,
  })
  .meta({ id: 'PlaceOrder' });

/** Answer to an accepted order. */
export const acceptedOrderSchema = z
  .strictObject({
    id: orderIdSchema,
    number: z.string(),
    status: z.literal('accepted'),
    receipt: z.string().describe('Signed proof of acceptance. Send it in the header Order-Receipt, never in a query.'),
    acceptedAt: timeSchema,
    estimatedWaitMs: z.int().optional().describe('Absent while the queue is paused: no wait can be stated.'),
  })
  .meta({ id: 'AcceptedOrder' });

export const shortLineSchema = z
  .strictObject({ productId: productIdSchema, wanted: z.int(), available: z.int() })
  .meta({ id: 'ShortLine' });

const timelineEntry = z.strictObject({ status: z.enum(orderStatuses), at: timeSchema });
const refusedMove = z.strictObject({ status: z.enum(moveTargets), reason: z.string(), at: timeSchema });

/** An order as GET answers it. Contact and address only with the receipt, or to staff. */
export const orderSchema = z
  .strictObject({
    id: orderIdSchema,
    number: z.string(),
    rev: z.int(),
    status: z.enum(orderStatuses),
    reason: z.enum(rejectionReasons).optional(),
    shortLines: z.array(shortLineSchema).optional(),
    lines: z.array(
      z.strictObject({
        productId: productIdSchema,
        name: z.string().optional(),
        quantity: z.int(),
        unitPrice: moneySchema,
      }),
    ),
    total: moneySchema,
    timeline: z.array(timelineEntry),
    refusedMove: refusedMove.optional(),
    contact: contactSchema.optional(),
    address: addressSchema.optional(),
  })
  .meta({ id: 'Order' });

/** What a receipt alone can answer: no row is stored yet. */
export const awaitedOrderSchema = z
  .strictObject({
    id: orderIdSchema,
    number: z.string(),
    rev: z.literal(0),
    status: z.enum(['accepted', 'held']),
    timeline: z.array(timelineEntry),
    delayed: z.literal(true).optional().describe('Accepted for more than 10 minutes.'),
  })
  .meta({ id: 'AwaitedOrder' });

/** What the receipt of another body reads: the id belongs to the first body stored (A4). */
export const mismatchedOrderSchema = z
  .strictObject({ id: orderIdSchema, status: z.literal('rejected'), reason: z.literal('payload-mismatch') })
  .meta({ id: 'MismatchedOrder' });

/** An order as staff see it: with contact, address, who moved it, and the move that waits in the queue. */
export const staffOrderSchema = orderSchema
  .extend({
    acceptedAt: timeSchema,
    placedAt: timeSchema,
    moves: z.array(z.enum(moveTargets)).describe('The moves that are legal now.'),
    timeline: z.array(timelineEntry.extend({ by: z.string().optional().describe('Who moved it.') })),
    pending: pendingActSchema.extend({ status: z.enum(moveTargets) }).optional(),
  })
  .meta({ id: 'StaffOrder' });

/** Body of PUT /orders/{id} of the admin API. `statusSeen` refuses a move decided on an old page. */
export const moveOrderSchema = z
  .strictObject({ status: z.enum(moveTargets), statusSeen: z.enum(orderStatuses).optional() })
  .meta({ id: 'MoveOrder' });

export type Contact = z.infer<typeof contactSchema>;
export type Address = z.infer<typeof addressSchema>;
export type OrderLine = z.infer<typeof orderLineSchema>;
export type PlaceOrder = z.infer<typeof placeOrderSchema>;
export type AcceptedOrder = z.infer<typeof acceptedOrderSchema>;
export type Order = z.infer<typeof orderSchema>;
export type AwaitedOrder = z.infer<typeof awaitedOrderSchema>;
export type MismatchedOrder = z.infer<typeof mismatchedOrderSchema>;
export type StaffOrder = z.infer<typeof staffOrderSchema>;
export type ShortLine = z.infer<typeof shortLineSchema>;
