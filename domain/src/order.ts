import * as z from 'zod';
import { countryCodes, isCountry, needsPostcode, postcodeCountries } from '#countries';
import { emailSchema } from '#email';
import { limits } from '#limits';
import { moveTargets, orderStatuses, rejectionReasons } from '#order-states';
import { pendingActSchema } from '#pending';
import {
  basketIdSchema,
  byCurrency,
  moneySchema,
  orderIdSchema,
  priceSchemaIn,
  productIdSchema,
  stampSchema,
  timeSchema,
} from '#schemas';
import { lineText } from '#text';
import { textPattern } from '#text-characters';

/** Who orders, as a body says it. */
export const contactSchema = z
  .strictObject({
    name: lineText({ ask: 'Enter your name.', called: 'The name', max: 120 }),
    email: emailSchema,
  })
  .meta({ id: 'Contact' });

const askPostcode = 'Enter the postcode.';

/** Where to, as a body says it. A country without postcodes needs none. */
export const addressSchema = z
  .strictObject({
    line1: lineText({ ask: 'Enter the first line of the address.', called: 'The first line', max: 120 }),
    line2: lineText({ ask: 'Leave it out.', called: 'The second line', max: 120, min: 0 }).optional(),
    city: lineText({ ask: 'Enter the town or city.', called: 'The town or city', max: 80 }),
    postcode: lineText({ ask: askPostcode, called: 'The postcode', max: 16, min: 0 }).default(''),
    country: z
      .string('Give a two-letter country code such as GB.')
      .superRefine((code, context) => {
        if (!isCountry(code)) context.addIssue({ code: 'custom', message: countryFault(code) });
      })
      .meta({ description: 'ISO 3166-1 alpha-2, or XK.', enum: countryCodes }),
  })
  .superRefine(({ country, postcode }, context) => {
    if (postcode === '' && needsPostcode(country))
      context.addIssue({ code: 'custom', path: ['postcode'], message: askPostcode, params: { remedy: askPostcode } });
  })
  .meta({
    id: 'Address',
    if: { properties: { country: { enum: postcodeCountries } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits this object.
    then: { properties: { postcode: { minLength: 1, pattern: textPattern(false, false) } }, required: ['postcode'] },
  });

const countryFault = (code: string): string =>
  /^[A-Z]{2}$/.test(code)
    ? `There is no country ${code}. Give a two-letter code such as GB.`
    : 'Give a two-letter country code such as GB.';

/** Contact and address as they are kept and answered: what an earlier release took stays readable. */
export const keptContactSchema = z.object({ name: z.string(), email: z.string() }).meta({ id: 'KeptContact' });
export const keptAddressSchema = z
  .object({
    line1: z.string(),
    line2: z.string().optional(),
    city: z.string(),
    postcode: z.string().describe('Empty where the country has none.'),
    country: z.string(),
  })
  .meta({ id: 'KeptAddress' });

/** A line of an order: what the shopper wants and the price that the page showed (D1). */
export const orderLineSchemaIn = byCurrency((currency) =>
  z
    .strictObject({
      productId: productIdSchema,
      quantity: z.int('Give a whole number.').min(1, 'Order 1 to 99.').max(limits.lineQuantityMax, 'Order 1 to 99.'),
      unitPrice: priceSchemaIn(currency),
      stamp: stampSchema.optional().describe("The basket line's stamp: the order removes that line and no later edit."),
    })
    .meta({ id: 'OrderLine' }),
);

/** Body of POST /orders (A1). */
export const placeOrderSchemaIn = byCurrency((currency) =>
  z
    .strictObject({
      basketId: basketIdSchema,
      lines: z
        .array(orderLineSchemaIn(currency))
        .min(1, 'An order has at least one line.')
        .max(limits.orderLinesMax, `An order has at most ${limits.orderLinesMax} lines.`),
      contact: contactSchema,
      address: addressSchema,
    })
    .meta({ id: 'PlaceOrder' }),
);

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
    contact: keptContactSchema.optional(),
    address: keptAddressSchema.optional(),
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

/** Body of PUT /orders/{id} of the admin API; the rest of a record is not read. `statusSeen` refuses a move decided on an old page. */
export const moveOrderSchema = z
  .object({ status: z.enum(moveTargets), statusSeen: z.enum(orderStatuses).optional() })
  .meta({ id: 'MoveOrder' });

export type Contact = z.infer<typeof keptContactSchema>;
export type Address = z.infer<typeof keptAddressSchema>;
export type OrderLine = z.infer<ReturnType<typeof orderLineSchemaIn>>;
export type PlaceOrder = z.infer<ReturnType<typeof placeOrderSchemaIn>>;
export type AcceptedOrder = z.infer<typeof acceptedOrderSchema>;
export type Order = z.infer<typeof orderSchema>;
export type AwaitedOrder = z.infer<typeof awaitedOrderSchema>;
export type MismatchedOrder = z.infer<typeof mismatchedOrderSchema>;
export type StaffOrder = z.infer<typeof staffOrderSchema>;
export type ShortLine = z.infer<typeof shortLineSchema>;
