import * as z from 'zod';
import { limits } from '#limits';
import { productSchema } from '#product';
import { digits, flag } from '#query-values';
import { searchText } from '#text';

export const catalogueSorts = ['name', '-name', 'price', '-price', 'newest'] as const;

/** The query of GET /products. Values arrive as text; numbers are read here, so that a bad one is named. */
export const catalogueQuerySchema = z
  .strictObject({
    q: searchText(100).optional(),
    category: z
      .array(z.string().max(40, 'A category has at most 40 characters.'))
      .max(20, 'Choose at most 20 categories.')
      .default([]),
    priceMin: digits('minor units', 0, limits.priceMinorMax).optional(),
    priceMax: digits('minor units', 0, limits.priceMinorMax).optional(),
    inStock: flag().optional(),
    sort: z.enum(catalogueSorts, `Sort by one of ${catalogueSorts.join(', ')}.`).default('name'),
    page: digits('a page', 1, 10_000).default(1),
    pageSize: digits('a page size', 1, limits.pageSizeMax).default(limits.pageSizeDefault),
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
