import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { manifestOf, zipOf } from './release.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const folderOf = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-release-'));
  folders.push(folder);
  mkdirSync(join(folder, 'deep'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

describe('a release', () => {
  it('zips equal files to equal bytes, whenever and wherever they were made', () => {
    const [first, second] = [
      folderOf({ 'index.mjs': 'x', 'deep/a.txt': 'y' }),
      folderOf({ 'deep/a.txt': 'y', 'index.mjs': 'x' }),
    ];
    utimesSync(join(second, 'index.mjs'), 1, 1);
    expect(zipOf(first)).toEqual(zipOf(second));
    expect(zipOf(first)).not.toEqual(zipOf(folderOf({ 'index.mjs': 'z', 'deep/a.txt': 'y' })));
  });

  it('holds what was in the folder', () => {
    const files = unzipSync(zipOf(folderOf({ 'index.mjs': 'export {}', 'deep/a.txt': 'y' })));
    expect(Object.keys(files)).toEqual(['deep/a.txt', 'index.mjs']);
    expect(new TextDecoder().decode(files['index.mjs'])).toBe('export {}');
  });

  it('names the checksum of each file', () => {
    expect(manifestOf(folderOf({ 'index.mjs': '' }))).toEqual({
      'index.mjs': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    });
  });
});
