import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const metaEnding = '.meta.json';
const dataEnding = '.data';
const metaSchema = z.object({ contentLength: z.int().min(0) });

/**
 * Clears away what a kill -9 in the middle of a write left behind: fauxqs writes the bytes, then the description, each
 * in place, and does not start over a half description. Only writes that were never answered are lost. Call it before
 * the folder is loaded.
 */
export const sweepTornObjects = (storageDir: string): void => {
  const buckets = join(storageDir, 'buckets');
  if (!existsSync(buckets)) return;
  for (const name of readdirSync(buckets)) {
    mendBucketFile(join(buckets, name), name);
    const objects = join(buckets, name, 'objects');
    if (existsSync(objects)) sweepObjects(objects);
  }
};

const mendBucketFile = (folder: string, name: string): void => {
  const path = join(folder, '.bucket.json');
  if (existsSync(path) && parseFile(path) !== undefined) return;
  writeFileSync(path, JSON.stringify({ name, creationDate: new Date().toISOString(), type: 'general-purpose' }));
};

const sweepObjects = (objects: string): void => {
  const files = readdirSync(objects, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = new Set(files.map((entry) => join(entry.parentPath, entry.name)));
  for (const path of paths) {
    if (path.endsWith(metaEnding) && !isWhole(path, paths)) rmSync(path);
    else if (path.endsWith(dataEnding) && !isWhole(swapEnding(path, dataEnding, metaEnding), paths)) rmSync(path);
  }
};

const isWhole = (metaPath: string, paths: ReadonlySet<string>): boolean => {
  const dataPath = swapEnding(metaPath, metaEnding, dataEnding);
  if (!paths.has(metaPath) || !paths.has(dataPath) || !existsSync(metaPath) || !existsSync(dataPath)) return false;
  const meta = metaSchema.safeParse(parseFile(metaPath));
  return meta.success && statSync(dataPath).size === meta.data.contentLength;
};

const swapEnding = (path: string, from: string, to: string): string => `${path.slice(0, -from.length)}${to}`;

const parseFile = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Half written.
    return undefined;
  }
};
