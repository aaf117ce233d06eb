import type { StaffProduct } from '@penstock/domain/product';
import { isNewPicture } from '#pictures/upload.ts';
import { categoryLabel } from '#products/category-choices.ts';
import { toMajor } from '#products/price-units.ts';
import type { ProductForm } from '#products/product-form.ts';

type FieldName = 'name' | 'category' | 'price.amountMinor' | 'description' | 'images';

/** One field that somebody else changed: what both began from, what stands here, what they saved. */
export type Difference = {
  readonly field: FieldName;
  readonly label: string;
  readonly began: string;
  readonly mine: string;
  readonly theirs: string;
  /** Both changed it: a person must decide. Else theirs is taken unless somebody wants otherwise. */
  readonly isDisputed: boolean;
};

/** The value of a field, and how people read it. */
type Field = { readonly name: FieldName; readonly label: string; readonly read: (product: ProductForm) => string };

const fields = (currency: string): readonly Field[] => [
  { name: 'name', label: 'Name', read: ({ name }) => name ?? '' },
  { name: 'category', label: 'Category', read: ({ category }) => categoryLabel(category ?? '') },
  { name: 'price.amountMinor', label: 'Price', read: ({ price }) => priceText(price?.amountMinor, currency) },
  { name: 'description', label: 'Description', read: ({ description }) => description ?? '' },
  { name: 'images', label: 'Pictures', read: picturesText },
];

/**
 * What somebody else changed since `began`, compared three ways. A field that they left alone is not asked about, whatever
 * stands in it here; neither is one that both changed to the same.
 */
export const compareThreeWays = (began: StaffProduct, mine: ProductForm, theirs: StaffProduct): readonly Difference[] =>
  fields(began.price.currency).flatMap(({ name, label, read }) => {
    const row = { began: read(began), mine: read(mine), theirs: read(theirs) };
    if (row.theirs === row.began || row.theirs === row.mine) return [];
    return [{ field: name, label, ...row, isDisputed: row.mine !== row.began }];
  });

const priceText = (amount: number | string | null | undefined, currency: string): string =>
  typeof amount === 'string' ? amount : toMajor(amount, currency);

/** Pictures by count and words; those that stand here alone by their file. */
const picturesText = ({ images = [] }: ProductForm): string =>
  images.length === 0
    ? 'none'
    : images
        .map((picture) => `${isNewPicture(picture) ? picture.file.name : fileName(picture.src)} (${picture.alt})`)
        .join(', ');

const fileName = (src: string): string => src.split('/').at(-1) ?? src;
