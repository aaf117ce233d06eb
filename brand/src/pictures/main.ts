/** Makes every picture anew into brand/pictures: node src/pictures/main.ts. The same data gives the same bytes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { readCatalogue } from '#catalogue';
import { pictureForms } from '#picture-files';
import { drawPicture } from '#pictures/draw-picture';

/** Rasterises one picture in every form: file name to bytes. */
export const rasterise = async (productId: string, svg: string): Promise<ReadonlyMap<string, Buffer>> => {
  const files = new Map<string, Buffer>();
  for (const { width, type, extension } of pictureForms) {
    const image = sharp(Buffer.from(svg)).resize(width, width);
    const bytes = await (type === 'image/avif'
      ? image.avif({ quality: 60, effort: 5 })
      : image.webp({ quality: 82, effort: 5 })
    ).toBuffer();
    files.set(`${productId}-${width}.${extension}`, bytes);
  }
  return files;
};

if (process.argv[1]?.endsWith('pictures/main.ts')) {
  const folder = new URL('../../pictures/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const { categories, products } = readCatalogue();
  const slugs = categories.map((category) => category.slug);
  let bytes = 0;
  for (const product of products)
    for (const [name, content] of await rasterise(product.id, drawPicture(product, slugs))) {
      writeFileSync(new URL(name, folder), content);
      bytes += content.length;
    }
  console.error(`${products.length} pictures, ${(bytes / 1e6).toFixed(1)} MB in brand/pictures`);
}
