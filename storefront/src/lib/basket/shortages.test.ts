import { describe, expect, it } from 'vitest';
import { leftWords, mostOf } from '#lib/basket/shortages.ts';

describe('what is left of a product', () => {
  it.each([
    [0, 'Sold out at the moment.'],
    [1, 'Only 1 is left.'],
    [4, 'Only 4 are left.'],
  ])('is said in words: %i', (available, words) => {
    expect(leftWords(available)).toBe(words);
  });

  it.each([
    [undefined, 0, undefined],
    [200, 4, undefined],
    [10, 4, { quantity: 6, why: 'Only 10 are left.' }],
    [4, 50, { quantity: 0, why: 'Only 4 are left.' }],
  ])('bounds what can be added only while it is known and few: %s left, %i held', (available, held, most) => {
    expect(mostOf(available, held)).toEqual(most);
  });
});
