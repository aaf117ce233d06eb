import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

  it('leaves no child behind when the supervisor itself is killed, and starts again on the same data', async () => {
    const data = folder();
    const cloud = await startCloud([], data);
    const pids = cloud.parts.map((part) => part.pid);
    process.kill(cloud.pid, 'SIGKILL');
    await until('every child to end', () => pids.every((pid) => !alive(pid)));
    const again = await startCloud([], data);
    expect(await again.stop()).toBe(0);
  });
});
