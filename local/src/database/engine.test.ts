import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDynamoCall } from '#database/dynamodb-call';
import { DatabaseMissing, findBinary, startDatabaseEngine } from '#database/engine';
import { EngineNotStarted } from '#database/engine-process';
import { chooseHiddenEndpoint, portsNoPageMayCall } from '#database/hidden-address';
import { plainCall } from '#plain-call';

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
    const engine = await startDatabaseEngine({ dbFile: dbFile() });
    expect(await makeDynamoCall(engine.endpoint)('ListTables', {})).toEqual({ TableNames: [] });
    await engine.stop();
    expect(isAlive(engine.pid)).toBe(false);
  });

  it('keeps its tables over a SIGKILL and comes back on the same port', async () => {
    const first = await startDatabaseEngine({ dbFile: dbFile() });
    await makeDynamoCall(first.endpoint)('CreateTable', {
      TableName: 'orders',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await startDatabaseEngine({ dbFile: dbFile(), endpoint: first.endpoint });
    expect(await makeDynamoCall(second.endpoint)('ListTables', {})).toEqual({ TableNames: ['orders'] });
    await second.stop();
  });

  it('ends what an earlier run left on the same file, and nothing else', async () => {
    const other = await startDatabaseEngine({ dbFile: join(folder, 'other.sqlite') });
    const left = await startDatabaseEngine({ dbFile: dbFile() });
    const next = await startDatabaseEngine({ dbFile: dbFile() });
    await left.exited;
    expect([left, next, other].map(({ pid }) => isAlive(pid))).toEqual([false, true, true]);
    await Promise.all([next.stop(), other.stop()]);
  });

  it('says that the port is taken, in its own words', async () => {
    const endpoint = await chooseHiddenEndpoint();
    const { hostname, port } = new URL(endpoint);
    const holder = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => holder.listen(Number(port), hostname, resolve));
    await expect(startDatabaseEngine({ dbFile: dbFile(), endpoint })).rejects.toBeInstanceOf(EngineNotStarted);
    holder.close();
  });

  it('stands where no page may call, whoever asks: fetch keeps to the rules of browsers', async () => {
    const engine = await startDatabaseEngine({ dbFile: dbFile() });
    const { hostname, port } = new URL(engine.endpoint);
    expect(portsNoPageMayCall).toContain(Number(port));
    expect(hostname).toMatch(/^127\.[1-9]/);
    expect((await plainCall(engine.endpoint, { method: 'GET' })).status).toBeGreaterThan(0);
    const refused = fetch(engine.endpoint).catch((error: Error) => error.cause);
    expect(await refused).toMatchObject({ message: 'bad port' });
    await engine.stop();
  });

  it('stands somewhere else each time', async () => {
    const endpoints = await Promise.all(Array.from({ length: 20 }, () => chooseHiddenEndpoint()));
    expect(new Set(endpoints).size).toBe(20);
  });

  it('ends with its parent, even when that is killed', async () => {
    const engineUrl = new URL('./engine.ts', import.meta.url).href;
    const script = `const { startDatabaseEngine } = await import(${JSON.stringify(engineUrl)});
      const engine = await startDatabaseEngine({ dbFile: ${JSON.stringify(dbFile())} });
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
