import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildK6, findK6 } from '#run/find-k6';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const folderWith = (...names: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-find-k6-'));
  folders.push(folder);
  for (const name of names) {
    writeFileSync(join(folder, name), '#!/bin/sh\nexit 1\n');
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
};
const nowhere = '/nowhere/k6';

describe('finding k6', () => {
  it('takes the one of PENSTOCK_K6 before the one of PATH', () => {
    const named = join(folderWith('mine'), 'mine');
    expect(findK6({ PENSTOCK_K6: named, PATH: folderWith('k6') }, nowhere)).toBe(named);
  });

  it('takes the one of PATH before the one built earlier', () => {
    const path = folderWith('k6');
    expect(findK6({ PATH: path }, join(folderWith('k6'), 'k6'))).toBe(join(path, 'k6'));
  });

  it('takes the one built earlier, else none', () => {
    const built = join(folderWith('k6'), 'k6');
    expect(findK6({ PATH: folderWith() }, built)).toBe(built);
    expect(findK6({ PATH: folderWith() }, nowhere)).toBeUndefined();
  });

  it('says in one sentence how to get one, exit code 6', () => {
    expect(() => findK6({ PENSTOCK_K6: nowhere })).toThrow(expect.objectContaining({ exitCode: 6 }));
    expect(() => buildK6({ PATH: folderWith() }, () => undefined, nowhere)).toThrow(/no Go.*loadtest:install/);
  });

  it('says so when Go cannot build it', () => {
    expect(() => buildK6({ PATH: folderWith('go') }, () => undefined, nowhere)).toThrow(
      expect.objectContaining({ exitCode: 6 }),
    );
  });
});
