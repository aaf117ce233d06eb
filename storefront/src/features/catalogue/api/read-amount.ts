import { toAsciiDigits } from '#lib/text/read-digits.ts';

/**
 * A typed amount in minor units: `undefined` when nothing is typed, `none` when it is no amount. Pence stand behind a
 * point or a comma.
 */
export const readAmount = (typed: string): number | undefined | 'none' => {
  const text = toAsciiDigits(typed.trim()).replace('٫', '.');
  if (text === '') return undefined;
  const [, pounds, pence = ''] = /^(\d{1,5})(?:[.,](\d{1,2}))?$/.exec(text) ?? [];
  return pounds === undefined ? 'none' : Number(pounds) * 100 + Number(pence.padEnd(2, '0'));
};
