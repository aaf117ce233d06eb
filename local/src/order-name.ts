import { orderIdPattern, orderNumberOf, plainCrockford } from '@penstock/domain/ids';

export type OrderName =
  | { readonly kind: 'id'; readonly id: string }
  /** The number as it is stored, and the beginning of the id that it is made of. */
  | { readonly kind: 'number'; readonly number: string; readonly prefix: string };

const numberPattern = /^[0-9a-hjkmnp-tv-z]{10}$/;

/**
 * What somebody means who names an order: its id, its number as the pages show it (with or without dash, in any case), or the
 * address of its page. Letters that its alphabet leaves out are read as what they look like. undefined: none of these.
 */
export const readOrderName = (text: string): OrderName | undefined => {
  const word = /\/orders\/([^/?#]+)/.exec(text)?.[1] ?? text;
  const plain = plainCrockford(word);
  if (orderIdPattern.test(plain)) return { kind: 'id', id: plain };
  return numberPattern.test(plain) ? { kind: 'number', number: orderNumberOf(plain), prefix: plain } : undefined;
};
