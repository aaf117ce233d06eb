import { own } from '@penstock/domain/own';
import { fieldErrorsOf, violationsOf } from '@penstock/domain/problems';
import { createProductSchemaIn, editProductSchemaIn, type StaffProduct } from '@penstock/domain/product';
import type { Faults } from '#forms/form-faults.ts';
import { type FormPicture, isNewPicture } from '#pictures/upload.ts';
import { readPrice } from '#products/price-units.ts';

/** A product as it stands in the form. What is typed stays as it was typed until it is sent. */
export type ProductForm = {
  readonly id?: string | null;
  readonly name?: string | null;
  readonly category?: string | null;
  readonly description?: string | null;
  /** Minor units, or a text that is no price. */
  readonly price?: { readonly amountMinor?: number | string | null };
  readonly images?: readonly FormPicture[];
  readonly stockChange?: { readonly delta?: string | null; readonly reason?: string | null };
};

const wholeNumber = /^[+-]?\d{1,9}$/;

/** What the form asks of the API. What cannot be read travels as it was typed: the schema refuses it, and so does the API. */
export const toCreate = ({ id, stockChange, ...form }: ProductForm, currency: string) => ({
  ...(blank(id) ? {} : { id }),
  ...common(form, currency),
  ...(blank(stockChange?.delta) || Number(stockChange?.delta) === 0
    ? {}
    : { stockChange: { delta: deltaOf(stockChange), reason: 'opening stock' } }),
});

/** Stock is never set: what is sent is the change and why (E2). `base` is what the edit rests on (E1). */
export const toEdit = ({ stockChange, ...form }: ProductForm, base: StaffProduct) => ({
  version: base.version,
  ...common(form, base.price.currency),
  ...(blank(stockChange?.delta) && blank(stockChange?.reason)
    ? {}
    : { stockChange: { delta: deltaOf(stockChange), reason: stockChange?.reason ?? '' } }),
});

const common = ({ name, category, description, price, images }: ProductForm, currency: string) => ({
  name: name ?? '',
  category: category ?? '',
  description: description ?? '',
  price: { amountMinor: price?.amountMinor ?? '', currency },
  images: images ?? [],
});

const blank = (text: string | null | undefined): boolean => (text ?? '').trim() === '';

const deltaOf = (change: ProductForm['stockChange']): number | string => {
  const typed = (change?.delta ?? '').trim();
  return wholeNumber.test(typed) ? Number(typed) : typed;
};

type Body = ReturnType<typeof toCreate> | ReturnType<typeof toEdit>;

/** What the API would refuse, in its own words, before anything is sent. */
export const createFaults = (form: ProductForm, currency: string): Faults => ({
  ...faultsOf(toCreate(form, currency), createProductSchemaIn(currency)),
  ...(Number(form.stockChange?.delta ?? 0) < 0 ? { 'stockChange.delta': 'The opening stock cannot be negative.' } : {}),
});

export const editFaults = (form: ProductForm, base: StaffProduct): Faults =>
  faultsOf(toEdit(form, base), editProductSchemaIn(base.price.currency));

const faultsOf = (
  body: Body,
  schema: ReturnType<typeof createProductSchemaIn> | ReturnType<typeof editProductSchemaIn>,
): Faults => {
  const parsed = schema.safeParse({ ...body, images: body.images.map(asStored) });
  const faults = parsed.success ? {} : fieldErrorsOf(violationsOf(parsed.error));
  const named = Object.fromEntries(Object.entries(faults).map(([path, text]) => [productField(path), text]));
  const { amountMinor, currency } = body.price;
  const price = typeof amountMinor === 'string' ? readPrice(amountMinor, currency) : undefined;
  return {
    ...named,
    ...(body.category === '' ? { category: 'Choose a category.' } : {}),
    ...(price !== undefined && 'fault' in price ? { 'price.amountMinor': price.fault } : {}),
    ...(typeof body.stockChange?.delta === 'string'
      ? { 'stockChange.delta': 'Give a whole number, such as 5 or -2.' }
      : {}),
  };
};

/** A picture that is not sent yet is checked by its words alone; its address stands in for the one that it will get. */
const asStored = (picture: FormPicture) =>
  isNewPicture(picture) ? { alt: picture.alt, width: 1, height: 1, src: '/images/new', sources: [] } : picture;

/** The field that mends a fault: a shape has none of its own. */
export const productField = (path: string): string => {
  if (path === 'stockChange') return 'stockChange.delta';
  if (path === 'price' || path === 'price.currency') return 'price.amountMinor';
  return path;
};

const labels: Readonly<Record<string, string>> = {
  id: 'Id',
  name: 'Name',
  category: 'Category',
  description: 'Description',
  'price.amountMinor': 'Price',
  'stockChange.delta': 'Stock',
  'stockChange.reason': 'Reason of the stock change',
};

/** What people call a field; undefined where the form has none. */
export const productLabel = (path: string): string | undefined => {
  const picture = /^images\.(\d+)\.alt$/.exec(path)?.[1];
  if (picture !== undefined) return `Picture ${Number(picture) + 1}`;
  return own(labels, path);
};
