import { describe, expect, it } from 'vitest';
import { readAmount } from '#features/catalogue/api/read-amount.ts';

describe('a typed amount', () => {
  it.each([
    ['', undefined],
    ['  ', undefined],
    ['12', 1200],
    ['12.5', 1250],
    ['12,50', 1250],
    ['0.29', 29],
    ['٣', 300],
    ['٣٫٥', 350],
  ])('%j is %j in pence', (typed, minor) => {
    expect(readAmount(typed)).toBe(minor);
  });

  it.each(['1e1', '-1', '1.505', '£5', 'ten', '1,000', '1000000', '9'.repeat(400), '1 2', '.'])(
    '%j is no amount',
    (typed) => {
      expect(readAmount(typed)).toBe('none');
    },
  );
});
