/**
 * Where releases are kept: each with its manifest, and one history of what an environment ran. On AWS that is the bucket of
 * the environment's state, below releases/; a rollback fetches from there what this machine no longer has.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Deployed } from './plan.ts';

export type Manifest = Readonly<Record<string, string>>;

export type ReleaseStore = {
  /** Where a release lies on this machine, once `check` has seen it. */
  readonly folder: (release: string) => string;
  /** Its files with their SHA-256. */
  readonly manifest: (release: string) => Manifest;
  /** Fetches a release that is not here; throws when a file is missing or is not what the manifest says. */
  readonly check: (release: string) => Promise<void>;
  /** What the environment ran, newest last. */
  readonly history: () => Promise<readonly Deployed[]>;
  /** Keeps the releases that are named, and writes the history: one more entry, or the last one gone. */
  readonly note: (after: Deployed, history: 'append' | 'drop-last') => Promise<void>;
};

/** A shelf of named bytes: a bucket, or a folder in a test. */
export type Shelf = {
  readonly get: (key: string) => Promise<Uint8Array | undefined>;
  readonly put: (key: string, body: Uint8Array) => Promise<void>;
};

/** Deployments that stay in the history. */
const historyMax = 20;

/** SHA-256 of a release's manifest, and so of all that it names. */
export const manifestDigestOf = (folder: string): string => sha256(readFileSync(join(folder, 'manifest.json')));

/** The id of a release: the digest of its manifest, so that equal bytes have equal names wherever they were made. */
export const releaseIdOf = (folder: string): string => manifestDigestOf(folder).slice(0, 12);

/** The manifest of a folder; throws with a sentence when there is none. */
export const readManifest = (folder: string): Manifest => {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path))
    throw new Error(`${folder} holds no release (no manifest.json). Make one with: npm run release`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { files: Manifest }).files;
};

/** Releases on a shelf; `local` says which folder holds the one that is being deployed, `cache` takes what is fetched. */
export const makeReleaseStore = (deps: {
  readonly shelf: Shelf;
  readonly local: Readonly<Record<string, string>>;
  readonly cache: string;
  readonly now: () => Date;
}): ReleaseStore => {
  const folder = (release: string): string => deps.local[release] ?? join(deps.cache, release);
  const readHistory = async (): Promise<readonly Entry[]> => {
    const bytes = await deps.shelf.get('releases/history.json');
    return bytes === undefined ? [] : (JSON.parse(new TextDecoder().decode(bytes)) as { entries: Entry[] }).entries;
  };
  const fetchRelease = async (release: string): Promise<void> => {
    const need = async (file: string): Promise<Uint8Array> => {
      const bytes = await deps.shelf.get(`releases/${release}/${file}`);
      if (bytes === undefined) throw new Error(`Release ${release} is not kept any more: ${file} is missing.`);
      return bytes;
    };
    const manifest = await need('manifest.json');
    const { files } = JSON.parse(new TextDecoder().decode(manifest)) as { files: Manifest };
    for (const file of Object.keys(files)) write(join(folder(release), file), await need(file));
    // Last: a release without its manifest is not there.
    write(join(folder(release), 'manifest.json'), manifest);
  };
  const keepRelease = async (release: string): Promise<void> => {
    const manifest = `releases/${release}/manifest.json`;
    if ((await deps.shelf.get(manifest)) !== undefined || !existsSync(join(folder(release), 'manifest.json'))) return;
    for (const file of Object.keys(readManifest(folder(release))))
      await deps.shelf.put(`releases/${release}/${file}`, readFileSync(join(folder(release), file)));
    await deps.shelf.put(manifest, readFileSync(join(folder(release), 'manifest.json')));
  };
  return {
    folder,
    manifest: (release) => readManifest(folder(release)),
    check: async (release) => {
      if (!existsSync(join(folder(release), 'manifest.json'))) await fetchRelease(release);
      const faults = compare(folder(release), readManifest(folder(release)));
      if (faults.length > 0)
        throw new Error(
          `Release ${release} is not what its manifest says:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
        );
    },
    history: async () => (await readHistory()).map(({ after }) => after),
    note: async (after, change) => {
      for (const release of new Set(Object.values(after))) await keepRelease(release);
      const entries = await readHistory();
      const next =
        change === 'drop-last' ? entries.slice(0, -1) : appended(entries, { at: deps.now().toISOString(), after });
      const text = `${JSON.stringify({ schema: 1, entries: next.slice(-historyMax) }, undefined, 2)}\n`;
      await deps.shelf.put('releases/history.json', new TextEncoder().encode(text));
    },
  };
};

type Entry = { readonly at: string; readonly after: Deployed };

/** A repeated deployment of the same is one entry, or a rollback would go to itself. */
const appended = (entries: readonly Entry[], entry: Entry): readonly Entry[] =>
  sameParts(entries.at(-1)?.after, entry.after) ? entries : [...entries, entry];

const sameParts = (one: Deployed | undefined, other: Deployed): boolean =>
  one !== undefined && (['functions', 'storefront', 'admin'] as const).every((part) => one[part] === other[part]);

const compare = (folder: string, manifest: Manifest): readonly string[] =>
  Object.entries(manifest).flatMap(([file, digest]) => {
    const path = join(folder, file);
    if (!existsSync(path)) return [`${file} is missing`];
    return sha256(readFileSync(path)) === digest ? [] : [`${file} has another checksum`];
  });

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const write = (path: string, bytes: Uint8Array): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
};
