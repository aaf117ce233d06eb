import { readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip';

/** CloudFront compresses these types, from 1,000 bytes on; pictures and fonts are compressed already. */
const compressed = /^(text\/|application\/json|image\/svg\+xml)/;
const bytesMin = 1000;

/** The encoding that a client takes best; undefined when the file is sent as it is. */
export const chooseEncoding = (accepted: string | undefined, type: string, bytes: number): Encoding | undefined => {
  if (bytes < bytesMin || !compressed.test(type)) return undefined;
  const names = (accepted ?? '').split(',').map((part) => part.trim().split(';')[0]);
  return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : undefined;
};

const zip = {
  br: (bytes: Buffer) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
} as const;

const kept = new Map<string, Promise<Buffer>>();
/** A built site has some 150 such files, of which a rebuild leaves as many behind. */
const keptMax = 1000;

/** A file's bytes in an encoding, made once for each state of the file. */
export const compressFile = (file: string, encoding: Encoding): Promise<Buffer> => {
  const key = `${encoding} ${statSync(file).mtimeMs} ${file}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = zip[encoding](readFileSync(file));
  if (kept.size >= keptMax) kept.clear();
  kept.set(key, made);
  return made;
};
