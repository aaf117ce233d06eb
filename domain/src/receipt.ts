import { orderIdPattern } from '#ids';
import { own } from '#own';

/** What a receipt proves: this order id was accepted with this body, at this time (A3). */
export type Receipt = {
  readonly id: string;
  readonly bodyHash: string;
  readonly acceptedAtMs: number;
  readonly kid: string;
};

/** HMAC-SHA256 of a text under a key, as bytes in base64url. A collaborator: each runtime brings its own. */
export type Hmac = (key: string, text: string) => Promise<string> | string;

/** Keys that receipts are signed with: retired ones stay in `keys` and keep verifying. */
export type KeyRing = { readonly current: string; readonly keys: Readonly<Record<string, string>> };

const version = 'r1';

/** `r1.<kid>.<order id>.<accepted at, ms>.<body hash>.<signature>`: text that fits a header and a link. */
export const signReceipt = async (hmac: Hmac, ring: KeyRing, receipt: Omit<Receipt, 'kid'>): Promise<string> => {
  const body = [version, ring.current, receipt.id, receipt.acceptedAtMs, receipt.bodyHash].join('.');
  return `${body}.${await hmac(own(ring.keys, ring.current) ?? '', body)}`;
};

/** The receipt, when its signature holds under the key that it names; undefined for anything else. */
export const readReceipt = async (hmac: Hmac, ring: KeyRing, text: string): Promise<Receipt | undefined> => {
  const match = /^(r1)\.([A-Za-z0-9_-]{1,40})\.([0-9a-z]{26})\.(\d{13})\.([0-9a-f]{64})\.([A-Za-z0-9_-]{43})$/.exec(
    text,
  );
  if (match === null) return undefined;
  const [, , kid = '', id = '', acceptedAtMs = '', bodyHash = '', signature = ''] = match;
  const key = own(ring.keys, kid);
  if (key === undefined || !orderIdPattern.test(id)) return undefined;
  const expected = await hmac(key, text.slice(0, text.lastIndexOf('.')));
  return isSame(expected, signature) ? { id, bodyHash, acceptedAtMs: Number(acceptedAtMs), kid } : undefined;
};

/** Compares without telling by its time where two texts begin to differ. */
const isSame = (left: string, right: string): boolean => {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index += 1) difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
};
