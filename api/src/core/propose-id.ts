import { isProductId } from '@penstock/domain/ids';
import anyAscii from 'any-ascii';

/** How many ids one name may propose: as many products of one name as a shop could tell apart. */
export const proposalsMax = 40;

/**
 * Readable ids of a product from its name, the best first: "Earl Grey, Blue" becomes earl-grey-blue, 緑茶 becomes lucha, and
 * where that is taken, earl-grey-blue-2. Letters of every script are spelled in Latin ones; what leaves nothing, or a word
 * that is reserved or too short, gets the prefix product-.
 */
export const proposeIds = (name: string): readonly string[] => {
  const slug = anyAscii(name.normalize('NFC'))
    .toLowerCase()
    .replace(/'/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 56)
    .replace(/^-+|-+$/g, '');
  const best = isProductId(slug) ? slug : `product-${slug}`.replace(/-+$/, '');
  return Array.from({ length: proposalsMax }, (_, index) => (index === 0 ? best : `${best.slice(0, 60)}-${index + 1}`));
};
