import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { readCatalogue } from '#catalogue';
import { isCommitted, type PictureForm, pictureFolders, pictureForms, pictureName, views } from '#picture-files';
import { drawPicture } from '#pictures/draw-picture';
import { encoderKey, rasterise } from '#pictures/rasterise';

type Job = { readonly name: string; readonly svg: string; readonly form: PictureForm };

/** Every picture of the catalogue in every form that is wanted. */
export const jobsOf = (isWanted: (form: PictureForm) => boolean): readonly Job[] => {
  const { categories, products } = readCatalogue();
  const slugs = categories.map((category) => category.slug);
  return products.flatMap((product) =>
    views.flatMap((view) => {
      const svg = drawPicture(product, slugs, view);
      return pictureForms.filter(isWanted).map((form) => ({ name: pictureName(product.id, view, form), svg, form }));
    }),
  );
};

/** What was made, and of how many that only had to be looked at. */
export type Made = { readonly encoded: number; readonly kept: number; readonly bytes: number };

/**
 * Encodes pictures, as many at once as there are cores. What the folder has already of the same drawing, form and encoder is
 * kept: `keys.json` of the build folder holds a digest for each file.
 */
export const makePictures = async (jobs: readonly Job[]): Promise<Made> => {
  for (const folder of Object.values(pictureFolders)) mkdirSync(folder, { recursive: true });
  const keysFile = `${pictureFolders.built}keys.json`;
  const keys: Record<string, string> = existsSync(keysFile) ? JSON.parse(readFileSync(keysFile, 'utf8')) : {};
  let [encoded, kept, bytes] = [0, 0, 0];
  const waiting = [...jobs];
  const line = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const path = `${isCommitted(job.form) ? pictureFolders.committed : pictureFolders.built}${job.name}`;
      const key = createHash('sha256')
        .update(`${encoderKey} ${JSON.stringify(job.form)} ${job.svg}`)
        .digest('hex');
      if (keys[job.name] === key && existsSync(path)) {
        kept += 1;
        continue;
      }
      const content = await rasterise(job.svg, job.form);
      writeFileSync(path, content);
      keys[job.name] = key;
      encoded += 1;
      bytes += content.length;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, line));
  writeFileSync(keysFile, JSON.stringify(keys));
  return { encoded, kept, bytes };
};
