import { describe, expect, it } from 'vitest';
import { readPrice, toMajor } from '#products/price-units.ts';

describe('a price', () => {
  it('is shown as people write it, with the digits of its currency', () => {
    expect([toMajor(950, 'GBP'), toMajor(undefined, 'GBP'), toMajor('', 'GBP')]).toEqual(['9.50', '', '']);
    expect(toMajor(950, 'JPY')).toBe('950');
  });

  it.each([
    ['9.50', 950],
    ['12,50', 1250],
    [' 12,5 ', 1250],
    ['0.29', 29],
    ['7', 700],
    ['0', 0],
  ])('reads %j', (typed, minor) => {
    expect(readPrice(typed, 'GBP')).toEqual({ minor });
  });

  it.each([
    ['1.005', 'Give at most 2 digits after the point.'],
    ['1,234.50', 'Give the price in digits, such as 12.50.'],
    ['1,250', 'Give at most 2 digits after the point.'],
    ['1e3', 'Give the price in digits, such as 12.50.'],
    ['-5', 'A price cannot be negative.'],
    ['9999999999999999', 'Give at most 10000000000.00 GBP.'],
    ['', 'Give a price such as 12.50.'],
    ['.5', 'Give the price in digits, such as 12.50.'],
  ])('does not guess what %j means', (typed, fault) => {
    expect(readPrice(typed, 'GBP')).toEqual({ fault });
  });

  it('has no fractions where its currency has none', () => {
    expect([readPrice('1250', 'JPY'), readPrice('12.5', 'JPY')]).toEqual([
      { minor: 1250 },
      { fault: 'JPY has no fractions.' },
    ]);
  });
});
