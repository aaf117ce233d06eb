import type { CatalogueProduct } from '#catalogue';
import { coloursOf } from '#pictures/palette';
import { pickBy } from '#pictures/seed';
import type { Paint } from '#pictures/vessel';

/** The product's pack: the deeper its leaf or bean is worked, the darker the body; the product decides which of two lids. */
export const paintOf = (product: CatalogueProduct, categories: readonly string[]): Paint => {
  const colours = coloursOf(product, categories);
  const { ink, paper, tints, accent } = colours;
  const bodies = {
    unoxidised: [paper, tints[2]],
    light: [paper, accent],
    none: [accent, paper],
    half: [tints[1], tints[2]],
    medium: [tints[2], accent],
    mixed: [accent, tints[2]],
    oxidised: [tints[2], ink],
    roasted: [ink, tints[2]],
    dark: [ink, ink],
    smoked: [ink, ink],
  } as const;
  const body = pickBy(`${product.id} body`, bodies[product.level]);
  const lids = [tints[2], ink, accent, paper].filter((lid) => lid !== body);
  return { ...colours, body, lid: pickBy(`${product.id} lid`, [lids[0] ?? ink, ...lids.slice(1)]) };
};

/** Heavier goods stand larger: 30 g at 0.94, 500 g at 1.18 of the drawn size. What is not weighed keeps its own. */
export const sizeOf = ({ weight }: Pick<CatalogueProduct, 'weight'>): number => {
  const grams = Number(/^(\d+) g$/.exec(weight)?.[1] ?? Number.NaN);
  if (!Number.isFinite(grams)) return 1;
  return Math.min(1.18, Math.max(0.94, 0.94 + (0.24 * Math.log(grams / 30)) / Math.log(500 / 30)));
};
