import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DescribeTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GateFlagRefused, readGateFlags } from '#database/gate/gate-flags';
import { makeClient } from '#database/testing/clients';
import { type GatedEngine, startGatedEngine } from '#database/testing/gated-engine';
import { createTable, textOf } from '#database/testing/tables';

let gated: GatedEngine;
beforeAll(async () => {
  gated = await startGatedEngine();
  const direct = makeClient(gated.engine().endpoint);
  await createTable(direct, { name: 'orders', write: 1000 });
  await createTable(direct, { name: 'views' });
});
afterAll(async () => gated.close());

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const startMain = (...args: readonly string[]) => {
  const child = spawn(process.execPath, [main, '--upstream', gated.engine().endpoint, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exitCode = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const said = new Promise<string>((resolve) => {
    let text = '';
    const hear = (chunk: unknown) => {
      text += String(chunk);
      if (String(chunk).includes('"ready"')) resolve(text);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', () => resolve(text));
  });
  return { child, exitCode, said };
};

describe('the gate as a command', () => {
  it('stands in front of an endpoint, with the capacity and the seed that it is given, until it is told to end', async () => {
    const { child, exitCode, said } = startMain('--json', '--capacity', 'orders=10', '--burst', '0', '--seed', '9');
    const { endpoint } = JSON.parse(await said) as { endpoint: string };
    const client = makeClient(endpoint, 'anybody');
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'orders' }));
    expect(Table?.ProvisionedThroughput?.WriteCapacityUnits).toBe(10);
    const put = (bytes: number) =>
      client.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: 'a' }, text: { S: textOf(bytes) } } }));
    await put(100 * 1024);
    await expect(put(1)).rejects.toHaveProperty('name', 'ProvisionedThroughputExceededException');
    const meters = await fetch(`${endpoint}/_gate/meters`, { headers: { 'x-penstock-control': '1' } });
    expect(await meters.json()).toMatchObject({ tables: { orders: { requests: 2, throttled: 1 } } });
    child.kill('SIGTERM');
    expect(await exitCode).toBe(0);
  });

  it.each([
    ['pencils=5', 'pencils: There is no such table'],
    ['views=5', 'views: The table is on-demand'],
  ])('refuses --capacity %s with exit code 2', async (capacity, words) => {
    const { exitCode, said } = startMain('--capacity', capacity);
    expect([await said, await exitCode]).toEqual([expect.stringContaining(words), 2]);
  });
});

describe('the flags of the gate', () => {
  const upstream = ['--upstream', 'http://127.0.0.1:8000'];

  it('are few, and most have a value of their own', () => {
    expect(readGateFlags([...upstream, '--capacity', 'a=5,b=6', '--decreases-per-day=4'])).toEqual({
      upstreamUrl: 'http://127.0.0.1:8000',
      port: 0,
      capacity: { a: 5, b: 6 },
      burstSeconds: 0,
      seed: 1,
      updatingMs: 0,
      decreasesPerDay: 4,
      json: false,
    });
  });

  it.each([
    [[], '--upstream'],
    [['--upstream', 'https://dynamodb.us-east-1.amazonaws.com'], 'on this machine'],
    [['--upstream', 'http://10.0.0.1:8000'], 'on this machine'],
    [[...upstream, '--burst', '301'], '--burst: Give a whole number from 0 to 300.'],
    [[...upstream, '--capacity', 'orders'], '--capacity orders'],
    [[...upstream, '--capacity', 'orders=0'], '--capacity orders: Give a whole number from 1 to 40000.'],
    [[...upstream, '--speed', '9'], 'Known: --upstream'],
    [[...upstream, '--port', 'x'], '--port'],
  ])('refuses %j and says why', (args, words) => {
    const read = () => readGateFlags(args);
    expect(read).toThrow(GateFlagRefused);
    expect(read).toThrow(words);
  });
});
