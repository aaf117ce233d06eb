import { describe, expect, it } from 'vitest';
import { compareThreeWays } from '#products/three-way.ts';
import { someProduct } from '#testing/some-product.ts';

const began = someProduct();
const pounds = (amountMinor: number) => ({ amountMinor, currency: 'GBP' });

describe('[E1] a comparison three ways', () => {
  it('asks about what both changed, and takes what they alone changed', () => {
    const theirs = someProduct({ name: 'Assam Gold', price: pounds(1000) });
    const mine = { ...began, name: 'Assam Extra', description: 'My own words.' };
    expect(compareThreeWays(began, mine, theirs)).toEqual([
      { field: 'name', label: 'Name', began: 'Assam', mine: 'Assam Extra', theirs: 'Assam Gold', isDisputed: true },
      { field: 'price.amountMinor', label: 'Price', began: '9.50', mine: '9.50', theirs: '10.00', isDisputed: false },
    ]);
  });

  it('asks about nothing where a sale alone moved the stock, and where both wrote the same', () => {
    const sold = someProduct({ rev: 9, stock: { available: 1, level: 'low' } });
    expect(compareThreeWays(began, { ...began, name: 'Mine' }, sold)).toEqual([]);
    expect(compareThreeWays(began, { ...began, name: 'Same' }, someProduct({ name: 'Same' }))).toEqual([]);
  });

  it('shows a price that is no price as it was typed, and pictures by their files', () => {
    const file = new File([], 'tea.png');
    const mine = { ...began, price: { amountMinor: '12,5x' }, images: [{ file, alt: 'Tea' }] };
    const image = { alt: 'Leaf', width: 1, height: 1, src: '/images/leaf.webp', sources: [] };
    const rows = compareThreeWays(began, mine, someProduct({ price: pounds(1000), images: [image] }));
    expect(rows.map(({ mine: here, theirs }) => [here, theirs])).toEqual([
      ['12,5x', '10.00'],
      ['tea.png (Tea)', 'leaf.webp (Leaf)'],
    ]);
  });
});
