import * as z from 'zod';
import { storedStampSchema } from '#basket';
import { limits } from '#limits';
import { keptAddressSchema, keptContactSchema } from '#order';
import { moveTargets, orderStatuses } from '#order-states';
import { basketIdSchema, lineQuantitySchema, moneySchema, orderIdSchema, productIdSchema, timeSchema } from '#schemas';

/**
 * Queue messages. Each carries a schema number (A6): a worker of version N reads N-1 and N+1; a newer number that it
 * does not know is deferred, never poison. `z.object` (not strict), so that a field added by N+1 does not break N.
 */
export const messageSchemaNumber = 1;

const header = {
  schema: z.int().min(1),
  correlationId: z.string().max(64),
  /** When the message was sent, in server milliseconds: the age at apply is measured from here. */
  sentAtMs: z.int(),
  /** 0 when first sent; counted by redrive. */
  attempt: z.int().min(0).default(0),
};

/** Who and where to, as it was accepted: bounded as a row is, in the units of two that a text has in memory. */
const messageText = (characters: number) => z.string().max(2 * characters);
const sentContactSchema = keptContactSchema.extend({ name: messageText(120), email: messageText(254) });
const sentAddressSchema = keptAddressSchema.extend({
  line1: messageText(120),
  line2: messageText(120).optional(),
  city: messageText(80),
  postcode: messageText(16),
  country: messageText(2),
});

/** A line as it was accepted: what this release would refuse at the door is still an accepted order. */
const keptLineSchema = z.object({
  productId: productIdSchema,
  quantity: z.int().min(1).max(limits.lineQuantityMax),
  unitPrice: moneySchema,
  stamp: storedStampSchema.optional(),
});

/** Queue `orders`: place this order. `bodyHash` is the one computed at accept (A2). */
export const placeOrderMessageSchema = z.object({
  ...header,
  kind: z.literal('place-order'),
  orderId: orderIdSchema,
  bodyHash: z.string().regex(/^[0-9a-f]{64}$/),
  acceptedAt: timeSchema,
  basketId: basketIdSchema,
  lines: z.array(keptLineSchema).min(1).max(20),
  contact: sentContactSchema,
  address: sentAddressSchema,
  /** Keyed hash of the e-mail address, made at accept, so that no worker needs the key. */
  emailHash: z.string(),
});

/** Queue `baskets`: one op on one basket (C2). */
export const basketOpMessageSchema = z.object({
  ...header,
  kind: z.literal('basket-op'),
  basketId: basketIdSchema,
  op: z.union([
    z.object({ line: productIdSchema, quantity: lineQuantitySchema, stamp: storedStampSchema }),
    z.object({ clear: z.literal(true), stamp: storedStampSchema }),
  ]),
});

/** Queue `moves`: a move of an order by staff or its shopper (E3). */
export const moveOrderMessageSchema = z.object({
  ...header,
  kind: z.literal('move-order'),
  orderId: orderIdSchema,
  moveId: z.string().min(1).max(128),
  to: z.enum(moveTargets),
  /** The status that the mover saw: the move is refused when another one is found. */
  statusSeen: z.enum(orderStatuses),
  by: z.enum(['staff', 'shopper']),
  /** A self-given name: staff have no accounts. Absent for shoppers. */
  staffName: messageText(80).optional(),
});

export type PlaceOrderMessage = z.infer<typeof placeOrderMessageSchema>;
export type BasketOpMessage = z.infer<typeof basketOpMessageSchema>;
export type MoveOrderMessage = z.infer<typeof moveOrderMessageSchema>;

/**
 * What travels beside the body of a letter that is sent again: which letter it is, and how often it was sent again. Of a body
 * that nobody can read this alone tells that it is the same case (G3).
 */
export const letterAttributes = { id: 'LetterId', attempt: 'Attempt' } as const;
