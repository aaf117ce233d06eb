import { orderIdPattern } from '@penstock/domain/ids';
import { readReceipt, signReceipt } from '@penstock/domain/receipt';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '#compose';

const { hmac } = nodeCrypto;
const key = fc.uint8Array({ minLength: 16, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const ring = fc.tuple(key, key).map(([old, current]) => ({ current: 'k2', keys: { k1: old, k2: current } }));
const receipt = fc.record({
  id: fc.stringMatching(new RegExp(orderIdPattern.source)),
  bodyHash: fc.stringMatching(/^[0-9a-f]{64}$/),
  acceptedAtMs: fc.integer({ min: 1_000_000_000_000, max: 9_999_999_999_999 }),
});

describe('[A3] receipts', () => {
  it('read back as they were signed, after their key was retired too', async () => {
    await fc.assert(
      fc.asyncProperty(ring, receipt, async (keys, signed) => {
        const text = await signReceipt(hmac, keys, signed);
        expect(await readReceipt(hmac, { ...keys, current: 'k1' }, text)).toEqual({ ...signed, kid: 'k2' });
      }),
    );
  });

  it('are refused with any one byte changed, left out or put in', async () => {
    await fc.assert(
      fc.asyncProperty(ring, receipt, fc.nat(), fc.integer({ min: 1, max: 255 }), async (keys, signed, place, flip) => {
        const text = await signReceipt(hmac, keys, signed);
        const bytes = Buffer.from(text, 'latin1');
        const at = place % bytes.length;
        const flipped = Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ flip : byte)));
        const shorter = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
        const longer = Buffer.concat([bytes.subarray(0, at), Buffer.from([flip]), bytes.subarray(at)]);
        for (const changed of [flipped, shorter, longer])
          if (!changed.equals(bytes)) expect(await readReceipt(hmac, keys, changed.toString('latin1'))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('every byte counts: each of one receipt, flipped in its lowest bit', async () => {
    const keys = { current: 'k1', keys: { k1: Buffer.from('first-key-of-the-ring').toString('base64') } };
    const signed = { id: '01hv3k9zq7c2x5t8w4n6m0p1rs', bodyHash: 'a'.repeat(64), acceptedAtMs: 1_763_892_000_000 };
    const text = await signReceipt(hmac, keys, signed);
    for (let at = 0; at < text.length; at += 1) {
      const changed = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
      expect(await readReceipt(hmac, keys, changed), `byte ${at}`).toBeUndefined();
    }
    expect(await readReceipt(hmac, keys, text)).toBeDefined();
  });

  it('are refused under another key, an unknown key id, and any text at all', async () => {
    await fc.assert(
      fc.asyncProperty(ring, receipt, fc.string({ maxLength: 300 }), async (keys, signed, text) => {
        const other = { current: 'k2', keys: { k2: Buffer.from('another-key-altogether').toString('base64') } };
        const mine = await signReceipt(hmac, keys, signed);
        expect(await readReceipt(hmac, other, mine)).toBeUndefined();
        expect(await readReceipt(hmac, { current: 'k1', keys: { k1: keys.keys.k1 } }, mine)).toBeUndefined();
        expect(await readReceipt(hmac, keys, text)).toBeUndefined();
        expect(await readReceipt(hmac, keys, mine.replace('.k2.', '.constructor.'))).toBeUndefined();
      }),
    );
  });

  it('would pass a flipped byte if the signature were not compared: the planted fault is found', async () => {
    const blind = (_key: string, _text: string): string => 'A'.repeat(43);
    const keys = { current: 'k1', keys: { k1: 'a2V5' } };
    const text = await signReceipt(blind, keys, {
      id: '0'.repeat(26),
      bodyHash: 'a'.repeat(64),
      acceptedAtMs: 1_763_892_000_000,
    });
    expect(await readReceipt(blind, keys, text.replace('aaaa', 'aaab'))).toBeDefined();
  });
});
