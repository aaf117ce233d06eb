import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeQueueClient } from '#queue/contract-client';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const topology = fileURLToPath(new URL('../../../topology.json', import.meta.url));

let dataDir = '';
let running: ChildProcess | undefined;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'penstock-queue-'));
});
afterEach(async () => {
  if (running !== undefined) await end(running, 'SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

const startPart = async () => {
  const config = JSON.stringify({ port: 0, dataDir, topology });
  const part = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, config], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running = part;
  const lines = createInterface(part.stdout)[Symbol.asyncIterator]();
  const { event, port } = JSON.parse((await lines.next()).value);
  expect(event).toBe('listening');
  const endpoint = `http://127.0.0.1:${port}/`;
  const client = (name: string) => makeQueueClient(endpoint, `${endpoint}000000000000/${name}`);
  return { part, orders: client('orders'), baskets: client('baskets.fifo') };
};

const end = (part: ChildProcess, how: NodeJS.Signals | 'close-stdin'): Promise<number | null> =>
  new Promise((resolve) => {
    if (part.exitCode !== null || part.signalCode !== null) return resolve(part.exitCode);
    part.once('exit', resolve);
    if (how === 'close-stdin') part.stdin?.end();
    else part.kill(how);
  });

describe('the queue part as a process', { timeout: 30_000 }, () => {
  it('keeps messages, order, locks, receive counts and deduplication over an orderly stop', async () => {
    const before = await startPart();
    for (const body of ['a0', 'a1', 'a2']) await before.baskets.sendTo('a', body);
    await before.baskets.receive({ MaxNumberOfMessages: 1 });
    await before.orders.send('order', { MessageGroupId: 'basket' });
    for (const message of await before.orders.receive()) await before.orders.setVisibility(message, 0);
    expect(await end(before.part, 'SIGTERM')).toBe(0);

    const after = await startPart();
    expect(await after.baskets.bodies()).toEqual([]);
    await after.baskets.sendTo('a', 'a2');
    expect(await after.baskets.attributes()).toMatchObject({
      ApproximateNumberOfMessages: '2',
      ApproximateNumberOfMessagesNotVisible: '1',
    });
    const [order] = await after.orders.receive();
    expect(order).toMatchObject({
      Body: 'order',
      Attributes: { ApproximateReceiveCount: '2', MessageGroupId: 'basket' },
    });
  });

  it('loses no accepted message and brings no deleted one back when it is killed', async () => {
    const before = await startPart();
    const accepted = new Set<string>();
    const removed = new Set<string>();
    const isUp = () => before.part.exitCode === null && before.part.signalCode === null;
    const send = async (writer: number) => {
      for (let index = 0; isUp(); index += 1) {
        const body = `${writer}-${index}`;
        await before.orders.send(body);
        accepted.add(body);
      }
    };
    const drain = async () => {
      while (isUp())
        for (const message of (await before.orders.receive()).slice(0, 3)) {
          await before.orders.remove(message);
          removed.add(message.Body);
        }
    };
    const work = Promise.allSettled([send(1), send(2), send(3), send(4), drain()]);
    setTimeout(() => before.part.kill('SIGKILL'), 1500);
    await work;
    expect(accepted.size).toBeGreaterThan(100);

    const after = await startPart();
    const found = new Set<string>();
    const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: hidden } =
      await after.orders.attributes();
    for (let count = Number(visible); count > 0; ) {
      const bodies = await after.orders.bodies();
      for (const body of bodies) found.add(body);
      count -= bodies.length;
    }
    // What was in flight at the kill stays hidden for its visibility, so it is counted, not seen.
    const unseen = [...accepted].filter((body) => !found.has(body) && !removed.has(body));
    expect(unseen.length).toBeLessThanOrEqual(Number(hidden));
    expect([...removed].filter((body) => found.has(body))).toEqual([]);
  });

  it('ends when its parent is gone', async () => {
    const { part } = await startPart();
    expect(await end(part, 'close-stdin')).toBe(0);
  });
});
