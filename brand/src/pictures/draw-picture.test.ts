import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCatalogue } from '#catalogue';
import { drawPicture } from '#pictures/draw-picture';
import { rasterise } from '#pictures/main';

const { categories, products } = readCatalogue();
const slugs = categories.map((category) => category.slug);

describe('a picture', () => {
  it('is drawn from the data alone, byte for byte as committed', async () => {
    for (const product of products.filter((_, index) => index % 20 === 0))
      for (const [name, bytes] of await rasterise(product.id, drawPicture(product, slugs)))
        expect([name, bytes.equals(readFileSync(new URL(`../../pictures/${name}`, import.meta.url)))]).toEqual([
          name,
          true,
        ]);
  }, 30_000);

  it("is no other product's", () => {
    expect(new Set(products.map((product) => drawPicture(product, slugs))).size).toBe(products.length);
  });

  it('holds no text that a rasteriser would drop, and no gradient', () => {
    for (const product of products) expect(drawPicture(product, slugs)).not.toMatch(/<text|gradient|NaN/i);
  });
});
