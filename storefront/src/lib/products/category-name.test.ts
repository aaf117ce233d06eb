import { describe, expect, it } from 'vitest';
import { byIndex, categoryName } from '#lib/products/category-name.ts';

describe('the name of a category', () => {
  it('is the one that the house prints, and else its slug in words', () => {
    expect(categoryName('brewing')).toBe('Brewing gear');
    expect(categoryName('test-tea')).toBe('Test tea');
  });
});

describe('the order of categories', () => {
  it('is that of the printed index, with strangers at its end', () => {
    expect(['zinc', 'tableware', 'coffee', 'alum', 'black-tea'].toSorted(byIndex)).toEqual([
      'black-tea',
      'coffee',
      'tableware',
      'alum',
      'zinc',
    ]);
  });
});
