/**
 * Makes the release that every environment gets, in `.penstock/release`: one zip for each function bundle, both sites, and
 * manifest.json with a SHA-256 of every file. The same commit makes the same bytes. Usage: npm run release -- [FOLDER].
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Zippable, zipSync } from 'fflate';

const root = fileURLToPath(new URL('../', import.meta.url));

/** A zip knows no zones and begins in 1980: every file has the same time, so that equal files make equal bytes. */
const stamp = new Date(1980, 0, 2);

/** Files below a folder with forward slashes, sorted. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

/** A folder as the bytes of a zip, readable by everybody, as Lambda wants it. */
export const zipOf = (folder: string): Uint8Array => {
  const content: Zippable = {};
  for (const file of filesIn(folder))
    content[file] = [readFileSync(join(folder, file)), { mtime: stamp, os: 3, attrs: 0o644 << 16, level: 9 }];
  return zipSync(content);
};

/** SHA-256 of every file below a folder, by its path. */
export const manifestOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    filesIn(folder).map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ]),
  );

const main = (target: string): void => {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, 'functions'), { recursive: true });
  for (const workspace of ['api', 'workers'])
    for (const bundle of readdirSync(join(root, workspace, 'dist'), { withFileTypes: true }))
      if (bundle.isDirectory() && bundle.name !== 'openapi')
        writeFileSync(
          join(target, 'functions', `${bundle.name}.zip`),
          zipOf(join(root, workspace, 'dist', bundle.name)),
        );
  for (const site of ['storefront', 'admin']) cpSync(join(root, site, 'dist'), join(target, site), { recursive: true });
  cpSync(join(root, 'api/dist/openapi'), join(target, 'storefront/developers'), { recursive: true });
  const manifest = manifestOf(target);
  writeFileSync(join(target, 'manifest.json'), `${JSON.stringify({ schema: 1, files: manifest }, undefined, 2)}\n`);
  console.error(`release: ${Object.keys(manifest).length} files in ${relative(root, target) || target}`);
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  main(resolve(process.argv[2] ?? join(root, '.penstock/release')));
