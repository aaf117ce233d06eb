import { limits } from '@penstock/domain/limits';

/** How many digits a currency writes after its point: two for pounds, none for yen. */
const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** Minor units as prices are written: 950 is 9.50. Nothing is an empty field. */
export const toMajor = (minor: unknown, currency: string): string => {
  if (typeof minor !== 'number') return '';
  const digits = digitsOf(currency);
  return (minor / 10 ** digits).toFixed(digits);
};

export type ReadPrice = { readonly minor: number } | { readonly fault: string };

/** What people typed, in minor units: 12.50 and 12,50 are the same price. Whatever else it may mean is asked, not guessed. */
export const readPrice = (typed: string, currency: string): ReadPrice => {
  const text = typed.trim();
  const digits = digitsOf(currency);
  const example = digits === 0 ? '1250' : `12.${'50'.padEnd(digits, '0').slice(0, digits)}`;
  if (text === '') return { fault: `Give a price such as ${example}.` };
  if (/^[-−]/.test(text)) return { fault: 'A price cannot be negative.' };
  const parts = /^(\d+)(?:[.,](\d+))?$/.exec(text);
  if (parts === null) return { fault: `Give the price in digits, such as ${example}.` };
  const [, whole = '', fraction = ''] = parts;
  if (fraction.length > digits)
    return { fault: digits === 0 ? `${currency} has no fractions.` : `Give at most ${digits} digits after the point.` };
  const minor = Number(whole + fraction.padEnd(digits, '0'));
  const { priceMinorMax } = limits;
  if (minor > priceMinorMax) return { fault: `Give at most ${toMajor(priceMinorMax, currency)} ${currency}.` };
  return { minor };
};
