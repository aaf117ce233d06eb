import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DataFolder, openDataFolder, startOf, writeWhole } from '#supervisor/data-folder';
import { CommandEnded } from '#supervisor/exit';

let path = '';
const opened: DataFolder[] = [];
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'penstock-data-'));
});
afterEach(() => {
  for (const folder of opened.splice(0)) folder.release();
  rmSync(path, { recursive: true, force: true });
});

const open = (more: { readonly fresh?: boolean; readonly ram?: boolean } = {}): DataFolder => {
  const folder = openDataFolder({ data: path, fresh: false, ram: false, ...more });
  opened.push(folder);
  return folder;
};
const lock = (owner: object | string): void =>
  writeFileSync(join(path, 'lock'), typeof owner === 'string' ? owner : JSON.stringify(owner));
const put = (name: string): void => {
  mkdirSync(join(path, name, '..'), { recursive: true });
  writeFileSync(join(path, name), 'old');
};

describe('the lock of a data folder', () => {
  it('refuses a second cloud with exit code 4, and says who has it', () => {
    open();
    const refused = (() => {
      try {
        return open();
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(CommandEnded);
    expect(refused).toMatchObject({
      exitCode: 4,
      message: expect.stringContaining(`in use by the cloud with process id ${process.pid}`),
    });
  });

  it('leaves the running cloud alone when a second one wants to begin afresh', () => {
    const folder = open();
    writeFileSync(folder.runFile, '{}');
    put('database/database.sqlite');
    expect(() => open({ fresh: true })).toThrow(/in use/);
    expect(existsSync(folder.runFile)).toBe(true);
    expect(existsSync(join(path, 'database/database.sqlite'))).toBe(true);
    expect(readdirSync(path).filter((name) => name.startsWith('lock'))).toEqual(['lock']);
  });

  it('is free again after a release', () => {
    const folder = open();
    writeFileSync(folder.runFile, '{}');
    folder.release();
    expect(readdirSync(path)).not.toContain('lock');
    expect(existsSync(folder.runFile)).toBe(false);
    open();
  });

  it('is taken over from a process that was killed, with the run.json that it left', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    lock({ pid, startedAt: '123' });
    put('run.json');
    const folder = open();
    expect(existsSync(folder.runFile)).toBe(false);
    expect(JSON.parse(readFileSync(join(path, 'lock'), 'utf8'))).toEqual({
      pid: process.pid,
      startedAt: startOf(process.pid),
    });
  });

  it('is taken over when its process id has come round to somebody else', () => {
    lock({ pid: process.pid, startedAt: '1' });
    open();
  });

  it.each(['', '{"pid":', '{"pid":"1"}', '[]'])('is taken over when it is no whole lock: %j', (text) => {
    lock(text);
    open();
  });

  it('goes to one of two that start at the same moment', async () => {
    const script = `
      const { openDataFolder } = await import(${JSON.stringify(new URL('./data-folder.ts', import.meta.url).href)});
      await new Promise((resolve) => setTimeout(resolve, Number(process.argv[1]) - Date.now()));
      try { openDataFolder({ data: ${JSON.stringify(path)}, fresh: false, ram: false }); console.log('has it'); }
      catch (error) { console.log(error.exitCode); }
      setTimeout(() => {}, 300);`;
    const atMs = String(Date.now() + 500);
    const answers = await Promise.all(
      Array.from(
        { length: 4 },
        () =>
          new Promise<string>((resolve) => {
            const child = spawn(
              process.execPath,
              ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script, atMs],
              { stdio: ['ignore', 'pipe', 'inherit'] },
            );
            let said = '';
            child.stdout.on('data', (chunk: Buffer) => {
              said += chunk.toString('utf8');
            });
            child.once('exit', () => resolve(said.trim()));
          }),
      ),
    );
    expect(answers.sort()).toEqual(['4', '4', '4', 'has it']);
  });
});

describe('a data folder', () => {
  it('keeps what a cloud stored', () => {
    put('database/database.sqlite');
    put('seeded');
    open();
    expect(readFileSync(join(path, 'database/database.sqlite'), 'utf8')).toBe('old');
    expect(existsSync(join(path, 'seeded'))).toBe(true);
  });

  it('loses with --fresh what clouds store, and nothing else', () => {
    for (const name of [
      'database/database.sqlite',
      'queue/q',
      'objects/o',
      'checkpoints/c',
      'logs/l',
      'secrets.json',
      'seeded',
    ])
      put(name);
    put('loadtest/result.json');
    open({ fresh: true });
    expect(readdirSync(path).sort()).toEqual(['checkpoints', 'database', 'loadtest', 'lock', 'logs']);
    expect(readdirSync(join(path, 'database'))).toEqual([]);
  });

  it('keeps what is hot on the RAM disk with --ram, until the release', () => {
    const folder = open({ ram: true });
    expect(folder).toMatchObject({ path, inMemory: true, logFile: join(path, 'logs', 'penstock.jsonl') });
    expect(folder.hot.startsWith('/dev/shm/penstock-')).toBe(true);
    expect(statSync(join(folder.hot, 'database')).isDirectory()).toBe(true);
    folder.release();
    expect(existsSync(folder.hot)).toBe(false);
  });

  it.each(['seeded', 'checkpoints/views-products'])(
    'that was used (%s) is not begun again over an emptied database',
    (trace) => {
      put(trace);
      expect(() => open()).toThrow(/database\.sqlite is empty or gone.*--fresh/s);
      put('database/database.sqlite');
      writeFileSync(join(path, 'database/database.sqlite'), '');
      expect(() => open()).toThrow(CommandEnded);
      expect(readdirSync(path)).not.toContain('lock');
      expect(existsSync(join(path, trace))).toBe(true);
      open({ fresh: true });
    },
  );

  it("is its owner's alone, and so is what an earlier release left open to others", () => {
    for (const name of ['database/database.sqlite', 'objects/images/x', 'secrets.json']) put(name);
    for (const name of ['.', 'database', 'objects/images']) chmodSync(join(path, name), 0o755);
    for (const name of ['database/database.sqlite', 'objects/images/x']) chmodSync(join(path, name), 0o644);
    const folder = open();
    writeFileSync(folder.runFile, '{}');
    const leftOpen = readdirSync(path, { recursive: true })
      .map(String)
      .concat('.')
      .filter((name) => (statSync(join(path, name)).mode & 0o077) !== 0);
    expect(leftOpen).toEqual([]);
  });

  it('keeps the rights of a folder that people keep other things in', () => {
    put('thesis.txt');
    chmodSync(path, 0o755);
    chmodSync(join(path, 'thesis.txt'), 0o644);
    open();
    expect(statSync(path).mode & 0o777).toBe(0o755);
    expect(statSync(join(path, 'thesis.txt')).mode & 0o777).toBe(0o644);
    expect(statSync(join(path, 'database')).mode & 0o777).toBe(0o700);
  });

  it('cannot be a file', () => {
    put('file');
    path = join(path, 'file');
    expect(() => open()).toThrow(/EEXIST|ENOTDIR/);
    path = join(path, '..');
  });

  it('is made when it is not there', () => {
    path = join(path, 'deep', 'er');
    expect(existsSync(open().path)).toBe(true);
  });
});

describe('a file that is written whole', () => {
  it('replaces the old one and leaves no half behind', () => {
    const file = join(path, 'run.json');
    writeWhole(file, 'one');
    writeWhole(file, 'two');
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(path)).toEqual(['run.json']);
  });
});

describe('when a process began', () => {
  it('is the same at every look, and nothing for a process that is gone', () => {
    expect(startOf(process.pid)).toMatch(/^\d+$/);
    expect(startOf(process.pid)).toBe(startOf(process.pid));
    expect(startOf(spawnSync(process.execPath, ['-e', '']).pid)).toBe('');
  });
});
