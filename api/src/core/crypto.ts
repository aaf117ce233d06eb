import type { Sha256 } from '@penstock/domain/ids';
import type { Hmac, KeyRing } from '@penstock/domain/receipt';

/** What the flows need of cryptography, as collaborators: core is pure and Node's crypto is not its business. */
export type Crypto = {
  readonly sha256: Sha256;
  readonly hmac: Hmac;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly randomId: () => string;
};

/** Where the receipt keys come from. */
export type ReadKeyRing = () => Promise<KeyRing>;
