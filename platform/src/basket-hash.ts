import { createHash } from 'node:crypto';

/** A basket as logs name it, in every function alike: its id is a capability, so they hold the beginning of its hash (C1). */
export const basketHashOf = (basketId: string): string =>
  createHash('sha256').update(basketId).digest('hex').slice(0, 16);
