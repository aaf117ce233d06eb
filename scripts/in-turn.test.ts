import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const module_ = new URL('./in-turn.mjs', import.meta.url).href;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-turn-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lock = () => join(folder, 'lock');
const run = (name: string, then = ''): Promise<number | null> => {
  const code = `
    import { appendFileSync } from 'node:fs';
    import { inTurn } from ${JSON.stringify(module_)};
    const note = (what) => appendFileSync(${JSON.stringify(join(folder, 'notes'))}, what + ' ');
    const rest = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
    inTurn(${JSON.stringify(lock())}, () => { note('begin'); rest(); note('end'); ${then} }, () => note('${name}'));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', resolve));
};
const notes = () => readFileSync(join(folder, 'notes'), 'utf8').trim();

it('two do it one after the other, also when the first ends its process in the middle', async () => {
  expect(await Promise.all([run('wait', 'process.exit(6);'), run('wait', 'process.exit(6);')])).toEqual([6, 6]);
  expect(notes().replace('wait ', '')).toBe('begin end begin end');
  expect(existsSync(lock())).toBe(false);
});

it('nobody waits for one that was killed', async () => {
  const dead = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => dead.once('exit', resolve));
  writeFileSync(lock(), String(dead.pid));
  expect(await run('wait')).toBe(0);
  expect(notes()).toBe('wait begin end');
});
