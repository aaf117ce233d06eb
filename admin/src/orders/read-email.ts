/** An address as far as it can be looked for: something, an at sign, a host with a dot. Undefined while it is a part of one. */
export const readEmail = (text: string): string | undefined => {
  const address = text.trim();
  return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(address) ? address : undefined;
};
