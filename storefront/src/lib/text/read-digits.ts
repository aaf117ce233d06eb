/**
 * The digits of a typed whole number as ASCII, `undefined` when there is anything else. Full-width digits and those of Arabic
 * and Persian keyboards are digits too; signs, exponents and fractions are not.
 */
export const readDigits = (typed: string): string | undefined => {
  const text = toAsciiDigits(typed.trim());
  return /^\d+$/.test(text) ? text : undefined;
};

/** Replaces the digits that phones type in other scripts; each of these blocks begins at a multiple of sixteen. */
export const toAsciiDigits = (text: string): string =>
  text.normalize('NFKC').replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15));
