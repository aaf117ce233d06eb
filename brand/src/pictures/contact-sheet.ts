import sharp from 'sharp';
import { readCatalogue } from '#catalogue';
import { committedForm, pictureFolders, pictureName, views } from '#picture-files';

const cell = 120;
const columns = 12;

/** All products on one sheet, four a row with their three views, from the committed pictures. WebP. */
export const contactSheet = async (): Promise<Buffer> => {
  const names = readCatalogue().products.flatMap(({ id }) => views.map((view) => pictureName(id, view, committedForm)));
  const cells = await Promise.all(
    names.map(async (name, index) => ({
      input: await sharp(`${pictureFolders.committed}${name}`).resize(cell, cell).png().toBuffer(),
      left: (index % columns) * cell,
      top: Math.floor(index / columns) * cell,
    })),
  );
  const height = Math.ceil(names.length / columns) * cell;
  return sharp({ create: { width: columns * cell, height, channels: 3, background: '#ffffff' } })
    .composite(cells)
    .webp({ quality: 76, effort: 5 })
    .toBuffer();
};
