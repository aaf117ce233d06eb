import { type PictureReader, textAt, viewOf } from '#core/pictures/bytes';

/** AVIF: an ISO file of brand avif, boxes with lengths. The sizes are in `ispe` of `meta`, the pictures in `mdat`; `moov` or the brand avis makes it move. */
export const readAvif: PictureReader = (bytes) => {
  if (bytes.length < 32 || textAt(bytes, 4, 4) !== 'ftyp') return undefined;
  const view = viewOf(bytes);
  const brands = textAt(bytes, 8, Math.min(64, view.getUint32(0) - 8));
  if (!/avif|avis/.test(brands)) return undefined;
  const names = new Set<string>();
  let size: { width: number; height: number } | undefined;
  let at = 0;
  while (at + 8 <= bytes.length && names.size < 64) {
    const name = textAt(bytes, at + 4, 4);
    if (!/^[\x20-\x7e]{4}$/.test(name)) break;
    const length = view.getUint32(at);
    const next = at + (length === 1 && at + 16 <= bytes.length ? Number(view.getBigUint64(at + 8)) : length);
    if (next < at + 8) break;
    if (name === 'meta') size = largestIn(bytes.subarray(at, Math.min(next, bytes.length))) ?? size;
    names.add(name);
    at = next;
  }
  const isMoving = names.has('moov') || /avis/.test(brands);
  const isWhole = names.has('mdat') && at <= bytes.length;
  return size && { ...size, isMoving, end: isWhole ? at : undefined };
};

/** A grid has a size for each tile and one for the whole; the whole is the largest. */
const largestIn = (meta: Uint8Array): { width: number; height: number } | undefined => {
  const view = viewOf(meta);
  let largest: { width: number; height: number } | undefined;
  for (let at = meta.indexOf(0x69); at >= 0 && at + 16 <= meta.length; at = meta.indexOf(0x69, at + 1)) {
    if (textAt(meta, at, 4) !== 'ispe') continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (largest === undefined || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
};
