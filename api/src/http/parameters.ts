import type { CatalogueQuery } from '@penstock/domain/catalogue';
import type { ApiCall } from '#http/api-call';
import { fieldProblem } from '#http/problem-error';

const catalogue = [
  'q',
  'category',
  'priceMin',
  'priceMax',
  'inStock',
  'sort',
  'page',
  'pageSize',
] as const satisfies readonly (keyof CatalogueQuery)[];

/** `embed` is what react-admin may send; it says nothing here. */
const list = ['filter', 'range', 'sort', 'embed'];
const record = ['embed'];

/** The query parameters of each call; every other call has none (T13). */
export const parametersByRoute: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['GET /api/products', catalogue],
  ...['products', 'orders', 'baskets', 'dead-letters', 'activity'].map((name) => [`GET /${name}`, list] as const),
  ...['products', 'orders', 'baskets', 'dead-letters'].map((name) => [`GET /${name}/{id}`, record] as const),
]);

const repeatable = 'category';

/** Refuses by name a parameter that the call does not have, and one that stands twice: nobody could say which is meant. */
export const refuseStrangers = ({ route, query }: Pick<ApiCall, 'route' | 'query'>): void => {
  const known = parametersByRoute.get(route) ?? [];
  for (const name of new Set(query.keys())) {
    if (!known.includes(name))
      throw refused(
        name,
        `This call has no parameter ${name.slice(0, 40)}.`,
        known.length === 0 ? 'Leave it out: this call has none.' : `Use ${known.join(', ')}.`,
      );
    if (name !== repeatable && query.getAll(name).length > 1)
      throw refused(name, 'This parameter stands twice.', 'Give it once.');
  }
};

const refused = (name: string, message: string, remedy: string) =>
  fieldProblem(`/${name.slice(0, 40)}`, message, remedy, 'parameter-invalid');
