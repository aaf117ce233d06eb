import type { uploadTypes } from '@penstock/domain/admin';
import { limits } from '@penstock/domain/limits';
import { readAvif } from '#core/pictures/avif';
import type { PictureReader, Walked } from '#core/pictures/bytes';
import { readJpeg } from '#core/pictures/jpeg';
import { readPng } from '#core/pictures/png';
import { readWebp } from '#core/pictures/webp';

export type PictureType = (typeof uploadTypes)[number];
export type Picture = { readonly type: PictureType; readonly width: number; readonly height: number };
export type PictureVerdict =
  | { readonly ok: true; readonly picture: Picture }
  | { readonly ok: false; readonly message: string; readonly remedy: string };

const readers = {
  'image/png': readPng,
  'image/webp': readWebp,
  'image/jpeg': readJpeg,
  'image/avif': readAvif,
} as const satisfies Readonly<Record<PictureType, PictureReader>>;

/** Pixels of one side: what browsers and their libraries draw without trouble. */
const sideMax = 10_000;

const refuse = (message: string, remedy: string): PictureVerdict => ({ ok: false, message, remedy });

/**
 * What a file is by all of its bytes, whatever it was called. It must be one whole, still picture and nothing else: what is
 * cut off shows grey, what moves is a picture of unknown cost, and what stands behind the end is no part of the picture.
 */
export const readPicture = (bytes: Uint8Array): PictureVerdict => {
  for (const type of Object.keys(readers) as PictureType[]) {
    const walked = readers[type](bytes);
    if (walked !== undefined) return judge(type, walked, bytes.length);
  }
  return refuse('The file is no PNG, JPEG, WebP or AVIF picture.', 'Choose another file.');
};

const judge = (type: PictureType, { width, height, end, isMoving }: Walked, length: number): PictureVerdict => {
  if (width === 0 || height === 0) return refuse('The picture has no size.', 'Choose another file.');
  if (isMoving) return refuse('The picture moves: it has more than one frame.', 'Choose a still picture.');
  if (width > sideMax || height > sideMax || width * height > limits.picturePixelsMax)
    return refuse(
      `The picture has ${width} × ${height} pixels: more than 16 megapixels, or than 10,000 on a side.`,
      'Make it smaller.',
    );
  if (end === undefined || end > length)
    return refuse('The file is cut off: the end of the picture is missing.', 'Upload the whole file again.');
  if (end < length)
    return refuse(
      'There is more in the file, behind the end of the picture.',
      'Save the picture again and upload that file.',
    );
  return { ok: true, picture: { type, width, height } };
};

export const pictureExtension = (type: PictureType): string =>
  ({ 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp', 'image/avif': 'avif' })[type];
