import { describe, expect, it } from 'vitest';
import { readCatalogue, templates } from '#catalogue';
import { pictureFiles } from '#picture-files';

const { categories, products } = readCatalogue();

describe('the catalogue', () => {
  it('has sixty products, ten in each of six categories', () => {
    expect(products).toHaveLength(60);
    for (const { slug } of categories) expect(products.filter((product) => product.category === slug)).toHaveLength(10);
  });

  it('names and numbers each product once', () => {
    expect(new Set(products.map((product) => product.id)).size).toBe(60);
    expect(new Set(products.map((product) => product.name)).size).toBe(60);
    expect(new Set(products.map((product) => product.description)).size).toBe(60);
  });

  it('has something sold out and something scarce, so that every stock level can be seen', () => {
    expect(products.some((product) => product.stock === 0)).toBe(true);
    expect(products.some((product) => product.stock > 0 && product.stock <= 5)).toBe(true);
  });

  it('uses every drawing, and has the pictures of every product', () => {
    expect(new Set(products.map((product) => product.template))).toEqual(new Set(templates));
    for (const { id } of products)
      expect(pictureFiles(id).map((picture) => `${picture.width} ${picture.type}`)).toEqual([
        '320 image/webp',
        '640 image/webp',
        '640 image/avif',
      ]);
  });
});
