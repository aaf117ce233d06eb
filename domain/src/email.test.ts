import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { emailSchema } from '#email';

const faultOf = (text: string) => emailSchema.safeParse(text).error?.issues[0]?.message;

describe('an e-mail address', () => {
  it.each([
    'name@example.com',
    'info@müller.de',
    'info@xn--mller-kva.de',
    'a&b@example.org',
    'a+tag@example.co.uk',
    "o'neill@example.ie",
    'name@example.photography',
    '用户@例え.jp',
    'δοκιμή@παράδειγμα.δοκιμή',
    'a_b-c@sub.example.museum',
    'x@example.xn--p1ai',
    'n!#$%*/=?^`{|}~@example.com',
  ])('[T7] takes %s', (email) => {
    expect(emailSchema.parse(email)).toBe(email);
  });

  it('[T7] drops blanks around it and invisible characters anywhere', () => {
    expect(emailSchema.parse(' name@example.com\u200B ')).toBe('name@example.com');
    expect(emailSchema.parse('name\u00AD@exam\u200Bple.com\uFEFF')).toBe('name@example.com');
  });

  it.each([
    ['', 'Enter an e-mail address such as name@example.com.'],
    ['name', 'The @ is missing: an address reads like name@example.com.'],
    ['a@b@example.com', 'An e-mail address has one @.'],
    ['my name@example.com', 'An e-mail address has no blanks in it.'],
    ['name@example', 'Enter an e-mail address such as name@example.com.'],
    ['name@example..com', 'Enter an e-mail address such as name@example.com.'],
    ['.name@example.com', 'Enter an e-mail address such as name@example.com.'],
    ['name@-example.com', 'Enter an e-mail address such as name@example.com.'],
    ['name@127.0.0.1', 'Enter an e-mail address such as name@example.com.'],
    [`${'a'.repeat(250)}@example.com`, 'An e-mail address has at most 254 characters.'],
  ])('[T7] refuses %j in words that help', (email, message) => {
    expect(faultOf(email)).toBe(message);
  });

  test.prop([fc.emailAddress()])('[T7] takes whatever an ordinary address may be', (email) => {
    expect(emailSchema.parse(email)).toBe(email);
  });
});
