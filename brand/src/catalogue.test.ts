import { readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forms, readCatalogue, templates } from '#catalogue';
import { isCommitted, pictureFiles, pictureFolders, views } from '#picture-files';
import { formOf } from '#pictures/forms';

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

  it('uses every template in all its forms, but for the plain cup that others are used with', () => {
    expect(new Set(products.map((product) => product.template))).toEqual(new Set(templates));
    expect(new Set(products.map(formOf))).toEqual(
      new Set(
        Object.values(forms)
          .flat()
          .filter((form) => form !== 'cup'),
      ),
    );
    for (const { form, template } of products)
      expect(form === undefined || (forms[template] as readonly string[]).includes(form)).toBe(true);
  });

  it('has the committed picture of every view of every product, in at most 8 MB', () => {
    const files = products.flatMap(({ id }) => views.map((view) => pictureFiles(id, view).find(isCommitted)));
    expect(files.filter((file) => file === undefined)).toEqual([]);
    expect(files.reduce((sum, file) => sum + (file === undefined ? 0 : statSync(file.path).size), 0)).toBeLessThan(8e6);
    expect(readdirSync(pictureFolders.committed)).toHaveLength(files.length);
  });

  it('says of tea and coffee how it is brewed and what it holds, of gear what it is made of and how it is kept', () => {
    for (const { brewing, liquor, allergens, material, care, category } of products)
      expect([category, [brewing, liquor, allergens, material, care].map((each) => each !== undefined)]).toEqual([
        category,
        ['brewing', 'tableware'].includes(category)
          ? [false, false, false, true, true]
          : [true, true, true, false, false],
      ]);
  });

  it('says of gear what its measure means, and "Weight" of nothing that is not sold by weight', () => {
    const measureOf = (id: string) =>
      products
        .find((each) => each.id === id)
        ?.description.split('\n')
        .find((line) => /^(Weight|Weighs|Holds|Contains|Size):/.test(line));
    expect(measureOf('pour-over-dripper')).toBe('Weighs: 420 g');
    expect(measureOf('gooseneck-kettle')).toBe('Holds: 0.9 l');
    expect(measureOf('tea-caddy-brass')).toBe('Holds: 200 g');
    expect(measureOf('paper-filters-02')).toBe('Contains: 100 sheets');
    expect(measureOf('linen-tea-towel')).toBe('Size: 48 × 70 cm');
    expect(measureOf('keepers-gift-box')).toBe('Contains: 3 tins');
    for (const { brewing, description, weight } of products)
      expect(/^Weight:/m.test(description)).toBe(brewing !== undefined && weight.endsWith(' g'));
  });

  it('ends each description with facts that the shop can print as a list', () => {
    for (const { description } of products)
      for (const line of description.split('\n\n').at(-1)?.split('\n') ?? [])
        expect(line).toMatch(/^[A-Z][a-z]+(?: [a-z]+)?: .+[^.]$/);
  });
});
