import { shardOf } from '@penstock/domain/topics';
import type { CatalogueProduct } from '#catalogue';
import { hexOf } from '#oklch';
import { textPath, twoLines } from '#pictures/labels';
import { drawVessel, groundY, type PictureColours } from '#pictures/vessels';
import { categoryChroma, categoryHues, categoryLightness } from '#tokens';

/** How deep a leaf or bean is worked shows in the label's band, light to dark. */
const levelTint: Readonly<Record<CatalogueProduct['level'], number>> = {
  unoxidised: 0.9,
  light: 0.84,
  none: 0.86,
  half: 0.74,
  medium: 0.64,
  mixed: 0.7,
  oxidised: 0.54,
  roasted: 0.48,
  dark: 0.36,
  smoked: 0.32,
};

/** The picture of a product as SVG, 640 by 640, from its data alone: the same data draws the same picture. */
export const drawPicture = (product: CatalogueProduct, categories: readonly string[]): string => {
  const hue = categoryHues[categories.indexOf(product.category)] ?? 205;
  const colours: PictureColours = {
    ink: hexOf([0.25, 0.045, 232]),
    paper: hexOf([0.975, 0.012, hue]),
    tints: [hexOf([categoryLightness, categoryChroma, hue]), hexOf([0.72, 0.075, hue]), hexOf([0.6, 0.085, hue])],
    accent: hexOf([levelTint[product.level], 0.09, (hue + 25) % 360]),
  };
  const size = 0.84 + (shardOf(product.weight, 7) / 6) * 0.26;
  const { shapes, label } = drawVessel(product.template, colours, size);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640" viewBox="0 0 640 640">`,
    `<rect width="640" height="640" fill="${colours.tints[0]}"/>`,
    backdrop(product, colours),
    `<rect y="${groundY}" width="640" height="${640 - groundY}" fill="${hexOf([0.8, 0.065, hue])}"/>`,
    shadow(colours.ink),
    `<path d="M0 ${groundY} H640" stroke="${colours.ink}" stroke-width="4"/>`,
    shapes,
    label === undefined ? plate(product, colours) : labelOf(product, colours, label),
    '</svg>',
  ].join('');
};

/** Contour lines behind the vessel: the higher the origin, the more of them; the origin bends them its own way. */
const backdrop = (product: CatalogueProduct, { tints }: PictureColours): string => {
  const count = 2 + Math.round(product.altitudeMetres / 300);
  const bend = 30 + shardOf(product.origin, 60);
  const lean = shardOf(product.id, 90) - 45;
  return Array.from({ length: count }, (_, index) => {
    const y = 60 + (index * (groundY - 110)) / Math.max(1, count - 1);
    return `<path d="M-20 ${y} C160 ${y - bend} 260 ${y + bend + lean} 420 ${y - lean * 0.5} S600 ${y + bend * 0.6} 660 ${y - bend * 0.4}" fill="none" stroke="${tints[1]}" stroke-width="3" opacity=".55"/>`;
  }).join('');
};

/** The shadow of a light from top left, hatched on the ground. */
const shadow = (ink: string): string =>
  Array.from(
    { length: 15 },
    (_, index) =>
      `<path d="M${300 + index * 18} ${groundY + 8 + index * 2} l26 ${Math.max(10, 54 - index * 3)}" stroke="${ink}" stroke-width="3" opacity=".45"/>`,
  ).join('');

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const labelOf = (product: CatalogueProduct, { ink, accent }: PictureColours, box: Box): string => {
  const lines = twoLines(product.name);
  const centre = box.x + box.width / 2;
  if (box.height < 90) return textPath(product.name, centre, box.y + box.height * 0.7, box.width - 24, 40, ink);
  const lineHeight = Math.min(44, (box.height - 40) / (lines.length + 1));
  const band = `<rect x="${box.x + 2}" y="${box.y + 2}" width="${box.width - 4}" height="16" fill="${accent}"/>`;
  const names = lines.map((line, index) =>
    textPath(line.toUpperCase(), centre, box.y + 24 + lineHeight * (index + 1), box.width - 20, lineHeight, ink),
  );
  return `${band}${names.join('')}${textPath(product.weight, centre, box.y + box.height - 10, box.width - 24, 24, ink)}`;
};

/** What has no label has an enamel plate on the ground. */
const plate = (product: CatalogueProduct, { ink, paper }: PictureColours): string =>
  `<rect x="120" y="556" width="400" height="52" rx="4" fill="${paper}" stroke="${ink}" stroke-width="4"/>${textPath(product.name.toUpperCase(), 320, 593, 370, 32, ink)}`;
