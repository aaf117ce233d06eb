/**
 * Identifiers. Order ids are derived, not drawn: the same basket and key always give the same id, so a retried POST is
 * harmless without a table (A2).
 */
const crockford = '0123456789abcdefghjkmnpqrstvwxyz';

/** A basket id: 128 random bits as 22 base64url characters; an unguessable capability (C1). */
export const basketIdPattern = /^[A-Za-z0-9_-]{22}$/;
/** An order id: 130 bits as 26 lower-case Crockford characters. */
export const orderIdPattern = /^[0-9a-hjkmnp-tv-z]{26}$/;
/** A product id: a readable slug. */
export const productIdPattern = /^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$/;
/** Names that every object has by itself: no product is called so, wherever its id may become a key (T10). */
export const reservedProductIds: readonly string[] = ['constructor'];
/** Whether a product may have this id. */
export const isProductId = (id: string): boolean => productIdPattern.test(id) && !reservedProductIds.includes(id);
/** A device: one browser tab. */
export const devicePattern = /^[A-Za-z0-9_-]{8,32}$/;
/** An Idempotency-Key: 16..128 visible ASCII characters (contract, section 2). */
export const idempotencyKeyPattern = /^[\x21-\x7e]{16,128}$/;
/** A correlation id that is echoed when a caller sends it. */
export const correlationIdPattern = /^[A-Za-z0-9-]{8,64}$/;

/** SHA-256 of bytes. A collaborator, because browser, Lambda and k6 each bring their own. */
export type Sha256 = (bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array;

/** The id of the order that this key begins from this basket: the first 130 bits of SHA-256 over both, length-prefixed (A2). */
export const orderIdOf = async (sha256: Sha256, basketId: string, key: string): Promise<string> =>
  crockfordOf(await sha256(utf8(`${basketId.length}:${basketId}${key.length}:${key}`)), 26);

/** The number that people read out: the id's first ten characters as XXXXX-XXXXX. */
export const orderNumberOf = (orderId: string): string =>
  `${orderId.slice(0, 5)}-${orderId.slice(5, 10)}`.toUpperCase();

/**
 * The characters of an id or a number as people write and read it out: small or large, with or without a dash of any kind, with
 * spaces, with the letters O, I and L for the digits that they look like (which Crockford's alphabet leaves out for that reason).
 */
export const plainCrockford = (text: string): string =>
  text
    .replaceAll(/[\s\p{Pd}\u2212_.]/gu, '')
    .toLowerCase()
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1');

/** An order number as people write it; of a whole order id, its number. Undefined when it is no whole number. */
export const readOrderNumber = (text: string): string | undefined => {
  const characters = plainCrockford(text);
  return /^(?:[0-9a-hjkmnp-tv-z]{10}|[0-9a-hjkmnp-tv-z]{26})$/.test(characters) ? orderNumberOf(characters) : undefined;
};

/** A fresh basket id from 16 random bytes. */
export const basketIdFrom = (random16: Uint8Array): string => {
  let bits = 0n;
  for (const byte of random16.subarray(0, 16)) bits = (bits << 8n) | BigInt(byte);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  bits <<= 4n;
  let text = '';
  for (let index = 0; index < 22; index += 1) {
    text = (alphabet[Number(bits & 63n)] ?? '') + text;
    bits >>= 6n;
  }
  return text;
};

/** The first `length` characters, five bits each, of some bytes in lower-case Crockford base 32. */
export const crockfordOf = (bytes: Uint8Array, length: number): string => {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += crockford[(buffer >>> bits) & 31] ?? '';
    }
    buffer &= (1 << bits) - 1;
  }
  return text;
};

/** Lower-case hexadecimal of bytes. */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** UTF-8 bytes of a text, without TextEncoder, which k6 lacks. */
export const utf8 = (text: string): Uint8Array => {
  const encoded = unescape(encodeURIComponent(text));
  return Uint8Array.from(encoded, (character) => character.charCodeAt(0));
};
