import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogFile } from '#log-file';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-log-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const file = () => join(folder, 'penstock.jsonl');

/** A disk that is full for as long as it is told to be. */
const makeDisk = () => {
  const state = { isFull: false, written: '' };
  const open = () =>
    new Writable({
      write: (chunk, _encoding, done) => {
        if (state.isFull) return done(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }));
        state.written += String(chunk);
        done();
      },
    });
  return { state, open };
};

describe('the log file on a full disk', () => {
  it('ends nothing, says so once, counts what it drops, and goes on when there is space', async () => {
    const { state, open } = makeDisk();
    const said: string[] = [];
    const log = openLogFile({ file: file(), complain: (text) => said.push(text), reopenEveryMs: 10, open });
    log.write('{"n":1}');
    state.isFull = true;
    log.write('{"n":2}');
    await sleep(50);
    for (let n = 3; n <= 5; n += 1) log.write(`{"n":${n}}`);
    expect(said).toEqual([expect.stringMatching(/cannot be written: ENOSPC.*dropped/)]);
    state.isFull = false;
    await expect.poll(() => said.length).toBe(2);
    log.write('{"n":6}');
    await log.close();
    const lines = state.written.split('\n').filter((line) => line !== '');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { n: 1 },
      { event: 'log-lines-lost', level: 'error' },
      { n: 6 },
    ]);
    const { count = 0 } = JSON.parse(lines[1] ?? '') as { count?: number };
    // One, and those of the tries meanwhile.
    expect(count).toBeGreaterThanOrEqual(4);
    expect(said[1]).toContain(`${count} lines were lost`);
  });

  it('ends nothing when it cannot even be opened', async () => {
    const said: string[] = [];
    const log = openLogFile({ file: join(folder, 'none', 'x'), complain: (text) => said.push(text) });
    log.write('{}');
    await expect.poll(() => said).toEqual([expect.stringContaining('ENOENT')]);
    log.write('{}');
    await log.close();
  });
});

describe('the log file that grows', () => {
  it('is set aside at its bound, in the place of an older one, and loses no line', async () => {
    const log = openLogFile({ file: file(), complain: () => undefined, bytesMax: 100 });
    for (let n = 10; n < 60; n += 1) {
      log.write(`{"n":${n}}`);
      if (n % 10 === 0) await sleep(10);
    }
    await log.close();
    const [aside, own] = [`${file()}.1`, file()].map((path) => readFileSync(path, 'utf8'));
    expect(Math.max(statSync(file()).size, statSync(`${file()}.1`).size)).toBeLessThan(130);
    const numbers = `${aside}${own}`
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { n: number }).n);
    expect(numbers).toEqual(numbers.map((_n, index) => 60 - numbers.length + index));
    expect(numbers.at(-1)).toBe(59);
  });

  it("counts what stood there before, and is its owner's alone", async () => {
    const first = openLogFile({ file: file(), complain: () => undefined });
    first.write('x'.repeat(200));
    await first.close();
    const second = openLogFile({ file: file(), complain: () => undefined, bytesMax: 100 });
    second.write('y');
    await second.close();
    expect(readFileSync(`${file()}.1`, 'utf8')).toBe(`${'x'.repeat(200)}\n`);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });
});
