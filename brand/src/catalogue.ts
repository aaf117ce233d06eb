import { readFileSync } from 'node:fs';
import { productIdPattern } from '@penstock/domain/ids';
import * as z from 'zod';

/** The drawings that a picture can start from; one per kind of vessel. */
export const templates = [
  'caddy',
  'pouch',
  'tin',
  'brick',
  'sack',
  'dripper',
  'press',
  'kettle',
  'cup',
  'whisk',
  'sampler',
  'gift-box',
] as const;

const productSchema = z.strictObject({
  id: z.string().regex(productIdPattern),
  name: z.string().min(3).max(60),
  category: z.string(),
  description: z.string().min(80).max(400),
  /** Minor units of the deployment's currency. */
  priceMinor: z.int().min(100),
  /** Opening stock. */
  stock: z.int().min(0).max(1000),
  /** What the picture is drawn from. */
  template: z.enum(templates),
  origin: z.string(),
  altitudeMetres: z.int().min(0),
  level: z.enum(['unoxidised', 'light', 'half', 'medium', 'oxidised', 'roasted', 'dark', 'smoked', 'mixed', 'none']),
  weight: z.string(),
});

const catalogueSchema = z.strictObject({
  categories: z.array(z.strictObject({ slug: z.string(), label: z.string() })).length(6),
  products: z.array(productSchema),
});

export type CatalogueProduct = z.infer<typeof productSchema>;
export type Catalogue = z.infer<typeof catalogueSchema>;

/** The catalogue of Weirhouse, tea & coffee: what a new shop is seeded with. Descriptions end with their facts, a line each. */
export const readCatalogue = (): Catalogue => {
  const catalogue = catalogueSchema.parse(
    JSON.parse(readFileSync(new URL('./catalogue.json', import.meta.url), 'utf8')),
  );
  const products = catalogue.products.map((product) => ({
    ...product,
    description: `${product.description}\n\n${factsOf(product).join('\n')}`,
  }));
  return { ...catalogue, products };
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

const gear: readonly string[] = ['brewing', 'tableware'];

const factsOf = ({ category, weight, origin, altitudeMetres, level }: CatalogueProduct): readonly string[] => {
  if (gear.includes(category)) return [`Size: ${weight}`, `Made in: ${origin}`];
  return [
    `Weight: ${weight}`,
    `Origin: ${origin}`,
    ...(altitudeMetres > 0 ? [`Altitude: ${altitudeMetres.toLocaleString('en-GB')} m`] : []),
    ...(level === 'none' || level === 'mixed'
      ? []
      : [category === 'coffee' ? `Roast: ${level}` : `Leaf: ${leafWords[level]}`]),
  ];
};
