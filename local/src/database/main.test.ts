import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClient } from '#database/testing/clients';
import { type GatedEngine, startGatedEngine } from '#database/testing/gated-engine';
import { createTable } from '#database/testing/tables';

let gated: GatedEngine;
beforeAll(async () => {
  gated = await startGatedEngine();
  await createTable(makeClient(gated.gate.endpoint), { name: 'orders' });
});
afterAll(async () => gated.close());

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const topologyPath = fileURLToPath(new URL('../../../topology.json', import.meta.url));

const startMain = (config: unknown) => {
  const child = spawn(process.execPath, [main, JSON.stringify(config)], { stdio: ['pipe', 'pipe', 'pipe'] });
  const exitCode = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const said = new Promise<string>((resolve) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('\n')) resolve(text);
    });
    child.stderr.on('data', (chunk) => {
      text += String(chunk);
    });
    child.once('close', () => resolve(text));
  });
  return { child, exitCode, said };
};

describe('the gate as a process', () => {
  it('says where it listens, enforces the grants of the topology, and ends when its stdin closes', async () => {
    const { child, exitCode, said } = startMain({
      port: 0,
      upstreamUrl: gated.engine().endpoint,
      topologyPath,
      burstSeconds: 0,
    });
    const { event, port } = JSON.parse(await said) as { event: string; port: number };
    expect(event).toBe('listening');
    const endpoint = `http://127.0.0.1:${port}`;
    const get = new GetItemCommand({ TableName: 'orders', Key: { id: { S: 'a' } } });
    const scan = new ScanCommand({ TableName: 'orders' });
    await makeClient(endpoint, 'shop-orders').send(get);
    await makeClient(endpoint, 'operator').send(scan);
    for (const refused of [
      makeClient(endpoint, 'shop-orders').send(scan),
      makeClient(endpoint, 'fold-baskets').send(get),
      makeClient(endpoint, 'nobody').send(get),
    ])
      await expect(refused).rejects.toHaveProperty('name', 'AccessDeniedException');
    child.stdin.end();
    expect(await exitCode).toBe(0);
  });

  it('ends on SIGTERM', async () => {
    const { child, exitCode, said } = startMain({ port: 0, upstreamUrl: gated.engine().endpoint, burstSeconds: 0 });
    await said;
    child.kill('SIGTERM');
    expect(await exitCode).toBe(0);
  });

  it('refuses a wrong configuration with exit code 2, naming the field', async () => {
    const { exitCode, said } = startMain({ port: 0, upstreamUrl: gated.engine().endpoint, burstSeconds: 301 });
    expect([await exitCode, await said]).toEqual([2, expect.stringContaining('burstSeconds')]);
  });
});
