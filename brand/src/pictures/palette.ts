import type { CatalogueProduct } from '#catalogue';
import { hexOf } from '#oklch';
import { pickBy } from '#pictures/seed';
import { categoryChroma, categoryHues, categoryLightness, light } from '#tokens';

/** The colours of one picture: ink, paper, three tints of the category's hue, one accent. */
export type PictureColours = {
  readonly ink: string;
  readonly paper: string;
  readonly tints: readonly [ground: string, mid: string, deep: string];
  readonly accent: string;
};

/** The three tints of a hue. The first is the ground that the shop's pages know too. */
export const tintsOf = (hue: number): PictureColours['tints'] => [
  hexOf([categoryLightness, categoryChroma, hue]),
  hexOf([0.74, 0.085, hue]),
  hexOf([0.56, 0.1, hue]),
];

/** How deep a leaf or bean is worked shows in the label's tint, light to dark. */
const levelLightness: Readonly<Record<CatalogueProduct['level'], number>> = {
  unoxidised: 0.82,
  light: 0.78,
  none: 0.76,
  half: 0.7,
  medium: 0.72,
  mixed: 0.66,
  oxidised: 0.52,
  roasted: 0.46,
  dark: 0.4,
  smoked: 0.38,
};

/** Hues of enamel: sluice, ochre, moss, brick, verdigris, slate. A picture takes one that stands off its ground. */
const enamelHues = [222, 80, 148, 30, 192, 265] as const;

/** The six colours of a product's pictures. */
export const coloursOf = ({ id, level, category }: CatalogueProduct, categories: readonly string[]): PictureColours => {
  const hue = categoryHues[categories.indexOf(category)] ?? 205;
  const [first = 222, ...others] = enamelHues.filter((each) => Math.abs(((each - hue + 540) % 360) - 180) > 40);
  return {
    ink: hexOf(light.ink),
    paper: hexOf([0.975, 0.012, hue]),
    tints: tintsOf(hue),
    accent: hexOf([levelLightness[level], 0.095, pickBy(`${id} accent`, [first, ...others])]),
  };
};
