import { readCatalogue } from '#catalogue';
import { hexOf } from '#oklch';
import { drawPicture } from '#pictures/draw-picture';
import { textPath, widthOf } from '#pictures/labels';
import { mark } from '#pictures/svg';
import { light } from '#tokens';

/** The size that link previews ask for, in px. */
export const shareSize = { width: 1200, height: 630 } as const;

/** One of each half of the trade, and the ware between them. */
const shown = ['dong-ding-oolong', 'gooseneck-kettle', 'weirhouse-espresso'] as const;

/** What a link to the shop shows: the name, a staff, and three products on their grounds. SVG. */
export const drawSharePicture = (): string => {
  const { categories, products } = readCatalogue();
  const slugs = categories.map(({ slug }) => slug);
  const ink = hexOf(light.ink);
  const { width, height } = shareSize;
  const cell = width / shown.length;
  const pictures = shown.map((id, index) => {
    const product = products.find((each) => each.id === id);
    if (product === undefined) throw new TypeError(`The share picture shows ${id}, which the catalogue has not.`);
    const inner = drawPicture(product, slugs, 'front').replace(
      /^<svg/,
      `<svg x="${index * cell}" y="${height - cell}"`,
    );
    return inner.replace('width="640" height="640"', `width="${cell}" height="${cell}"`);
  });
  const ticks = Array.from(
    { length: 76 },
    (_, index) => `M${index * 16} ${height - cell} v${index % 5 === 0 ? -22 : -11}`,
  );
  const name = 'Weirhouse';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="${hexOf(light.ground)}"/>`,
    `<g transform="translate(40 36) scale(5)"><path d="M0 0h14v2H3v3h6v2H3v3h11v2H3v14H0z" fill="${ink}"/><path d="M3 15h14v11H3z" fill="${hexOf(light.action)}"/></g>`,
    textPath(name, 156 + widthOf(name, 150) / 2, 164, 1000, 150, ink),
    textPath('Tea, coffee and gear', 1160 - widthOf('Tea, coffee and gear', 48) / 2, 164, 600, 48, hexOf(light.muted)),
    mark(ticks.join(''), ink, 3),
    ...pictures,
    '</svg>',
  ].join('');
};
