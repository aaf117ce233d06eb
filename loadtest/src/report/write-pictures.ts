import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** Twice the size of the screen, so that a README on a fine screen stays sharp. */
const density = 144;

/** Writes pictures as SVG and as PNG into `charts` of a folder, by name. */
export const writePictures = async (folder: string, pictures: Readonly<Record<string, string>>): Promise<void> => {
  const place = join(folder, 'charts');
  mkdirSync(place, { recursive: true });
  for (const [name, svg] of Object.entries(pictures)) {
    writeFileSync(join(place, `${name}.svg`), svg);
    writeFileSync(join(place, `${name}.png`), await sharp(Buffer.from(svg), { density }).png().toBuffer());
  }
};
