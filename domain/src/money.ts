/**
 * Money: integer minor units (pence, cents) with an ISO 4217 currency. One currency per deployment, so amounts are
 * added and compared without conversion; mixing two is a programming fault.
 */
export type Money = { readonly amountMinor: number; readonly currency: string };

/** Thrown when two currencies meet in one sum: a deployment has exactly one. */
export class CurrencyMismatch extends Error {
  readonly code = 'currency-mismatch';
  constructor(left: string, right: string) {
    super(`Amounts in ${left} and ${right} cannot be added: a deployment has one currency.`);
    this.name = 'CurrencyMismatch';
  }
}

/** Adds two amounts of one currency. */
export const addMoney = (left: Money, right: Money): Money => {
  if (left.currency !== right.currency) throw new CurrencyMismatch(left.currency, right.currency);
  return { amountMinor: left.amountMinor + right.amountMinor, currency: left.currency };
};

/** `quantity` times a unit price; quantity is a whole number. */
export const timesMoney = (price: Money, quantity: number): Money => ({
  amountMinor: price.amountMinor * quantity,
  currency: price.currency,
});

/** Sum of unit price times quantity over the lines, zero of the currency when there are none. */
export const totalOf = (
  lines: readonly { readonly quantity: number; readonly unitPrice: Money }[],
  currency: string,
): Money =>
  lines.reduce((sum, line) => addMoney(sum, timesMoney(line.unitPrice, line.quantity)), { amountMinor: 0, currency });

/** The amount as people write it, such as £4.20. The fraction digits are those of the currency. */
export const formatMoney = (money: Money, locale = 'en-GB'): string => {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(money.amountMinor / 10 ** digits);
};
