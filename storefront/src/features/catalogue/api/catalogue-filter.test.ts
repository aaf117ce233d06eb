import { describe, expect, it } from 'vitest';
import {
  isNarrowed,
  readFilter,
  searchHint,
  searchText,
  unfiltered,
  writeFilter,
} from '#features/catalogue/api/catalogue-filter.ts';

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

describe('an address that somebody made up', () => {
  const read = (text: string) => readFilter(new URLSearchParams(text));

  it('names each category once, and none that cannot be one', () => {
    expect(
      read(`category=tea&category=tea&category=&category=${'x'.repeat(41)}&category=constructor`).categories,
    ).toEqual(['tea', 'constructor']);
  });

  it('is never cut inside a character, and has no control characters', () => {
    expect(read(`q=${encodeURIComponent(`${'a'.repeat(99)}🍵🍵`)}`).q).toBe(`${'a'.repeat(99)}🍵`);
    expect(read('q=%00green%09%1Ftea%00').q).toBe('green  tea');
  });
});

describe('[T3] a text for the search', () => {
  it.each([
    ['🍵'.repeat(100), 100, undefined],
    ['🍵'.repeat(101), 100, 'The search takes the first 100 characters.'],
    ['e\u0301'.repeat(100), 100, undefined],
    [`${'a'.repeat(99)}𠮷野`, 100, 'The search takes the first 100 characters.'],
    ['  tea \u0000 ', 3, undefined],
  ])('is counted as the API counts: %.20j', (typed, length, hint) => {
    expect([...searchText(typed)]).toHaveLength(length);
    expect(searchText(typed)).not.toMatch(/\p{Surrogate}/u);
    expect(searchHint(typed)).toBe(hint);
  });
});
