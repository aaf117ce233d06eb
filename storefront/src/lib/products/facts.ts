import type { Money } from '@penstock/domain/money';

/** What a description says in its last lines, each as "Name: value". */
export type Facts = {
  readonly story: string;
  readonly list: readonly (readonly [name: string, value: string])[];
  /** As written: "100 g". */
  readonly weight: string | undefined;
};

/**
 * Splits a description into its story and the lines of facts below: "Weight: 100 g", "Made in: Porto, Portugal". A name of one
 * or two words, a value that is no sentence.
 */
export const factsOf = (description: string): Facts => {
  const lines = description.trimEnd().split(/\r\n?|\n/);
  const list: [string, string][] = [];
  while (lines.length > 0) {
    const [, name, value] = /^([A-Z][a-z]+(?: [a-z]+)?): (.+[^.])$/.exec(lines.at(-1) ?? '') ?? [];
    if (name === undefined || value === undefined) break;
    list.unshift([name, value]);
    lines.pop();
  }
  return {
    story: lines.join('\n').trim(),
    list: withoutRepeats(list),
    weight: list.find(([name]) => name === 'Weight')?.[1],
  };
};

/** A line that says the same twice is one fact. */
const withoutRepeats = (list: Facts['list']): Facts['list'] => [
  ...new Map(list.map((fact) => [fact.join(': '), fact] as const)).values(),
];

/** Only grams up to a kilogram and kilograms can be compared: "3 tins" cannot. */
const weightPattern = /^(\d+(?:\.\d+)?) (g|kg)$/;

/** The price of 100 g, rounded to the minor unit; `undefined` when the weight says no grams. */
export const pricePer100g = (price: Money, weight: string | undefined): Money | undefined => {
  const [, amount, unit] = weightPattern.exec(weight ?? '') ?? [];
  const grams = Number(amount) * (unit === 'kg' ? 1000 : 1);
  return grams > 0 ? { ...price, amountMinor: Math.round((price.amountMinor * 100) / grams) } : undefined;
};
