import { readFileSync } from 'node:fs';
import { productIdPattern } from '@penstock/domain/ids';
import * as z from 'zod';
import { categories } from '#categories';

/** The drawings that a picture can start from, one per kind of vessel, each with the forms that it takes. */
export const forms = {
  caddy: ['caddy', 'brass'],
  pouch: ['pouch', 'towel'],
  tin: ['tin'],
  brick: ['brick', 'filters', 'scale', 'tray'],
  sack: ['sack'],
  dripper: ['dripper'],
  press: ['press', 'grinder'],
  kettle: ['kettle', 'teapot', 'moka', 'bottle'],
  cup: ['cup', 'mug', 'tasting', 'gaiwan', 'bowl', 'glasses', 'jug', 'infuser'],
  whisk: ['whisk'],
  sampler: ['sampler'],
  'gift-box': ['gift-box'],
} as const;

export const templates = Object.keys(forms) as (keyof typeof forms)[];
const formNames = Object.values(forms).flat();

const productSchema = z.strictObject({
  id: z.string().regex(productIdPattern),
  name: z.string().min(3).max(60),
  category: z.enum(categories.map(({ slug }) => slug)),
  description: z.string().min(80).max(400),
  /** Minor units of the deployment's currency. */
  priceMinor: z.int().min(100),
  /** Opening stock. */
  stock: z.int().min(0).max(1000),
  /** What the picture is drawn from. */
  template: z.enum(templates),
  /** The form of the template; without one, the form that has its name. */
  form: z.enum(formNames).optional(),
  origin: z.string(),
  altitudeMetres: z.int().min(0),
  level: z.enum(['unoxidised', 'light', 'half', 'medium', 'oxidised', 'roasted', 'dark', 'smoked', 'mixed', 'none']),
  weight: z.string(),
  /** Leaf or bean to water, how hot and how long. What is no tea or coffee has none. */
  brewing: z
    .strictObject({
      grams: z.number().positive(),
      millilitres: z.int().positive(),
      celsius: z.int().min(4).max(100),
      seconds: z.int().positive(),
    })
    .optional(),
  /** The colour of the cup as lightness, chroma and hue of OKLCH. */
  liquor: z.tuple([z.number(), z.number(), z.number()]).optional(),
  allergens: z.string().optional(),
  material: z.string().optional(),
  care: z.string().optional(),
});

const catalogueSchema = z.strictObject({
  products: z.array(productSchema),
});

export type CatalogueProduct = z.infer<typeof productSchema>;
export type Form = (typeof formNames)[number];
export type Catalogue = z.infer<typeof catalogueSchema> & { readonly categories: typeof categories };

/** The catalogue of Weirhouse, tea & coffee: what a new shop is seeded with. Descriptions end with their facts, a line each. */
export const readCatalogue = (): Catalogue => {
  const catalogue = catalogueSchema.parse(
    JSON.parse(readFileSync(new URL('./catalogue.json', import.meta.url), 'utf8')),
  );
  const products = catalogue.products.map((product) => ({
    ...product,
    description: `${product.description}\n\n${factsOf(product).join('\n')}`,
  }));
  return { categories, products };
};

/** How a leaf was worked, in words. */
const leafWords: Readonly<Record<CatalogueProduct['level'], string>> = {
  unoxidised: 'not oxidised',
  light: 'lightly oxidised',
  half: 'half oxidised',
  medium: 'half oxidised',
  oxidised: 'fully oxidised',
  roasted: 'roasted',
  dark: 'roasted dark',
  smoked: 'smoked over pine',
  mixed: 'mixed',
  none: 'dried',
};

/** A time as a brewing guide prints it: 45 s, 3 min, 3 min 30 s. */
export const brewingTime = (seconds: number): string =>
  seconds < 90 ? `${seconds} s` : `${Math.floor(seconds / 60)} min${seconds % 60 === 0 ? '' : ` ${seconds % 60} s`}`;

/**
 * What the measure of a thing that is no tea or coffee says of it: what it weighs, holds, contains, or how large it is. Never
 * "Weight", which a shop divides the price by.
 */
const measureOf = ({ weight, form }: CatalogueProduct): string => {
  if (/ cm$/.test(weight)) return 'Size';
  if (/ m?l$/.test(weight) || form === 'brass') return 'Holds';
  return / g$/.test(weight) ? 'Weighs' : 'Contains';
};

/** A measure with the sign of multiplication in place of the letter x. */
const printed = (measure: string): string => measure.replace(/(?<=\d) x (?=\d)/g, ' × ');

const factsOf = (product: CatalogueProduct): readonly string[] => {
  const { category, weight, origin, altitudeMetres, level, brewing, allergens, material, care } = product;
  if (brewing === undefined)
    return [
      `${measureOf(product)}: ${printed(weight)}`,
      `Material: ${material}`,
      `Care: ${care}`,
      `Made in: ${origin}`,
    ];
  const { grams, millilitres, celsius, seconds } = brewing;
  return [
    `${/\d g$/.test(weight) ? 'Weight' : 'Contains'}: ${printed(weight)}`,
    `Origin: ${origin}`,
    ...(altitudeMetres > 0 ? [`Altitude: ${altitudeMetres.toLocaleString('en-GB')} m`] : []),
    ...(level === 'none' || level === 'mixed'
      ? []
      : [category === 'coffee' ? `Roast: ${level}` : `Leaf: ${leafWords[level]}`]),
    `Brewing: ${grams} g, ${millilitres} ml, ${celsius} °C, ${brewingTime(seconds)}`,
    `Allergens: ${allergens}`,
  ];
};
