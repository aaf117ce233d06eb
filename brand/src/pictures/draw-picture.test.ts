import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCatalogue } from '#catalogue';
import { committedForm, pictureFolders, pictureName, type View, views } from '#picture-files';
import { drawPicture } from '#pictures/draw-picture';
import { distanceOf, glanceOf, greyContrast, thumbnailOf } from '#pictures/likeness';
import { rasterise } from '#pictures/rasterise';

const { categories, products } = readCatalogue();
const slugs = categories.map((category) => category.slug);
const committed = (productId: string, view: View): Buffer =>
  readFileSync(`${pictureFolders.committed}${pictureName(productId, view, committedForm)}`);

describe('a picture', () => {
  it('is drawn from the data alone, byte for byte as committed', async () => {
    for (const [index, product] of products.filter((_, each) => each % 20 === 0).entries()) {
      const view = views[index] ?? 'front';
      const bytes = await rasterise(drawPicture(product, slugs, view), committedForm);
      expect([product.id, bytes.equals(committed(product.id, view))]).toEqual([product.id, true]);
    }
  }, 30_000);

  it('holds no text that a rasteriser would drop, no gradient and no broken number', () => {
    for (const product of products)
      for (const view of views)
        expect(drawPicture(product, slugs, view)).not.toMatch(/<text|gradient|NaN|undefined|Infinity/i);
  });

  it('has six colours beside the liquor: ink, paper, three tints and an accent', () => {
    for (const product of products)
      for (const view of views) {
        const colours = new Set(drawPicture(product, slugs, view).match(/"#[0-9a-f]{6}"/g));
        expect(colours.size).toBeLessThanOrEqual(view === 'in-use' && product.liquor !== undefined ? 7 : 6);
      }
  });
});

describe.each(views)('the %s views', (view) => {
  let thumbnails: readonly Buffer[] = [];
  beforeAll(async () => {
    thumbnails = await Promise.all(products.map(({ id }) => thumbnailOf(committed(id, view))));
  }, 30_000);

  it('are told apart without their colours: no two are too alike', async () => {
    const glances = await Promise.all(thumbnails.map(glanceOf));
    const pairs = glances.flatMap((left, at) =>
      glances.slice(at + 1).map((right, after) => ({
        pair: `${products[at]?.id} and ${products[at + 1 + after]?.id}`,
        distance: distanceOf(left, right),
      })),
    );
    expect(pairs.filter(({ distance }) => distance < alikeBelow[view])).toEqual([]);
  });

  it('are read at 96 px in grey: light and dark parts stay apart', async () => {
    for (const [at, { id }] of products.entries())
      expect([id, (await greyContrast(thumbnails[at] ?? Buffer.of())) > contrastMin]).toEqual([id, true]);
  });
});

/** Fronts stand side by side in the shop and must differ most; a cup from above differs by its colour before all. */
const alikeBelow = { front: 0.022, 'in-use': 0.018, detail: 0.02 } as const;

/** A standard deviation of the grey values, 0 to 255. A flat ground has 0; an outline on a ground about 15. */
const contrastMin = 30;

describe('the measures', () => {
  const flat = (fill: string): Buffer =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="${fill}"/></svg>`,
    );

  it('find a picture that is a little lighter, and nothing else, alike', async () => {
    expect(distanceOf(await glanceOf(flat('#888888')), await glanceOf(flat('#999999')))).toBeLessThan(0.001);
  });

  it('find a ground without a thing on it unreadable', async () => {
    expect(await greyContrast(flat('#888888'))).toBeLessThan(contrastMin);
  });
});
