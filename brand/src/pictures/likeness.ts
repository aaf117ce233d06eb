import sharp from 'sharp';

const side = 24;

/** A picture as the smallest list shows it: 96 px, in grey, as PNG. */
export const thumbnailOf = (picture: Buffer): Promise<Buffer> =>
  sharp(picture).resize(96, 96).greyscale().png({ compressionLevel: 0 }).toBuffer();

/** A thumbnail as a shopper's glance keeps it: 24 by 24 grey values of 0 to 255. */
export const glanceOf = (thumbnail: Buffer): Promise<Buffer> =>
  sharp(thumbnail).greyscale().resize(side, side, { kernel: 'cubic' }).raw().toBuffer();

/**
 * How far apart two glances are, 0 to 1: the mean difference of their slopes, from each cell to its right and lower
 * neighbour. As a difference hash does, it ignores an even change of light, but keeps how steep a slope is.
 */
export const distanceOf = (left: Buffer, right: Buffer): number => {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < side - 1; row += 1)
    for (let column = 0; column < side - 1; column += 1) {
      const at = row * side + column;
      for (const step of [1, side]) {
        sum += Math.abs(slope(left, at, step) - slope(right, at, step));
        count += 1;
      }
    }
  return sum / count / 255;
};

const slope = (glance: Buffer, at: number, step: number): number => (glance[at + step] ?? 0) - (glance[at] ?? 0);

/** The spread of a thumbnail's grey values as standard deviation of 0 to 255: what it has to be told by. */
export const greyContrast = async (thumbnail: Buffer): Promise<number> => {
  const { channels } = await sharp(thumbnail).greyscale().stats();
  return channels[0]?.stdev ?? 0;
};
