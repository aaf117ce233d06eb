import { type PictureReader, textAt, viewOf } from '#core/pictures/bytes';

type Size = { readonly width: number; readonly height: number };

/** WebP: RIFF with its length, then chunks of even length. VP8X has the canvas and a bit for moving pictures; the picture itself is VP8 or VP8L. */
export const readWebp: PictureReader = (bytes) => {
  if (bytes.length < 30 || textAt(bytes, 0, 4) !== 'RIFF' || textAt(bytes, 8, 4) !== 'WEBP') return undefined;
  const view = viewOf(bytes);
  const end = 8 + view.getUint32(4, true) + (view.getUint32(4, true) % 2);
  let canvas: Size | undefined;
  let picture: Size | undefined;
  let isMoving = false;
  let at = 12;
  while (at + 8 <= Math.min(end, bytes.length)) {
    const name = textAt(bytes, at, 4);
    const length = view.getUint32(at + 4, true);
    if (name === 'VP8X') canvas ??= canvasAt(view, at + 8);
    else picture ??= pictureAt(view, name, at + 8);
    isMoving ||= name === 'ANIM' || name === 'ANMF' || (name === 'VP8X' && ((bytes[at + 8] ?? 0) & 2) !== 0);
    at += 8 + length + (length % 2);
  }
  const shown = canvas ?? picture;
  if (shown === undefined) return undefined;
  const isWhole = at === end && end <= bytes.length && picture !== undefined;
  // A small canvas is no cover for a large picture: whoever draws it decodes the picture.
  const size = picture !== undefined && picture.width * picture.height > shown.width * shown.height ? picture : shown;
  return { ...size, isMoving, end: isWhole || isMoving ? end : undefined };
};

const canvasAt = (view: DataView, at: number): Size | undefined =>
  at + 10 > view.byteLength
    ? undefined
    : {
        width: 1 + (view.getUint32(at + 4, true) & 0xffffff),
        height: 1 + ((view.getUint32(at + 6, true) >>> 8) & 0xffffff),
      };

const pictureAt = (view: DataView, name: string, at: number): Size | undefined => {
  if (at + 10 > view.byteLength) return undefined;
  if (name === 'VP8 ')
    return { width: view.getUint16(at + 6, true) & 0x3fff, height: view.getUint16(at + 8, true) & 0x3fff };
  if (name !== 'VP8L') return undefined;
  const bits = view.getUint32(at + 1, true);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
};
