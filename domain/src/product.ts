import * as z from 'zod';
import { productIdPattern } from '#ids';
import { moneySchema, productIdSchema, timeSchema } from '#schemas';
import { stockLevels } from '#stock';

/** A picture of a product: one source for browsers that know nothing else, more in `sources`. */
export const imageSchema = z
  .strictObject({
    alt: z.string().max(200, 'Describe the picture in at most 200 characters.'),
    width: z.int().min(1).max(10_000),
    height: z.int().min(1).max(10_000),
    src: z.string().min(1).max(300),
    sources: z
      .array(z.strictObject({ src: z.string().min(1).max(300), width: z.int().min(1), type: z.string().max(40) }))
      .max(12),
  })
  .meta({ id: 'Image' });

export const stockSchema = z
  .strictObject({ available: z.int().min(0), level: z.enum(stockLevels) })
  .meta({ id: 'Stock', description: 'low is at most 5 units.' });

/** A product as the shop shows it (contract, section 2). */
export const productSchema = z
  .strictObject({
    id: productIdSchema,
    version: z.int().describe('Counts staff edits; an edit names the one it saw.'),
    rev: z.int().describe('Counts every write and orders frames.'),
    name: z.string(),
    category: z.string(),
    description: z.string(),
    price: moneySchema,
    stock: stockSchema,
    images: z.array(imageSchema),
  })
  .meta({ id: 'Product' });

/** A product as staff see it: archived ones too, with when it was made and changed. */
export const staffProductSchema = productSchema
  .extend({
    archived: z.boolean(),
    createdAt: timeSchema,
    updatedAt: timeSchema.describe('The last write, a sale too.'),
    editedAt: timeSchema
      .optional()
      .describe('The last edit by staff. Products from before this field lack it until their next edit.'),
    editedBy: z.string().optional().describe('Who edited it last.'),
  })
  .meta({ id: 'StaffProduct' });

const name = z.string().trim().min(1, 'Give the product a name.').max(120, 'Use at most 120 characters.');
const category = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/, 'Use 3 to 40 lower-case letters, digits and hyphens.');
const description = z.string().max(4000, 'Use at most 4,000 characters.');
const reason = z.string().trim().min(3, 'Say why in at least 3 characters.').max(200, 'Use at most 200 characters.');

const deltaBound = 'Change the stock by at most 100,000 at once.';

/** Stock is never set (E2): either a delta, or what was seen and what is wanted. */
export const stockChangeSchema = z
  .union([
    z.strictObject({
      delta: z.int('Give a whole number.').min(-100_000, deltaBound).max(100_000, deltaBound),
      reason,
    }),
    z.strictObject({
      seen: z.int('Give a whole number.').min(0, 'Stock cannot be negative.'),
      wanted: z.int('Give a whole number.').min(0, 'Stock cannot be negative.').max(100_000, 'Keep at most 100,000.'),
      reason,
    }),
  ])
  .meta({ id: 'StockChange' });

/** Body of POST /products of the admin API. The id may be chosen; else it is made from the name. */
export const createProductSchema = z
  .strictObject({
    id: z.string().regex(productIdPattern, 'Use 3 to 64 lower-case letters, digits and hyphens.').optional(),
    name,
    category,
    description: description.default(''),
    price: moneySchema,
    images: z.array(imageSchema).max(8, 'A product has at most 8 pictures.').default([]),
    stockChange: stockChangeSchema.optional(),
  })
  .meta({ id: 'CreateProduct' });

/**
 * Body of PUT /products/{id}: a merge. `version` is what the editor saw. Everything else that a react-admin form sends
 * back (id, rev, stock, times) is dropped before this schema by the handler, as the contract says.
 */
export const editProductSchema = z
  .strictObject({
    version: z.int('Send the version that you saw: it is in the record.'),
    name: name.optional(),
    category: category.optional(),
    description: description.optional(),
    price: moneySchema.optional(),
    images: z.array(imageSchema).max(8, 'A product has at most 8 pictures.').optional(),
    archived: z.boolean().optional(),
    stockChange: stockChangeSchema.optional(),
  })
  .meta({ id: 'EditProduct' });

export type Image = z.infer<typeof imageSchema>;
export type Product = z.infer<typeof productSchema>;
export type StaffProduct = z.infer<typeof staffProductSchema>;
export type StockChange = z.infer<typeof stockChangeSchema>;
export type CreateProduct = z.infer<typeof createProductSchema>;
export type EditProduct = z.infer<typeof editProductSchema>;
