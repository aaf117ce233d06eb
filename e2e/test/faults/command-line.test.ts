import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type RunState, spawnCloud, startCloud } from '#cloud';
import { until } from '#until';

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'penstock-cli-'));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

/** Runs a command to its end. */
const run = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = spawnCloud(args);
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr?.on('data', (chunk) => {
      err += String(chunk);
    });
    child.once('exit', (code) => resolve({ code: code ?? -1, out, err }));
  });

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A zombie that nobody has waited for yet is not alive.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe('the command line', () => {
  it.each([
    [['start', '--colour'], '--colour'],
    [['start', '--port', 'many'], '--port'],
    [['start', '--capacity', 'pencils=3'], 'pencils'],
    [['start', '--capacity', 'orders=none'], '--capacity'],
    [['start', '--burst', '-1'], '--burst'],
    [['start', '--staff-networks', '300.1.1.1/8'], '--staff-networks'],
    [['start', '--write-path', 'magic'], '--write-path'],
  ])('refuses %j with exit 2 and names it', async (args, named) => {
    const { code, err } = await run(...args, '--data', folder());
    expect([code, err]).toEqual([2, expect.stringContaining(named)]);
  });

  it('says with exit 3 that nothing runs', async () => {
    const data = folder();
    expect((await run('status', '--data', data)).code).toBe(3);
    expect((await run('stop', '--data', data)).code).toBe(3);
  });

  it('says with exit 5 that a port is taken', async () => {
    const blocker = createServer();
    const port = await new Promise<number>((resolve) =>
      blocker.listen(0, '127.0.0.1', () => resolve((blocker.address() as { port: number }).port)),
    );
    try {
      const { code, err } = await run('start', '--port', String(port), '--data', folder());
      expect([code, err]).toEqual([5, expect.stringContaining(String(port))]);
    } finally {
      blocker.close();
    }
  });

  it('starts, reports, refuses a second start, stops, and leaves no process and no run.json', async () => {
    const data = folder();
    const cloud = await startCloud([], data);
    expect(cloud).toMatchObject({
      schema: 1,
      state: 'ready',
      queues: { baskets: expect.stringContaining('baskets.fifo') },
      aws: { region: expect.any(String) },
    });
    expect(cloud.parts.map((part) => part.name).sort()).toEqual([
      'api',
      'database',
      'objects',
      'queue',
      'socket',
      'workers',
    ]);
    const written = JSON.parse(readFileSync(join(cloud.dataDir, 'run.json'), 'utf8')) as RunState;
    expect({ ...written, event: 'ready' }).toMatchObject({ pid: cloud.pid, shopUrl: cloud.shopUrl });

    const status = await run('status', '--data', data, '--json');
    expect([status.code, JSON.parse(status.out)]).toEqual([
      0,
      expect.objectContaining({ state: 'ready', pid: cloud.pid }),
    ]);

    const second = await run('start', '--port', '0', '--data', data);
    expect([second.code, second.err]).toEqual([4, expect.stringContaining(String(cloud.pid))]);

    const pids = [cloud.pid, ...cloud.now().parts.map((part) => part.pid)];
    const lines: string[] = [];
    cloud.child.stdout?.on('data', (chunk) => lines.push(String(chunk)));
    expect((await run('stop', '--data', data)).code).toBe(0);
    await until('every process to end', () => pids.every((pid) => !alive(pid)));
    expect(existsSync(join(cloud.dataDir, 'run.json'))).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends every process on %s', async (signal) => {
    const cloud = await startCloud([], folder());
    const pids = cloud.parts.map((part) => part.pid);
    process.kill(cloud.pid, signal);
    await until('every process to end', () => [cloud.pid, ...pids].every((pid) => !alive(pid)));
  });

  it('leaves no child behind when it is killed, is soon back on the same data, and says what is wrong with damaged data', {
    timeout: 120_000,
  }, async () => {
    const data = folder();
    const cloud = await startCloud([], data);
    const pids = cloud.parts.map((part) => part.pid);
    process.kill(cloud.pid, 'SIGKILL');
    await until('every child to end', () => pids.every((pid) => !alive(pid)));

    const plainFromMs = Date.now();
    const again = await startCloud([], data);
    const plainMs = Date.now() - plainFromMs;
    // A part that is stopped does not hear of the end.
    const stopped = again.parts.flatMap(({ name, pid }) => (name === 'database' ? [] : [pid]));
    for (const pid of stopped) process.kill(pid, 'SIGSTOP');
    process.kill(again.pid, 'SIGKILL');
    const begunMs = Date.now();
    const third = await startCloud([], data);
    // Two and a half seconds on a quiet machine of two cores; a busy one is slow at every start.
    expect(Date.now() - begunMs).toBeLessThan(Math.max(15_000, 2 * plainMs));
    expect(stopped.filter(alive)).toEqual([]);
    expect(await third.stop()).toBe(0);

    const database = join(data, 'database', 'database.sqlite');
    for (const more of ['-wal', '-shm']) rmSync(`${database}${more}`, { force: true });
    writeFileSync(database, 'no database');
    const damaged = await run('start', '--port', '0', '--data', data);
    expect([damaged.code, damaged.err]).toEqual([1, expect.stringContaining(`${database} is damaged`)]);
    expect(damaged.err).not.toContain('    at ');
    expect(readFileSync(database, 'utf8')).toBe('no database');
    writeFileSync(database, '');
    const emptied = await run('start', '--port', '0', '--data', data);
    expect([emptied.code, emptied.err]).toEqual([1, expect.stringContaining('is empty or gone')]);
    const file = join(data, 'secrets.json');
    expect((await run('start', '--port', '0', '--data', file)).err).toContain('a file stands where a folder has to be');
  });
});
