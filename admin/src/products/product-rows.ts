import type { StaffProduct } from '@penstock/domain/product';
import type { Cell } from '#export/csv.ts';
import { categoryLabel } from '#products/category-choices.ts';
import { toMajor } from '#products/price-units.ts';

export const productColumns = [
  'Id',
  'Name',
  'Category',
  'Description',
  'Price',
  'Currency',
  'In stock',
  'State',
  'Pictures',
  'Made',
  'Last edit',
  'Last edit by',
] as const;

/** A product as one line of a table, in the units that people use. */
export const productRow = (product: StaffProduct): Readonly<Record<(typeof productColumns)[number], Cell>> => ({
  Id: product.id,
  Name: product.name,
  Category: categoryLabel(product.category),
  Description: product.description,
  Price: toMajor(product.price.amountMinor, product.price.currency),
  Currency: product.price.currency,
  'In stock': product.stock.available,
  State: product.archived ? 'Archived' : 'On sale',
  Pictures: product.images.map(({ src }) => src).join(' '),
  Made: product.createdAt,
  'Last edit': product.editedAt ?? '',
  'Last edit by': product.editedBy ?? '',
});
