import { createHash } from 'node:crypto';

/** A move's dead letter (G3). A move id may have any characters, so it is hashed. */
export const moveLetterId = (orderId: string, moveId: string): string => `${orderId}.${hashText(moveId)}`;

/** The dead letter of a basket's op, by what it does and its packed stamp. */
export const basketOpLetterId = (basketId: string, target: readonly unknown[], stamp: string): string =>
  `${basketId}.${hashText(JSON.stringify([...target, stamp]))}`;

const hashText = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
