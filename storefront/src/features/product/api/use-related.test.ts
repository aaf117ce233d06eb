import type { Product } from '@penstock/domain/product';
import { describe, expect, it } from 'vitest';
import { relatedTo } from '#features/product/api/use-related.ts';

const product = (id: string, origin: string, leaf: string, amountMinor: number): Product => ({
  id,
  version: 1,
  rev: 1,
  name: id,
  category: 'black-tea',
  description: `A tea.\n\nOrigin: ${origin}\nLeaf: ${leaf}`,
  price: { amountMinor, currency: 'GBP' },
  stock: { available: 9, level: 'in' },
  images: [],
});
const assam = product('assam', 'Assam, India', 'fully oxidised', 900);
const idsBeside = (others: readonly Product[]) => relatedTo([assam, ...others], assam).map(({ id }) => id);

describe('related products', () => {
  it('are those that share most facts, the country of origin among them', () => {
    expect(
      idsBeside([
        product('keemun', 'Anhui, China', 'fully oxidised', 900),
        product('green', 'Anhui, China', 'not oxidised', 900),
        product('nilgiri', 'Tamil Nadu, India', 'fully oxidised', 2000),
      ]),
    ).toEqual(['nilgiri', 'keemun', 'green']);
  });

  it('are the nearest in price among equals, four at most', () => {
    const prices = [400, 850, 1000, 3000, 5000];
    expect(idsBeside(prices.map((price) => product(`p${price}`, 'Assam, India', 'fully oxidised', price)))).toEqual([
      'p850',
      'p1000',
      'p400',
      'p3000',
    ]);
  });

  it('never hold the product itself, and are none where there is nothing else', () => {
    expect(idsBeside([])).toEqual([]);
  });
});
