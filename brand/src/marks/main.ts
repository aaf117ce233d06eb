/** Makes the share picture, the icon of home screens and the one that browsers ask for by name anew into brand/marks: node src/marks/main.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { wrapAsIco } from '#marks/ico';
import { drawSharePicture } from '#marks/share-picture';

const folder = new URL('../../marks/', import.meta.url);
const svg = drawSharePicture();
writeFileSync(
  new URL('share.png', folder),
  await sharp(Buffer.from(svg)).png({ palette: true, colours: 64, dither: 0 }).toBuffer(),
);
const mark = readFileSync(new URL('mark.svg', folder));
writeFileSync(
  new URL('icon-180.png', folder),
  await sharp(mark, { density: 72 * 6 })
    .resize(180, 180)
    .png({ palette: true })
    .toBuffer(),
);
writeFileSync(
  new URL('favicon.ico', folder),
  wrapAsIco(
    await sharp(mark, { density: 72 * 6 })
      .resize(32, 32)
      .png({ palette: true })
      .toBuffer(),
    32,
  ),
);
