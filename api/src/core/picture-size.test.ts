import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureExtension, readPicture } from '#core/picture-size';
import { avif, jpeg, png, webpExtended, webpLossless, webpLossy } from '#testing/pictures';

describe('the size of a picture from its own bytes', () => {
  it.each([
    ['PNG', png(640, 480), 'image/png'],
    ['JPEG', jpeg(640, 480), 'image/jpeg'],
    ['lossy WebP', webpLossy(640, 480), 'image/webp'],
    ['lossless WebP', webpLossless(640, 480), 'image/webp'],
    ['extended WebP', webpExtended(640, 480), 'image/webp'],
    ['AVIF', avif(640, 480), 'image/avif'],
  ])('%s', (_title, bytes, type) => {
    expect(readPicture(bytes)).toEqual({ type, width: 640, height: 480 });
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(64))],
    ['a PNG without its header', png(640, 480).subarray(0, 16)],
    ['a JPEG without a frame', jpeg(640, 480).subarray(0, 20)],
    ['no width', png(0, 480)],
    ['more than 10,000 pixels', png(10_001, 480)],
    ['more than 16 megapixels', png(10_000, 10_000)],
  ])('%s is no picture', (_title, bytes) => {
    expect(readPicture(bytes)).toBeUndefined();
  });

  it('never throws, whatever the bytes, cut or changed', () => {
    const whole = [png(9, 9), jpeg(9, 9), webpLossy(9, 9), webpLossless(9, 9), webpExtended(9, 9), avif(9, 9)];
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
        const picture = readPicture(each);
        expect(picture === undefined || (picture.width > 0 && picture.width <= 10_000)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('names the file by its type', () => {
    expect(pictureExtension('image/jpeg')).toBe('jpg');
    expect(pictureExtension('image/avif')).toBe('avif');
  });
});
