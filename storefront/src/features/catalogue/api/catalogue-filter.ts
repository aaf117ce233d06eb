import type { CatalogueQuery } from '@penstock/domain/catalogue';
import { cutText, lengthOf } from '@penstock/domain/text-length';

export type CatalogueSort = CatalogueQuery['sort'];
/** What the URL of the catalogue says. Prices in minor units, as the API takes them. */
export type CatalogueFilter = {
  readonly q: string;
  readonly categories: readonly string[];
  readonly priceMin: number | undefined;
  readonly priceMax: number | undefined;
  readonly inStock: boolean;
  readonly sort: CatalogueSort;
  readonly page: number;
};

export const sortLabels: Readonly<Record<CatalogueSort, string>> = {
  name: 'Name, A to Z',
  '-name': 'Name, Z to A',
  price: 'Price, low to high',
  '-price': 'Price, high to low',
  newest: 'Newest first',
};

/** Reads a URL. What makes no sense is left out, so that every URL shows something. */
export const readFilter = (params: URLSearchParams): CatalogueFilter => ({
  q: searchText(params.get('q') ?? ''),
  categories: [...new Set(params.getAll('category'))].filter(isSlug).slice(0, 20),
  priceMin: readCount(params.get('priceMin')),
  priceMax: readCount(params.get('priceMax')),
  inStock: params.get('inStock') === 'true',
  sort: readSort(params.get('sort')),
  page: Math.min(10_000, Math.max(1, readCount(params.get('page')) ?? 1)),
});

/** The URL of a filter, without what is the default. The same names as GET /products takes. */
export const writeFilter = (filter: CatalogueFilter): URLSearchParams => {
  const params = new URLSearchParams();
  if (filter.q !== '') params.set('q', filter.q);
  for (const category of filter.categories) params.append('category', category);
  if (filter.priceMin !== undefined) params.set('priceMin', String(filter.priceMin));
  if (filter.priceMax !== undefined) params.set('priceMax', String(filter.priceMax));
  if (filter.inStock) params.set('inStock', 'true');
  if (filter.sort !== 'name') params.set('sort', filter.sort);
  if (filter.page !== 1) params.set('page', String(filter.page));
  return params;
};

/** The same filter without anything that narrows the list. */
export const unfiltered = (filter: CatalogueFilter): CatalogueFilter => ({
  ...filter,
  q: '',
  categories: [],
  priceMin: undefined,
  priceMax: undefined,
  inStock: false,
  page: 1,
});

export const isNarrowed = (filter: CatalogueFilter): boolean =>
  filter.q !== '' ||
  filter.categories.length > 0 ||
  filter.priceMin !== undefined ||
  filter.priceMax !== undefined ||
  filter.inStock;

/** A search as the API takes it: without control characters, at most 100 long and never cut inside a character. */
export const searchText = (typed: string): string => cutText(typed.replace(/\p{Cc}/gu, ' ').trim(), searchMax).trim();

/** What to say of a text that is longer than a search; the rest of it is not looked for. */
export const searchHint = (typed: string): string | undefined =>
  lengthOf(typed.trim()) > searchMax ? `The search takes the first ${searchMax} characters.` : undefined;

const searchMax = 100;

/** What cannot be a category is no filter: the API would refuse the whole question. */
const isSlug = (category: string): boolean => category !== '' && category.length <= 40;

const readCount = (text: string | null): number | undefined =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;

const readSort = (text: string | null): CatalogueSort =>
  text !== null && Object.hasOwn(sortLabels, text) ? (text as CatalogueSort) : 'name';
