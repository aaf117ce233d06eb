import type { CatalogueFilter } from '#features/catalogue/api/catalogue-filter.ts';
import { categoryName } from '#lib/products/category-name.ts';

/** What a tab and the history call a list: "“green”, Coffee – page 2". */
export const titleOf = ({ q, categories, page }: CatalogueFilter): string => {
  const what = [...(q === '' ? [] : [`“${q}”`]), ...categories.map(categoryName)].join(', ');
  return `${what === '' ? 'Catalogue' : what}${page > 1 ? ` – page ${page}` : ''}`;
};
