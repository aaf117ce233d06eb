/** The first bytes of pictures, with a size: as much as a reader of sizes looks at. */
export const png = (width: number, height: number): Uint8Array => {
  const bytes = Buffer.alloc(33);
  bytes.write('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR', 0, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};

/** With an APP0 segment before the frame header, as cameras write it. */
export const jpeg = (width: number, height: number): Uint8Array => {
  const bytes = Buffer.alloc(40);
  bytes.set([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10], 0);
  bytes.set([0xff, 0xc2, 0x00, 0x11, 0x08], 20);
  bytes.writeUInt16BE(height, 25);
  bytes.writeUInt16BE(width, 27);
  return bytes;
};

const webp = (chunk: string): Buffer => {
  const bytes = Buffer.alloc(40);
  bytes.write(`RIFF\0\0\0\0WEBP${chunk}`, 0, 'latin1');
  return bytes;
};

export const webpLossy = (width: number, height: number): Uint8Array => {
  const bytes = webp('VP8 ');
  bytes.writeUInt16LE(width, 26);
  bytes.writeUInt16LE(height, 28);
  return bytes;
};

export const webpLossless = (width: number, height: number): Uint8Array => {
  const bytes = webp('VP8L');
  bytes.writeUInt32LE((width - 1) | ((height - 1) << 14), 21);
  return bytes;
};

export const webpExtended = (width: number, height: number): Uint8Array => {
  const bytes = webp('VP8X');
  bytes.writeUIntLE(width - 1, 24, 3);
  bytes.writeUIntLE(height - 1, 27, 3);
  return bytes;
};

export const avif = (width: number, height: number): Uint8Array => {
  const bytes = Buffer.alloc(120);
  bytes.writeUInt32BE(24, 0);
  bytes.write('ftypavif\0\0\0\0avifmif1', 4, 'latin1');
  bytes.write('ispe', 60, 'latin1');
  bytes.writeUInt32BE(width, 68);
  bytes.writeUInt32BE(height, 72);
  return bytes;
};
