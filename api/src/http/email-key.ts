import { domainToASCII } from 'node:url';
import { tidyEmail } from '@penstock/domain/email';

/**
 * What the index by e-mail hashes, when an order is accepted and when staff look for it: lower case, and the domain as
 * mail is sent to it, so that müller.de and xn--mller-kva.de are one. Addresses in ASCII keep the key that they had.
 */
export const emailKey = (email: string): string => {
  const tidy = tidyEmail(email).toLowerCase();
  const at = tidy.lastIndexOf('@');
  const domain = tidy.slice(at + 1);
  return at < 1 ? tidy : `${tidy.slice(0, at)}@${domainToASCII(domain) || domain}`;
};
