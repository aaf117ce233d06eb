import { type PictureReader, textAt, viewOf } from '#core/pictures/bytes';

/** PNG: eight magic bytes, then chunks of length, name, data and checksum: IHDR first, data in IDAT, IEND last. `acTL` makes it move. */
export const readPng: PictureReader = (bytes) => {
  if (bytes.length < 24 || textAt(bytes, 0, 8) !== '\x89PNG\r\n\x1a\n' || textAt(bytes, 12, 4) !== 'IHDR')
    return undefined;
  const view = viewOf(bytes);
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  let isMoving = false;
  let dataBytes = 0;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = textAt(bytes, at + 4, 4);
    const next = at + 12 + length;
    if (next > bytes.length) break;
    isMoving ||= name === 'acTL';
    if (name === 'IDAT') dataBytes += length;
    if (name === 'IEND') return { ...size, isMoving, end: dataBytes === 0 ? undefined : next };
    at = next;
  }
  return { ...size, isMoving, end: undefined };
};
