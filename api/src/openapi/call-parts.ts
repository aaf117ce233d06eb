import { idempotencyKeyPattern } from '@penstock/domain/ids';
import { problemKind } from '@penstock/domain/problems';
import { basketIdSchema, orderIdSchema, productIdSchema } from '@penstock/domain/schemas';
import { textPattern } from '@penstock/domain/text-characters';
import * as z from 'zod';
import { listPatterns } from '#core/list-query';
import type { AnswerHeader } from '#openapi/call-doc';

/** Parameters that several calls share. */
export const basketPath = z.object({ id: basketIdSchema });
export const orderPath = z.object({ id: orderIdSchema });
export const productPath = z.object({ id: productIdSchema });
export const linePath = z.object({ id: basketIdSchema, productId: productIdSchema });

const correlation = z.string().optional().meta({
  description:
    'Any id of yours: echoed and logged when it is 8 to 64 of [A-Za-z0-9-]; else, or when absent, one is minted.',
});

export const anyHeaders = z.object({ 'X-Correlation-Id': correlation });

/** What every write of staff sends (contract, section 2). */
export const staffHeaders = anyHeaders.extend({
  'X-Staff-Name': z
    .string()
    .regex(new RegExp(textPattern(false, false), 'u'))
    .max(80)
    .meta({ description: 'Who writes, in 1 to 80 characters; letters beyond ASCII percent-encoded.', example: 'Ada' }),
  Origin: z
    .string()
    .optional()
    .meta({ description: "Browsers send it: it must be the back office's. A tool leaves it out." }),
});

const editKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/)
  .optional()
  .meta({ description: 'The same key again is the same success, once. Minted when absent.' });

export const staffEditHeaders = staffHeaders.extend({ 'Idempotency-Key': editKey });

const receipt = z
  .string()
  .meta({ description: 'The receipt that POST /api/orders answered. Never put it into a query.' });

export const receiptHeaders = anyHeaders.extend({
  'Order-Receipt': receipt.optional().meta({
    description: 'The receipt that POST /api/orders answered: with it, contact and address, and orders not stored yet.',
  }),
});

export const cancelHeaders = anyHeaders.extend({ 'Order-Receipt': receipt, 'Idempotency-Key': editKey });

export const placeHeaders = anyHeaders.extend({
  'Idempotency-Key': z
    .string()
    .regex(idempotencyKeyPattern)
    .meta({
      description: problemKind('idempotency-key-missing').remedy,
      example: '6f1c9a52-6a0e-4a5e-9a55-1f0c6c2b7a11',
    }),
});

/** Of one record. */
export const recordQuery = z.object({
  embed: z.string().optional().meta({ description: 'What react-admin may send; it says nothing here.' }),
});

/** A list of the back office, in react-admin's dialect. JSON texts in the query. */
export const listQuery = (filter: string, sort: string) =>
  z.object({
    filter: z
      .string()
      .regex(listPatterns.filter)
      .optional()
      .meta({ description: `A JSON object. ${filter}`, example: '{}' }),
    range: z
      .string()
      .regex(listPatterns.range)
      .optional()
      .meta({ description: 'First and last row, from 0, both included; at most 1,000 rows.', example: '[0,24]' }),
    sort: z.string().regex(listPatterns.sort).optional().meta({ description: sort, example: '["id","ASC"]' }),
    ...recordQuery.shape,
  });

export const listHeaders: readonly AnswerHeader[] = ['Content-Range', 'X-Total-Count', 'X-Total-Capped'];

/** Every header of an answer, once. */
export const answerHeaders: Readonly<
  Record<AnswerHeader, { readonly description: string; readonly schema: { readonly type: 'string' | 'integer' } }>
> = {
  'Content-Range': { description: 'Resource, rows and total: `products 0-24/60`.', schema: { type: 'string' } },
  Location: { description: 'Where to ask for it, relative to the site.', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds until asking or sending again makes sense.', schema: { type: 'integer' } },
  'X-Total-Capped': { description: '`true`: there are more than the total of 1,000 says.', schema: { type: 'string' } },
  'X-Total-Count': { description: 'How many rows the whole list has, exact to 1,000.', schema: { type: 'integer' } },
  'X-Server-Time': {
    description: "The server's time in ms since 1970: set clocks of stamps by it.",
    schema: { type: 'integer' },
  },
  'X-Correlation-Id': { description: 'The id under which our logs know this call.', schema: { type: 'string' } },
};
