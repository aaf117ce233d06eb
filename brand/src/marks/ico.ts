/** Wraps one square PNG as an .ico file: a directory of one entry, then the PNG as it is. */
export const wrapAsIco = (png: Uint8Array, size: number): Uint8Array => {
  const head = new DataView(new ArrayBuffer(headBytes));
  head.setUint16(2, 1, true); // an icon
  head.setUint16(4, 1, true); // of one picture
  head.setUint8(6, size);
  head.setUint8(7, size);
  head.setUint16(10, 1, true); // colour planes
  head.setUint16(12, 32, true); // bits a pixel
  head.setUint32(14, png.length, true);
  head.setUint32(18, headBytes, true);
  const file = new Uint8Array(headBytes + png.length);
  file.set(new Uint8Array(head.buffer));
  file.set(png, headBytes);
  return file;
};

const headBytes = 22;
