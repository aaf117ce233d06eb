import * as z from 'zod';
import { basketIdPattern, devicePattern, orderIdPattern, productIdPattern, reservedProductIds } from '#ids';
import { limits } from '#limits';

/** Field schemas that several shapes share. Messages name the remedy, because they reach people as field errors. */
export const productIdSchema = z
  .string()
  .regex(productIdPattern, 'Use 3 to 64 lower-case letters, digits and hyphens.')
  .refine((id) => !reservedProductIds.includes(id), 'This word is reserved: no product has it as its id.')
  .meta({
    id: 'ProductId',
    description: `A readable slug; ${reservedProductIds.map((id) => `\`${id}\``).join(', ')} is reserved.`,
    example: 'assam-second-flush',
    not: { enum: [...reservedProductIds] },
  });

export const basketIdSchema = z
  .string()
  .regex(basketIdPattern, 'A basket id is 22 base64url characters, as POST /baskets returns it.')
  .meta({ id: 'BasketId', description: 'An unguessable 128-bit capability.', example: 'dGhpcyBpcyBhIGJhc2tldA' });

export const orderIdSchema = z
  .string()
  .regex(orderIdPattern, 'An order id is 26 lower-case Crockford characters.')
  .meta({ id: 'OrderId', example: '01hv3k9zq7c2x5t8w4n6m0p1rs' });

const currency = z
  .string('Give an ISO 4217 code such as GBP.')
  .regex(/^[A-Z]{3}$/, 'Give an ISO 4217 code such as GBP.');

/** An amount as answers hold it: a price, or the sum of an order. */
export const moneySchema = z
  .strictObject({ amountMinor: z.int().min(0), currency })
  .meta({ id: 'Money', description: 'Integer minor units with a currency.' });

const mostText = `The most is ${limits.priceMinorMax.toLocaleString('en-GB')} minor units.`;

/** A schema for each currency, made once. A deployment has one: a body in another is refused, and the API page names it. */
export const byCurrency = <S extends z.ZodType>(make: (currency: string) => S): ((currency: string) => S) => {
  const made = new Map<string, S>();
  return (code) => {
    const schema = made.get(code) ?? make(code);
    made.set(code, schema);
    return schema;
  };
};

/** A price as bodies hold it. */
export const priceSchemaIn = byCurrency((code) =>
  z
    .strictObject({
      amountMinor: z
        .int('Give a whole number of minor units (pence).')
        .min(0, 'An amount cannot be negative.')
        .max(limits.priceMinorMax, mostText),
      currency: z.literal(code, `This shop sells in ${code}: give prices in ${code}.`),
    })
    .meta({ id: 'Price', description: 'Integer minor units in the currency of the shop.' }),
);

export const stampSchema = z
  .strictObject({
    wallMs: z
      .int('Give whole milliseconds since 1970.')
      .min(0, 'Give whole milliseconds since 1970.')
      .max(9_999_999_999_999, 'Give whole milliseconds since 1970.')
      .describe(
        'Server time, ms since 1970. At most 10 s ahead of the server and, when a line is set, at most 14 days old; else 422 stamp-out-of-range.',
      ),
    counter: z
      .int('Give a whole number.')
      .min(0, 'Counters start at 0.')
      .max(limits.stampCounterMax, 'A counter has at most nine digits.'),
    device: z.string().regex(devicePattern, 'A device is 8 to 32 letters, digits, hyphens or underscores.'),
  })
  .meta({ id: 'Stamp', description: 'Orders the edits of one basket line over all devices.' });

export const lineQuantitySchema = z
  .int('Give a whole number.')
  .min(0, 'Give 0 to 99; 0 removes the line.')
  .max(limits.lineQuantityMax, 'Give 0 to 99; 0 removes the line.');

/** Times travel as ISO 8601 UTC text. */
export const timeSchema = z.iso.datetime();
