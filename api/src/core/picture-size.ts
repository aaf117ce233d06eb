import type { uploadTypes } from '@penstock/domain/admin';
import { limits } from '@penstock/domain/limits';

export type PictureType = (typeof uploadTypes)[number];
export type Picture = { readonly type: PictureType; readonly width: number; readonly height: number };

/** Type and size of a picture from its own bytes; undefined for anything else, whatever it was called. */
export const readPicture = (bytes: Uint8Array): Picture | undefined => {
  const picture = readPng(bytes) ?? readWebp(bytes) ?? readJpeg(bytes) ?? readAvif(bytes);
  return picture !== undefined &&
    picture.width > 0 &&
    picture.height > 0 &&
    picture.width <= 10_000 &&
    picture.height <= 10_000 &&
    picture.width * picture.height <= limits.picturePixelsMax
    ? picture
    : undefined;
};

export const pictureExtension = (type: PictureType): string =>
  ({ 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp', 'image/avif': 'avif' })[type];

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const text = (bytes: Uint8Array, start: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(start, start + length));

/** PNG: eight magic bytes, then IHDR. */
const readPng = (bytes: Uint8Array): Picture | undefined => {
  if (bytes.length < 24 || text(bytes, 0, 8) !== '\x89PNG\r\n\x1a\n' || text(bytes, 12, 4) !== 'IHDR') return undefined;
  return { type: 'image/png', width: viewOf(bytes).getUint32(16), height: viewOf(bytes).getUint32(20) };
};

/** WebP: RIFF with one of three first chunks. */
const readWebp = (bytes: Uint8Array): Picture | undefined => {
  if (bytes.length < 30 || text(bytes, 0, 4) !== 'RIFF' || text(bytes, 8, 4) !== 'WEBP') return undefined;
  const view = viewOf(bytes);
  const size = (width: number, height: number): Picture => ({ type: 'image/webp', width, height });
  switch (text(bytes, 12, 4)) {
    case 'VP8X':
      return size(1 + (view.getUint32(24, true) & 0xffffff), 1 + ((view.getUint32(26, true) >>> 8) & 0xffffff));
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return size(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff));
    }
    case 'VP8 ':
      return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    default:
      return undefined;
  }
};

/** JPEG: segments up to the first frame header (SOF0 to SOF15 but DHT, JPG and DAC). */
const readJpeg = (bytes: Uint8Array): Picture | undefined => {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = viewOf(bytes);
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { type: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
};

/** AVIF: an ISO file of brand avif; the size is in the box `ispe`, which stands within the first kilobytes. */
const readAvif = (bytes: Uint8Array): Picture | undefined => {
  if (
    bytes.length < 32 ||
    text(bytes, 4, 4) !== 'ftyp' ||
    !/avif|avis/.test(text(bytes, 8, Math.min(64, viewOf(bytes).getUint32(0) - 8)))
  )
    return undefined;
  const end = Math.min(bytes.length - 20, 4096);
  for (let at = 16; at < end; at += 1)
    if (text(bytes, at, 4) === 'ispe')
      return { type: 'image/avif', width: viewOf(bytes).getUint32(at + 8), height: viewOf(bytes).getUint32(at + 12) };
  return undefined;
};
