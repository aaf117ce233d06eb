import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDynamoCall } from '#database/dynamodb-call';
import { DatabaseMissing, findBinary, startDatabaseEngine } from '#database/engine';
import { EngineNotStarted, findFreePort } from '#database/engine-process';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-database-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const dbFile = () => join(folder, 'tables.sqlite');
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the engine', () => {
  it('answers when it is said to be started, and is gone when it is stopped', async () => {
    const engine = await startDatabaseEngine({ dbFile: dbFile(), port: 0 });
    expect(await makeDynamoCall(engine.endpoint)('ListTables', {})).toEqual({ TableNames: [] });
    await engine.stop();
    expect(isAlive(engine.pid)).toBe(false);
  });

  it('keeps its tables over a SIGKILL and comes back on the same port', async () => {
    const first = await startDatabaseEngine({ dbFile: dbFile(), port: 0 });
    await makeDynamoCall(first.endpoint)('CreateTable', {
      TableName: 'orders',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await startDatabaseEngine({ dbFile: dbFile(), port: first.port });
    expect(await makeDynamoCall(second.endpoint)('ListTables', {})).toEqual({ TableNames: ['orders'] });
    await second.stop();
  });

  it('ends what an earlier run left on the same file, and nothing else', async () => {
    const other = await startDatabaseEngine({ dbFile: join(folder, 'other.sqlite'), port: 0 });
    const left = await startDatabaseEngine({ dbFile: dbFile(), port: 0 });
    const next = await startDatabaseEngine({ dbFile: dbFile(), port: 0 });
    await left.exited;
    expect([left, next, other].map(({ pid }) => isAlive(pid))).toEqual([false, true, true]);
    await Promise.all([next.stop(), other.stop()]);
  });

  it('says that the port is taken, in its own words', async () => {
    const port = await findFreePort();
    const holder = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
    await expect(startDatabaseEngine({ dbFile: dbFile(), port })).rejects.toBeInstanceOf(EngineNotStarted);
    holder.close();
  });

  it('ends with its parent, even when that is killed', async () => {
    const engineUrl = new URL('./engine.ts', import.meta.url).href;
    const script = `const { startDatabaseEngine } = await import(${JSON.stringify(engineUrl)});
      const engine = await startDatabaseEngine({ dbFile: ${JSON.stringify(dbFile())}, port: 0 });
      console.log(engine.pid); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
  });
});

describe('where the package is absent', () => {
  it('no binary is found, and the error says what to do, with exit code 6', () => {
    expect(
      findBinary(() => {
        throw new Error('Cannot find module');
      }),
    ).toBeUndefined();
    expect(findBinary(() => join(folder, 'package.json'))).toBeUndefined();
    expect(new DatabaseMissing()).toMatchObject({ exitCode: 6, message: expect.stringContaining('npm run engines') });
  });
});
