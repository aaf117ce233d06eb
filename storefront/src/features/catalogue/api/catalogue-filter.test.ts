import { describe, expect, it } from 'vitest';
import { isNarrowed, readFilter, unfiltered, writeFilter } from '#features/catalogue/api/catalogue-filter.ts';

describe('the catalogue in the URL', () => {
  it('survives writing and reading', () => {
    const text = 'q=green&category=tea&category=gear&priceMin=100&priceMax=900&inStock=true&sort=-price&page=3';
    expect(writeFilter(readFilter(new URLSearchParams(text))).toString()).toBe(text);
  });

  it('leaves out what makes no sense and what is the default', () => {
    const filter = readFilter(new URLSearchParams('sort=toString&page=-2&priceMin=abc&inStock=1'));
    expect(writeFilter(filter).toString()).toBe('');
    expect(isNarrowed(filter)).toBe(false);
  });

  it('keeps the sort when the filters are cleared', () => {
    expect(writeFilter(unfiltered(readFilter(new URLSearchParams('q=a&sort=price&page=2')))).toString()).toBe(
      'sort=price',
    );
  });
});
