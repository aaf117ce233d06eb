import { describe, expect, it } from 'vitest';
import { noPrices, reducePrices, type SeenPrices } from '#lib/basket/seen-prices.ts';

const pounds = (amountMinor: number) => ({ amountMinor, currency: 'GBP' });
const shown = (seen: SeenPrices, amountMinor: number): SeenPrices =>
  reducePrices(seen, { type: 'shown', prices: [{ productId: 'constructor', price: pounds(amountMinor) }] });
const numbers = (seen: SeenPrices) =>
  [...seen.values()].map(({ putIn, agreed }) => [putIn.amountMinor, agreed.amountMinor]);

describe('[D1] the prices that a shopper has seen', () => {
  it('begin with the first one, follow a fall at once and a rise only when it is accepted', () => {
    const first = shown(noPrices, 4200);
    expect(numbers(shown(first, 6100))).toEqual([[4200, 4200]]);
    expect(shown(first, 6100)).toBe(first);
    const fallen = shown(first, 4000);
    expect(numbers(fallen)).toEqual([[4200, 4000]]);
    const prices = [{ productId: 'constructor', price: pounds(6100) }];
    expect(numbers(reducePrices(fallen, { type: 'accepted', prices }))).toEqual([[4200, 6100]]);
  });

  it('begin anew with a line that is put in again, and not with more of one that is there', () => {
    const seen = shown(noPrices, 4200);
    const priced = { productId: 'constructor', price: pounds(6100) };
    expect(numbers(reducePrices(seen, { type: 'put-in', priced, isNew: false }))).toEqual([[4200, 6100]]);
    expect(numbers(reducePrices(seen, { type: 'put-in', priced, isNew: true }))).toEqual([[6100, 6100]]);
  });
});
