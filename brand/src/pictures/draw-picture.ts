import type { CatalogueProduct } from '#catalogue';
import type { View } from '#picture-files';
import { drawDetail } from '#pictures/detail';
import { drawFront } from '#pictures/front';
import { drawInUse } from '#pictures/in-use';
import { paintOf } from '#pictures/paint';
import { rounded } from '#pictures/svg';

const draw = { front: drawFront, 'in-use': drawInUse, detail: drawDetail } as const;

/** A view of a product as SVG, 640 by 640, from its data alone: the same data draws the same picture. */
export const drawPicture = (product: CatalogueProduct, categories: readonly string[], view: View): string => {
  const paint = paintOf(product, categories);
  return rounded(
    `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640" viewBox="0 0 640 640"><rect width="640" height="640" fill="${paint.tints[0]}"/>${draw[view](product, paint)}</svg>`,
  );
};
