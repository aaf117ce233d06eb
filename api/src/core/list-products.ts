import type { SnapshotProduct } from '@penstock/domain/items';
import { own } from '@penstock/domain/own';
import type { ListQuery } from '#core/list-query';
import { hasWords, wordsOf } from '#core/search-catalogue';

export type ProductListing =
  | { readonly ok: true; readonly ids: readonly string[] }
  | { readonly ok: false; readonly what: string };

/** What the product list can be filtered and sorted by, for the sentence of no-such-index. */
export const productListsServed =
  'Filter by q, category, archived, price_gte, price_lte or id; sort by id, name, category, price, level, createdAt, updatedAt or editedAt.';

/** The ids of a staff list in order, before paging; names the filter or sort that is not served. */
export const listProducts = (
  products: readonly SnapshotProduct[],
  { filter, sort }: Pick<ListQuery, 'filter' | 'sort'>,
): ProductListing => {
  const tests: ((product: SnapshotProduct) => boolean)[] = [];
  for (const [name, value] of Object.entries(filter)) {
    const test = own(filters, name)?.(value);
    if (test === undefined) return { ok: false, what: `The filter ${name}` };
    tests.push(test);
  }
  const field = sort?.field ?? 'name';
  const compare = own(comparators, field);
  if (compare === undefined) return { ok: false, what: `The sort by ${field}` };
  const sign = sort?.descending === true ? -1 : 1;
  const found = products.filter((product) => tests.every((test) => test(product)));
  return {
    ok: true,
    ids: found
      .sort((left, right) => sign * compare(left, right) || compareText(left.id, right.id))
      .map((product) => product.id),
  };
};

type Test = (product: SnapshotProduct) => boolean;
type Compare = (left: SnapshotProduct, right: SnapshotProduct) => number;

const filters: Readonly<Record<string, (value: unknown) => Test | undefined>> = {
  q: (value) => {
    const words = wordsOf(String(value));
    return (product) => hasWords(product, words);
  },
  category: (value) => {
    const wanted = (Array.isArray(value) ? value : [value]).map(String);
    return (product) => wanted.includes(product.category);
  },
  archived: (value) => (typeof value === 'boolean' ? (product) => product.archived === value : undefined),
  price_gte: (value) => (typeof value === 'number' ? (product) => product.price.amountMinor >= value : undefined),
  price_lte: (value) => (typeof value === 'number' ? (product) => product.price.amountMinor <= value : undefined),
  id: (value) => {
    const wanted = new Set((Array.isArray(value) ? value : [value]).map(String));
    return (product) => wanted.has(product.id);
  },
};

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
const levels = { out: 0, low: 1, in: 2 } as const;

const comparators: Readonly<Record<string, Compare>> = {
  id: (left, right) => compareText(left.id, right.id),
  name: (left, right) => left.name.localeCompare(right.name, 'en'),
  category: (left, right) => compareText(left.category, right.category),
  price: (left, right) => left.price.amountMinor - right.price.amountMinor,
  level: (left, right) => levels[left.level] - levels[right.level],
  createdAt: (left, right) => compareText(left.createdAt, right.createdAt),
  updatedAt: (left, right) => compareText(left.updatedAt, right.updatedAt),
  editedAt: (left, right) => compareText(left.editedAt ?? '', right.editedAt ?? ''),
};
