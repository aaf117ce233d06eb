import { expect, it } from 'vitest';
import { toMajor, toMinor } from '#products/price-units.ts';

it('shows and reads an amount as people write it, rounded to the minor unit', () => {
  expect([toMajor(950), toMajor(undefined), toMajor(null), toMajor('')]).toEqual(['9.50', '', '', '']);
  expect([toMinor('9.50'), toMinor('0.29'), toMinor('1.005'), toMinor('')]).toEqual([950, 29, 100, undefined]);
});
