import * as z from 'zod';
import { storedStampSchema } from '#basket';
import { addressSchema, contactSchema, orderLineSchema } from '#order';
import { moveTargets, orderStatuses } from '#order-states';
import { basketIdSchema, lineQuantitySchema, orderIdSchema, productIdSchema, timeSchema } from '#schemas';

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

/** Queue `orders`: place this order. `bodyHash` is the one computed at accept (A2). */
export const placeOrderMessageSchema = z.object({
  ...header,
  kind: z.literal('place-order'),
  orderId: orderIdSchema,
  bodyHash: z.string().regex(/^[0-9a-f]{64}$/),
  acceptedAt: timeSchema,
  basketId: basketIdSchema,
  lines: z.array(orderLineSchema).min(1).max(20),
  contact: contactSchema,
  address: addressSchema,
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
  staffName: z.string().max(80).optional(),
});

export type PlaceOrderMessage = z.infer<typeof placeOrderMessageSchema>;
export type BasketOpMessage = z.infer<typeof basketOpMessageSchema>;
export type MoveOrderMessage = z.infer<typeof moveOrderMessageSchema>;

/**
 * What travels beside the body of a letter that is sent again: which letter it is, and how often it was sent again. Of a body
 * that nobody can read this alone tells that it is the same case (G3).
 */
export const letterAttributes = { id: 'LetterId', attempt: 'Attempt' } as const;
