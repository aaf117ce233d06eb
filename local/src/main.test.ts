import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOf } from '#supervisor/data-folder';
import { endScripts, runScript } from '#supervisor/testing/processes';

const main = new URL('./main.ts', import.meta.url).pathname;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-main-'));
});
afterAll(() => {
  endScripts();
  rmSync(folder, { recursive: true });
});

/** The command line as a process of its own: what it says, where, and its exit code. */
const run = (line: string, environment: Readonly<Record<string, string>> = {}) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', main, ...line.split(' ')],
    { encoding: 'utf8', env: { PATH: process.env.PATH, PENSTOCK_DATA: folder, ...environment }, timeout: 20_000 },
  );
  return { code: status, stdout, stderr };
};

describe('the command line as a process', { timeout: 30_000 }, () => {
  it.each([
    ['dance', 2, '"dance" is no command. Known: start, dev, status, stop, switch, trace, rush.'],
    ['start --port seven', 2, '--port seven: give a whole number from 0 to 65530.'],
    ['status', 3, 'Nothing is running on '],
    ['switch orders off', 3, 'Nothing is running on '],
    ['switch orders maybe', 2, 'switch: give `orders off|on`'],
    ['trace 01hv0000000000000000000001', 3, 'There is no log at '],
    ['trace 01HV0-00000', 3, 'There is no log at '],
    ['trace tea', 2, '"tea" names no order: its number'],
    ['rush 50', 3, 'Nothing is running on '],
    ['rush 5000', 2, 'rush 5000: give a whole number from 1 to 1000.'],
    ['rush --colour', 2, "rush: Unknown option '--colour'"],
  ])('%s ends with exit code %i and a sentence on stderr, nothing on stdout', (line, code, sentence) => {
    const answer = run(line);
    expect(answer).toMatchObject({ code, stdout: '' });
    expect(answer.stderr).toContain(sentence);
    expect(answer.stderr).not.toContain('    at ');
  });

  it('does not start where the functions would call the real AWS', () => {
    expect(run('start', { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' })).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('Unset it.'),
    });
  });

  it('takes the run.json of a dead process for nothing', () => {
    writeFileSync(join(folder, 'run.json'), JSON.stringify({ pid: spawnSync(process.execPath, ['-e', '']).pid }));
    expect(run('status --json')).toMatchObject({ code: 3, stdout: '' });
    rmSync(join(folder, 'run.json'));
  });

  it('prints the state of a running cloud, and stops it', async () => {
    const { child, until } = runScript(
      new URL('./supervisor/testing/part-main.ts', import.meta.url),
      '{"manner":"good"}',
    );
    await until('listening');
    const state = { pid: child.pid, startedAt: 'now', shopUrl: 'http://127.0.0.1:1' };
    writeFileSync(join(folder, 'run.json'), JSON.stringify(state));
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: child.pid, startedAt: '1' }));
    // The process id has come round to somebody else, who must not be stopped.
    expect(run('stop').code).toBe(3);
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: child.pid, startedAt: startOf(child.pid ?? 0) }));
    // A cloud that still starts, or whose run.json was damaged, is there all the same: it can be stopped.
    writeFileSync(join(folder, 'run.json'), '{"pid":');
    expect(run('status')).toMatchObject({ code: 3, stderr: expect.stringContaining('is not ready yet') });
    writeFileSync(join(folder, 'run.json'), JSON.stringify(state));
    expect(JSON.parse(run('status --json').stdout)).toEqual(state);
    expect(run('status').stderr).toContain(`Running as process ${child.pid} since now.`);
    expect(run('stop --json')).toMatchObject({ code: 0, stdout: '{"event":"stopped","code":0}\n' });
    expect(startOf(child.pid ?? 0)).toBe('');
    rmSync(join(folder, 'run.json'));
  });
});
