import { describe, expect, it } from 'vitest';
import { emailKey } from '#http/email-key';

describe('the key of the index by e-mail', () => {
  it.each([
    ['Ada@Example.COM', 'ada@example.com'],
    [' ada@example.com\u200B', 'ada@example.com'],
    ['info@müller.de', 'info@xn--mller-kva.de'],
    ['info@mu\u0308ller.de', 'info@xn--mller-kva.de'],
    ['INFO@XN--MLLER-KVA.DE', 'info@xn--mller-kva.de'],
    ["O'Neill&Co@example.org", "o'neill&co@example.org"],
    ['nobody', 'nobody'],
  ])('[T8] of %s is %s, written or searched', (email, key) => {
    expect(emailKey(email)).toBe(key);
    expect(emailKey(emailKey(email))).toBe(key);
  });
});
