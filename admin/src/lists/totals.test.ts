import { expect, it } from 'vitest';
import { isCapped, rangeText, totalText } from '#lists/totals.ts';

it.each([
  [26, 50, 64, false, '26–50 of 64'],
  [1, 25, 1000, true, '1–25 of more than 1,000'],
  [976, 1000, 1000, false, '976–1,000 of 1,000'],
])('rows %i to %i of %i (capped: %s) read "%s"', (from, to, total, capped, text) => {
  expect(rangeText(from, to, total, capped)).toBe(text);
});

it('knows a total that is cut by the meta of its answer alone', () => {
  expect([isCapped({ capped: true }), isCapped({ capped: false }), isCapped(undefined), isCapped('capped')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(totalText(7, false)).toBe('7');
});
