import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepRunFile } from '#supervisor/run-file';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-run-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('run.json', () => {
  it('that cannot be written ends nothing, and is written as it is by then when it can be', async () => {
    const away = join(folder, 'away');
    const file = join(away, 'run.json');
    const faults: unknown[] = [];
    let parts = 1;
    const run = keepRunFile(
      file,
      () => ({ parts }),
      (error) => faults.push(error),
      20,
    );
    run.write();
    expect(faults).toHaveLength(1);
    parts = 2;
    mkdirSync(away);
    await expect.poll(() => JSON.parse(readFileSync(file, 'utf8')) as unknown).toEqual({ parts: 2 });
    run.stop();
  });
});
