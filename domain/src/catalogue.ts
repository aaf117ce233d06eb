import * as z from 'zod';
import { limits } from '#limits';
import { productSchema } from '#product';

export const catalogueSorts = ['name', '-name', 'price', '-price', 'newest'] as const;

/** The query of GET /products. Values arrive as text; numbers are read here, so that a bad one is named. */
export const catalogueQuerySchema = z
  .strictObject({
    q: z.string().trim().max(100, 'Search for at most 100 characters.').optional(),
    category: z.array(z.string().max(40)).max(20).default([]),
    priceMin: z.coerce.number('Give whole minor units.').int().min(0).optional(),
    priceMax: z.coerce.number('Give whole minor units.').int().min(0).optional(),
    inStock: z.stringbool('Give true or false.').optional(),
    sort: z.enum(catalogueSorts, `Sort by one of ${catalogueSorts.join(', ')}.`).default('name'),
    page: z.coerce.number('Give a page from 1.').int().min(1, 'Pages start at 1.').max(10_000).default(1),
    pageSize: z.coerce
      .number('Give a page size from 1 to 100.')
      .int()
      .min(1, 'Give a page size from 1 to 100.')
      .max(limits.pageSizeMax, 'Give a page size from 1 to 100.')
      .default(limits.pageSizeDefault),
  })
  .meta({ id: 'CatalogueQuery' });

/** The answer of GET /products. `rev` is the snapshot's: a frame of topic `catalogue` with a higher one says "ask again". */
export const cataloguePageSchema = z
  .strictObject({
    items: z.array(productSchema),
    page: z.int(),
    pageSize: z.int(),
    total: z.int(),
    rev: z.int(),
    facets: z.strictObject({ category: z.array(z.strictObject({ value: z.string(), count: z.int() })) }),
  })
  .meta({ id: 'CataloguePage' });

export type CatalogueQuery = z.infer<typeof catalogueQuerySchema>;
export type CataloguePage = z.infer<typeof cataloguePageSchema>;
