import { readDigits } from '#lib/text/read-digits.ts';

/** What somebody typed as a quantity: the number that counts, or `undefined` when it is none, and what to say about it. */
export type ReadQuantity = { readonly quantity: number | undefined; readonly words?: string | undefined };

type Bounds = {
  readonly min: number;
  readonly max: number;
  /** Why there is no more, when it is not the shop's own bound. */
  readonly whyMost?: string | undefined;
};

/** Reads a typed quantity. Only whole numbers in bounds count as typed; anything else is answered in words, never guessed. */
export const readQuantity = (typed: string, { min, max, whyMost }: Bounds): ReadQuantity => {
  const digits = readDigits(typed);
  if (digits === undefined) return { quantity: undefined, words: `Type a whole number from ${min} to ${max}.` };
  const wanted = Number(digits);
  if (wanted > max) return { quantity: max, words: whyMost ?? `${max} is the most that can be taken.` };
  if (wanted < min) return { quantity: undefined, words: `Type a whole number from ${min} to ${max}.` };
  return { quantity: wanted };
};
