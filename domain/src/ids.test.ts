import { createHash } from 'node:crypto';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  basketIdFrom,
  basketIdPattern,
  crockfordOf,
  hexOf,
  orderIdOf,
  orderIdPattern,
  orderNumberOf,
  readOrderNumber,
  utf8,
} from '#ids';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

describe('[A2] order ids', () => {
  test.prop([fc.string(), fc.string()])(
    'are the same for the same basket and key, and well formed',
    async (basket, key) => {
      const id = await orderIdOf(sha256, basket, key);
      expect(id).toMatch(orderIdPattern);
      expect(await orderIdOf(sha256, basket, key)).toBe(id);
    },
  );

  it('tell apart what the same characters mean in another split', async () => {
    expect(await orderIdOf(sha256, 'ab', 'c')).not.toBe(await orderIdOf(sha256, 'a', 'bc'));
  });

  it('read as a number of two groups of five', () => {
    expect(orderNumberOf('01hv3k9zq7c2x5t8w4n6m0p1rs')).toBe('01HV3-K9ZQ7');
  });
});

describe('bytes', () => {
  test.prop([fc.string({ unit: 'grapheme' })])('encode text as UTF-8', (text) => {
    expect(hexOf(utf8(text))).toBe(Buffer.from(text, 'utf8').toString('hex'));
  });

  test.prop([fc.uint8Array({ minLength: 16, maxLength: 16 })])('make basket ids that are base64url', (bytes) => {
    const id = basketIdFrom(bytes);
    expect(id).toMatch(basketIdPattern);
    expect(id).toBe(Buffer.from(bytes).toString('base64url'));
  });

  it('encode Crockford base 32 five bits at a time', () => {
    expect(crockfordOf(Uint8Array.of(0xff, 0x00, 0xff), 4)).toBe('zw0f');
  });
});

describe('an order number as people write it', () => {
  it.each([
    '01HV3-K9ZQ7',
    '01hv3-k9zq7',
    ' 01hv3k9zq7 ',
    '01HV3 K9ZQ7',
    '01HV3–K9ZQ7',
    '01HV3\u2212K9ZQ7',
    'OIhv3-k9zq7',
    'olHV3-K9ZQ7',
    '01hv3k9zq7c2x5t8w4n6m0p1rs',
  ])('is read from "%s"', (text) => {
    expect(readOrderNumber(text)).toBe('01HV3-K9ZQ7');
  });

  it.each(['', '01HV3', '01HV3-K9ZQ', '01HV3-K9ZQ78', '01HV3-K9ZQU', 'ada@example.com', 'x'.repeat(3000)])(
    'is not "%.20s"',
    (text) => {
      expect(readOrderNumber(text)).toBeUndefined();
    },
  );

  test.prop([fc.uint8Array({ minLength: 17, maxLength: 17 })])('is itself again, whatever the id', (bytes) => {
    const number = orderNumberOf(crockfordOf(bytes, 26));
    expect(readOrderNumber(number.toLowerCase().replace('-', ' '))).toBe(number);
  });
});
