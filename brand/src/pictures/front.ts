import type { CatalogueProduct } from '#catalogue';
import { contourCount, flowLines } from '#pictures/contours';
import { drawVessel } from '#pictures/forms';
import { drawLabel } from '#pictures/label';
import { fitLines, textPath } from '#pictures/labels';
import { box, clipped, mark, rectPath } from '#pictures/svg';
import { groundY, type Paint } from '#pictures/vessel';

/** The product as it stands on the shelf: the ground of its category, the ground line, a hatched shadow, its label. */
export const drawFront = (product: CatalogueProduct, paint: Paint): string => {
  const { shapes, face } = drawVessel(product, paint);
  return [
    flowLines(
      { x: 0, y: 0, width: 640, height: groundY },
      product.origin,
      contourCount(product.altitudeMetres),
      paint.tints[1],
      2.5,
    ),
    floor(paint),
    shapes,
    face === undefined ? plate(product, paint) : drawLabel(product, paint, face),
  ].join('');
};

/** The ground below the line, and the shadow that falls on it to the right. */
export const floor = ({ ink, tints }: Paint, shadowX = 330): string =>
  [
    `<rect y="${groundY}" width="640" height="${640 - groundY}" fill="${tints[1]}"/>`,
    clipped(
      rectPath({ x: 0, y: groundY, width: 640, height: 60 }),
      mark(
        Array.from(
          { length: 20 },
          (_, index) => `M${shadowX + index * 11} ${groundY} l${40 - index} ${Math.max(8, 46 - index * 2)}`,
        ).join(''),
        ink,
        3,
      ),
    ),
    mark(`M0 ${groundY} H640`, ink, 4),
  ].join('');

/** What has no label has an enamel plate at its foot. */
export const plate = ({ name }: Pick<CatalogueProduct, 'name'>, { ink, paper }: Paint): string => {
  const words = name.replace(/,.*$/, '').toUpperCase();
  const { size } = fitLines(words.replaceAll(' ', '\u00a0'), 400, 46, 40);
  return `${box(100, 556, 440, 56, paper, ink)}${textPath(words, 320, 584 + size * 0.36, 400, size, ink)}`;
};
