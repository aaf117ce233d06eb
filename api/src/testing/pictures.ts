/** Whole files of pictures with a size and without anything to see: as much as a reader that does not draw looks at. */
export const png = (width: number, height: number): Uint8Array => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return pngOf([pngChunk('IHDR', header), pngChunk('IDAT', Buffer.alloc(12)), pngChunk('IEND', Buffer.alloc(0))]);
};

export const movingPng = (): Uint8Array => {
  const [header, ...rest] = [Buffer.from(png(9, 9).subarray(8, 33)), Buffer.from(png(9, 9).subarray(33))];
  return pngOf([header ?? Buffer.alloc(0), pngChunk('acTL', Buffer.alloc(8)), ...rest]);
};

const pngOf = (chunks: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);

const pngChunk = (name: string, data: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, data, Buffer.alloc(4)]);
};

/** With an APP0 segment before the frame header, as cameras write it, and a scan with a stuffed 0xff and a restart. */
export const jpeg = (width: number, height: number): Uint8Array => {
  const bytes = Buffer.alloc(56);
  bytes.set([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10], 0);
  bytes.set([0xff, 0xc2, 0x00, 0x11, 0x08], 20);
  bytes.writeUInt16BE(height, 25);
  bytes.writeUInt16BE(width, 27);
  bytes.set([0xff, 0xda, 0x00, 0x04, 0, 0, 1, 2, 0xff, 0x00, 3, 0xff, 0xd0, 4, 5, 0xff, 0xd9], 39);
  return bytes;
};

const webp = (chunks: readonly Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks]);
  return Buffer.concat([Buffer.from('RIFF', 'latin1'), lengthOf(body), body]);
};

const webpChunk = (name: string, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from(name, 'latin1'), lengthOf(data), data, Buffer.alloc(data.length % 2)]);

const lengthOf = (data: Buffer): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(data.length);
  return bytes;
};

const lossy = (width: number, height: number): Buffer => {
  const data = Buffer.alloc(21);
  data.writeUInt16LE(width, 6);
  data.writeUInt16LE(height, 8);
  return webpChunk('VP8 ', data);
};

export const webpLossy = (width: number, height: number): Uint8Array => webp([lossy(width, height)]);

export const webpLossless = (width: number, height: number): Uint8Array => {
  const data = Buffer.alloc(20);
  data.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  return webp([webpChunk('VP8L', data)]);
};

const canvas = (width: number, height: number, flags: number): Buffer => {
  const data = Buffer.alloc(10);
  data[0] = flags;
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return webpChunk('VP8X', data);
};

export const webpExtended = (width: number, height: number): Uint8Array =>
  webp([canvas(width, height, 0), lossy(width, height)]);

/** A small canvas over a large picture. */
export const webpDisguised = (): Uint8Array => webp([canvas(9, 9, 0), lossy(9000, 9000)]);

export const movingWebp = (): Uint8Array => webp([canvas(9, 9, 2), webpChunk('ANIM', Buffer.alloc(6))]);

const box = (name: string, data: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + data.length, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, data]);
};

/** A grid: the size of a tile stands before that of the whole. */
export const avif = (width: number, height: number, brand = 'avif'): Uint8Array => {
  const [tile, whole] = [Buffer.alloc(12), Buffer.alloc(12)];
  tile.writeUInt32BE(1, 4);
  tile.writeUInt32BE(1, 8);
  whole.writeUInt32BE(width, 4);
  whole.writeUInt32BE(height, 8);
  const properties = Buffer.concat([Buffer.alloc(4), box('ispe', tile), box('ispe', whole)]);
  return Buffer.concat([
    box('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}mif1`, 'latin1')),
    box('meta', properties),
    box('mdat', Buffer.alloc(30)),
  ]);
};
