import { categories } from '@penstock/brand/categories.ts';
import { humanise } from '#lib/text/format.ts';

/** The name of a category as the house prints it; of one that the house does not have, its slug in words. */
export const categoryName = (slug: string): string =>
  categories.find((each) => each.slug === slug)?.label ?? humanise(slug);

const placeOf = (slug: string): number => {
  const place = categories.findIndex((each) => each.slug === slug);
  return place === -1 ? categories.length : place;
};

/** Orders slugs as the printed index does; what the house does not have comes last, by its slug. */
export const byIndex = (left: string, right: string): number =>
  placeOf(left) - placeOf(right) || (left < right ? -1 : Number(left > right));
