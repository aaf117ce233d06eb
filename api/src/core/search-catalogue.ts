import type { CatalogueQuery } from '@penstock/domain/catalogue';
import type { SnapshotProduct } from '@penstock/domain/items';
import { withoutInvisible } from '@penstock/domain/text-characters';

export type CatalogueFound = {
  /** The products of the page, in order. */
  readonly products: readonly SnapshotProduct[];
  readonly total: number;
  readonly facets: { readonly category: readonly { readonly value: string; readonly count: number }[] };
};

/** Searches, filters, sorts, facets and pages the snapshot. Archived products are never found. */
export const searchCatalogue = (products: readonly SnapshotProduct[], query: CatalogueQuery): CatalogueFound => {
  const words = wordsOf(query.q ?? '');
  // A category's count is what choosing it would show, so the other filters apply to it and the category does not.
  const inOtherFilters = products.filter((product) => !product.archived && matches(product, words, query));
  const found = inOtherFilters.filter(
    (product) => query.category.length === 0 || query.category.includes(product.category),
  );
  const sorted = [...found].sort(comparators[query.sort]);
  const start = (query.page - 1) * query.pageSize;
  return {
    products: sorted.slice(start, start + query.pageSize),
    total: found.length,
    facets: { category: countCategories(inOtherFilters) },
  };
};

/** The words of a search, without case and accents. */
export const wordsOf = (text: string): readonly string[] =>
  plain(text)
    .split(/\s+/)
    .filter((word) => word !== '');

const matches = (
  product: SnapshotProduct,
  words: readonly string[],
  { priceMin, priceMax, inStock }: CatalogueQuery,
): boolean => {
  const { amountMinor } = product.price;
  if (priceMin !== undefined && amountMinor < priceMin) return false;
  if (priceMax !== undefined && amountMinor > priceMax) return false;
  if (inStock === true && product.level === 'out') return false;
  if (inStock === false && product.level !== 'out') return false;
  return hasWords(product, words);
};

/** Every word stands somewhere in name, description, category or id. */
export const hasWords = (product: SnapshotProduct, words: readonly string[]): boolean => {
  if (words.length === 0) return true;
  const text = plain(
    `${product.name} ${product.description} ${product.category} ${product.category.replaceAll('-', ' ')} ${product.id}`,
  );
  return words.every((word) => text.includes(word));
};

/** Without accents, width and style of letters, case, and what is invisible. */
const plain = (text: string): string => withoutInvisible(text.normalize('NFKD')).replace(/\p{M}/gu, '').toLowerCase();

const byId = (left: SnapshotProduct, right: SnapshotProduct): number =>
  left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
const byName = (left: SnapshotProduct, right: SnapshotProduct): number =>
  left.name.localeCompare(right.name, 'en') || byId(left, right);
const byPrice = (left: SnapshotProduct, right: SnapshotProduct): number =>
  left.price.amountMinor - right.price.amountMinor || byId(left, right);

const comparators: Readonly<Record<CatalogueQuery['sort'], (left: SnapshotProduct, right: SnapshotProduct) => number>> =
  {
    name: byName,
    '-name': (left, right) => byName(right, left),
    price: byPrice,
    '-price': (left, right) => byPrice(right, left),
    newest: (left, right) =>
      left.createdAt < right.createdAt ? 1 : left.createdAt > right.createdAt ? -1 : byName(left, right),
  };

const countCategories = (
  products: readonly SnapshotProduct[],
): readonly { readonly value: string; readonly count: number }[] => {
  const counts = new Map<string, number>();
  for (const { category } of products) counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((left, right) => (left.value < right.value ? -1 : 1));
};
