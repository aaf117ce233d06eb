import { describe, expect, it } from 'vitest';
import { numberText, shareText, spanText } from '#operations/words.ts';

describe('the words of the panel', () => {
  it.each([
    [undefined, '–'],
    [0, '0'],
    [0.4, '0.4'],
    [12.6, '13'],
    [10_000, '10,000'],
  ])('the number %s reads %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  it.each([
    [undefined, '–'],
    [500, '0.5 s'],
    [61_000, '61 s'],
    [600_000, '10 min'],
    [12_600_000, '3.5 h'],
  ])('the span %s ms reads %s', (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });

  it('a share of no capacity is a dash', () => {
    expect([shareText(25, 50), shareText(25, undefined)]).toEqual(['50 %', '–']);
  });
});
