import { categories } from '@penstock/brand/categories.ts';

type Choice = { readonly id: string; readonly name: string };

/** The name of a category; one that the house does not have by its slug. */
export const categoryLabel = (slug: string): string => categories.find((each) => each.slug === slug)?.label ?? slug;

/** The categories to choose from. What a product has already stays among them, even if the house has no such category. */
export const categoryChoices = (own?: string): Choice[] => {
  const choices: Choice[] = categories.map(({ slug, label }) => ({ id: slug, name: label }));
  return own === undefined || own === '' || choices.some(({ id }) => id === own)
    ? choices
    : [...choices, { id: own, name: own }];
};
