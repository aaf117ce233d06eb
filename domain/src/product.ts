import * as z from 'zod';
import { uploadTypes } from '#admin';
import { byCurrency, moneySchema, priceSchemaIn, productIdSchema, timeSchema } from '#schemas';
import { stockLevels } from '#stock';
import { lineText, longText } from '#text';

/** Our own published pictures alone: a name below /images, as POST /uploads/{id}/complete answers it. */
const src = z
  .string('Give the src that POST /uploads/{id}/complete answered.')
  .max(300, 'A src has at most 300 characters.')
  .regex(
    /^\/images\/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/,
    'Use a picture of this shop: the src that POST /uploads/{id}/complete answered, such as /images/tea-640.webp.',
  );
const side = z
  .int('Give whole pixels.')
  .min(1, 'A picture is at least 1 pixel wide and high.')
  .max(10_000, 'A picture is at most 10,000 pixels wide and high.');

/** A picture of a product: one source for browsers that know nothing else, more in `sources`. */
export const imageSchema = z
  .strictObject({
    alt: lineText({ ask: 'Describe the picture.', called: 'The description of the picture', max: 200, min: 0 }),
    width: side,
    height: side,
    src,
    sources: z
      .array(
        z.strictObject({ src, width: side, type: z.enum(uploadTypes, `Give one of ${uploadTypes.join(', ')}.`) }),
        'Give a list of sources.',
      )
      .max(12, 'A picture has at most 12 sources.'),
  })
  .meta({ id: 'Image' });

/** The same as it is kept and answered. */
export const keptImageSchema = z
  .strictObject({
    alt: z.string(),
    width: z.int(),
    height: z.int(),
    src: z.string(),
    sources: z.array(z.strictObject({ src: z.string(), width: z.int(), type: z.string() })),
  })
  .meta({ id: 'KeptImage' });

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
    images: z.array(keptImageSchema),
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

const name = lineText({ ask: 'Give the product a name.', called: 'The name', max: 120 });
const category = z
  .string('Choose a category.')
  .regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/, 'Use 3 to 40 lower-case letters, digits and hyphens.');
const description = longText({ ask: 'Describe the product.', called: 'The description', max: 4000, min: 0 });
const reason = lineText({ ask: 'Say why in at least 3 characters.', called: 'The reason', max: 200, min: 3 });

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
export const createProductSchemaIn = byCurrency((currency) =>
  z
    .strictObject({
      id: productIdSchema
        .optional()
        .describe('Proposed from the name when left out, with a number behind it when taken.'),
      name,
      category,
      description: description.default(''),
      price: priceSchemaIn(currency),
      images: z.array(imageSchema).max(8, 'A product has at most 8 pictures.').default([]),
      stockChange: stockChangeSchema.optional(),
    })
    .meta({ id: 'CreateProduct' }),
);

/** What a react-admin form sends back of the record and nobody may set (contract, section 2). */
const ignored = z.unknown().optional().describe('Not read: it may come back as the record has it.');

/** Body of PUT /products/{id}: a merge. `version` is what the editor saw. What nobody may set is dropped. */
export const editProductSchemaIn = byCurrency((currency) =>
  z
    .strictObject({
      version: z.int('Send the version that you saw: it is in the record.'),
      name: name.optional(),
      category: category.optional(),
      description: description.optional(),
      price: priceSchemaIn(currency).optional(),
      images: z.array(imageSchema).max(8, 'A product has at most 8 pictures.').optional(),
      archived: z.boolean().optional(),
      stockChange: stockChangeSchema.optional(),
      id: ignored,
      rev: ignored,
      stock: ignored,
      createdAt: ignored,
      updatedAt: ignored,
      editedAt: ignored,
      editedBy: ignored,
    })
    .meta({ id: 'EditProduct' })
    .transform(({ id, rev, stock, createdAt, updatedAt, editedAt, editedBy, ...edit }) => edit),
);

export type Image = z.infer<typeof keptImageSchema>;
export type Product = z.infer<typeof productSchema>;
export type StaffProduct = z.infer<typeof staffProductSchema>;
export type StockChange = z.infer<typeof stockChangeSchema>;
export type CreateProduct = z.infer<ReturnType<typeof createProductSchemaIn>>;
export type EditProduct = z.infer<ReturnType<typeof editProductSchemaIn>>;
