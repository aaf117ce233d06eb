import * as z from 'zod';
import { basketIdPattern, devicePattern, orderIdPattern, productIdPattern } from '#ids';
import { limits } from '#limits';

/** Field schemas that several shapes share. Messages name the remedy, because they reach people as field errors. */
export const productIdSchema = z
  .string()
  .regex(productIdPattern, 'Use 3 to 64 lower-case letters, digits and hyphens.')
  .meta({ id: 'ProductId', description: 'A readable slug.', example: 'assam-second-flush' });

export const basketIdSchema = z
  .string()
  .regex(basketIdPattern, 'A basket id is 22 base64url characters, as POST /baskets returns it.')
  .meta({ id: 'BasketId', description: 'An unguessable 128-bit capability.', example: 'dGhpcyBpcyBhIGJhc2tldA' });

export const orderIdSchema = z
  .string()
  .regex(orderIdPattern, 'An order id is 26 lower-case Crockford characters.')
  .meta({ id: 'OrderId', example: '01hv3k9zq7c2x5t8w4n6m0p1rs' });

export const moneySchema = z
  .strictObject({
    amountMinor: z.int('Give a whole number of minor units (pence).').min(0, 'An amount cannot be negative.'),
    currency: z.string().regex(/^[A-Z]{3}$/, 'Give an ISO 4217 code such as GBP.'),
  })
  .meta({ id: 'Money', description: 'Integer minor units with a currency.' });

export const stampSchema = z
  .strictObject({
    wallMs: z.int('Give whole milliseconds since 1970.').min(0).max(9_999_999_999_999),
    counter: z.int().min(0, 'Counters start at 0.').max(999_999_999, 'A counter has at most nine digits.'),
    device: z.string().regex(devicePattern, 'A device is 8 to 32 letters, digits, hyphens or underscores.'),
  })
  .meta({ id: 'Stamp', description: 'Orders the edits of one basket line over all devices.' });

export const lineQuantitySchema = z
  .int('Give a whole number.')
  .min(0, 'Give 0 to 99; 0 removes the line.')
  .max(limits.lineQuantityMax, 'Give 0 to 99; 0 removes the line.');

/** Times travel as ISO 8601 UTC text. */
export const timeSchema = z.iso.datetime();
