import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureExtension, readPicture } from '#core/pictures/read-picture';
import {
  avif,
  jpeg,
  movingPng,
  movingWebp,
  png,
  webpDisguised,
  webpExtended,
  webpLossless,
  webpLossy,
} from '#testing/pictures';

const formats = [
  ['PNG', png(640, 480), 'image/png'],
  ['JPEG', jpeg(640, 480), 'image/jpeg'],
  ['lossy WebP', webpLossy(640, 480), 'image/webp'],
  ['lossless WebP', webpLossless(640, 480), 'image/webp'],
  ['extended WebP', webpExtended(640, 480), 'image/webp'],
  ['AVIF', avif(640, 480), 'image/avif'],
] as const;

const wordsOf = (bytes: Uint8Array): string => {
  const verdict = readPicture(bytes);
  return verdict.ok ? 'a picture' : verdict.message;
};

describe('a picture, by all of its bytes', () => {
  it.each(formats)('%s is taken whole, with its type and size', (_title, bytes, type) => {
    expect(readPicture(bytes)).toEqual({ ok: true, picture: { type, width: 640, height: 480 } });
  });

  it.each(formats)('%s is refused wherever it is cut off', (_title, bytes) => {
    for (let length = 0; length < bytes.length; length += 1)
      expect(wordsOf(bytes.subarray(0, length))).toMatch(/cut off|is no PNG/);
    expect(wordsOf(bytes.subarray(0, bytes.length - 1))).toContain('cut off');
  });

  it.each(formats)('%s is refused with anything behind its end', (_title, bytes) => {
    expect(wordsOf(Buffer.concat([bytes, Buffer.from('<script>alert(1)</script>')]))).toMatch(/behind the end|cut off/);
    expect(wordsOf(Buffer.concat([bytes, Buffer.from([0])]))).toMatch(/behind the end/);
  });

  it.each([
    ['nothing', new Uint8Array(), 'is no PNG'],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'), 'is no PNG'],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(64)), 'is no PNG'],
    ['the first 26 bytes of a PNG', png(640, 480).subarray(0, 26), 'cut off'],
    ['no width', png(0, 480), 'no size'],
    ['more than 10,000 pixels on a side', png(10_001, 480), '16 megapixels'],
    ['more than 16 megapixels', png(5000, 5000), '5000 × 5000'],
    ['a large picture on a small canvas', webpDisguised(), '9000 × 9000'],
    ['a moving PNG', movingPng(), 'moves'],
    ['a moving WebP', movingWebp(), 'moves'],
    ['an AVIF sequence', avif(9, 9, 'avis'), 'moves'],
  ])('%s is refused by name', (_title, bytes, words) => {
    expect(wordsOf(bytes)).toContain(words);
  });

  it('never throws and never reads past its end, whatever the bytes, cut or changed', () => {
    const whole = [...formats.map(([, bytes]) => bytes), movingPng(), movingWebp()];
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .tuple(fc.constantFrom(...whole), fc.nat({ max: 80 }), fc.nat({ max: 255 }), fc.nat({ max: 200 }))
        .map(([picture, at, value, end]) => {
          const changed = Uint8Array.from(picture);
          changed[at % changed.length] = value;
          return changed.subarray(0, end);
        }),
    );
    fc.assert(
      fc.property(bytes, (each) => {
        const verdict = readPicture(each);
        expect(!verdict.ok || (verdict.picture.width > 0 && verdict.picture.width <= 10_000)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('names the file by its type', () => {
    expect(pictureExtension('image/jpeg')).toBe('jpg');
    expect(pictureExtension('image/avif')).toBe('avif');
  });
});
