import { describe, expect, it } from 'vitest';
import { factsOf, pricePer100g } from '#lib/products/facts.ts';

describe('the facts of a product', () => {
  it('are the last lines of its description', () => {
    expect(factsOf('Malty and full.\nNote: milk suits it.\n\nWeight: 100 g\nOrigin: Assam, India')).toEqual({
      story: 'Malty and full.\nNote: milk suits it.',
      list: [
        ['Weight', '100 g'],
        ['Origin', 'Assam, India'],
      ],
      weight: '100 g',
    });
  });

  it('are none where the description has none', () => {
    expect(factsOf('Malty and full: takes milk.')).toEqual({
      story: 'Malty and full: takes milk.',
      list: [],
      weight: undefined,
    });
  });
});

describe('the price of 100 g', () => {
  const price = { amountMinor: 1450, currency: 'GBP' };
  it.each([
    ['50 g', 2900],
    ['75 g', 1933],
    ['1 kg', 145],
  ])('is worked out from %s', (weight, amountMinor) => {
    expect(pricePer100g(price, weight)).toEqual({ amountMinor, currency: 'GBP' });
  });

  it.each(['3 tins', '350 ml', '8 x 15 g', '0 g', undefined])('is not told of %s', (weight) => {
    expect(pricePer100g(price, weight)).toBeUndefined();
  });
});

describe('a description from another system', () => {
  it('may end its lines in its own way, and say a fact twice', () => {
    const { story, list, weight } = factsOf('Malty.\r\nOrigin: Assam, India\r\nWeight: 100 g\r\nWeight: 100 g\r\n');
    expect([story, list, weight]).toEqual([
      'Malty.',
      [
        ['Origin', 'Assam, India'],
        ['Weight', '100 g'],
      ],
      '100 g',
    ]);
  });
});
