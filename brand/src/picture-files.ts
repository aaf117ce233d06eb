import { existsSync } from 'node:fs';

/** One file of a picture, as brand/pictures holds it. */
export type PictureFile = {
  readonly file: URL;
  readonly width: number;
  readonly height: number;
  readonly type: 'image/avif' | 'image/webp';
};

/** The files that the generator makes of each picture, in the order of `sources`. Pictures are square. */
export const pictureForms = [
  { width: 320, type: 'image/webp', extension: 'webp' },
  { width: 640, type: 'image/webp', extension: 'webp' },
  { width: 640, type: 'image/avif', extension: 'avif' },
] as const;

/** The files of a product's picture that are there. */
export const pictureFiles = (productId: string): readonly PictureFile[] =>
  pictureForms
    .map(({ width, type, extension }) => ({
      file: new URL(`../pictures/${productId}-${width}.${extension}`, import.meta.url),
      width,
      height: width,
      type,
    }))
    .filter(({ file }) => existsSync(file));
