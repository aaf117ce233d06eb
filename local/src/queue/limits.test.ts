import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createQueue } from '#queue/contract-client';
import { makeQueueEngine, type QueueEngineOptions } from '#queue/engine';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closers.splice(0)) await close();
});

const open = async (options: Partial<QueueEngineOptions> = {}): Promise<string> => {
  const engine = makeQueueEngine({ dataDir: null, ...options });
  closers.push(engine.close);
  return `http://127.0.0.1:${await engine.listen(0)}/`;
};
const now = { MaxNumberOfMessages: 10, WaitTimeSeconds: 0 };

describe('messages in flight', () => {
  it('are limited: a short poll of a standard queue is OverLimit, a long poll waits for a delete', async () => {
    const queue = await createQueue(await open({ inFlightMax: { standard: 3 } }), 'orders');
    for (const body of ['a', 'b', 'c', 'd']) await queue.send(body);
    const [first] = await queue.receive(now);
    expect(first).toBeDefined();
    expect((await queue.receive({ ...now, WaitTimeSeconds: 1 })).length).toBe(0);
    expect(await queue.call('ReceiveMessage', now)).toMatchObject({
      status: 400,
      body: { __type: 'com.amazonaws.sqs#OverLimit' },
    });
    if (first !== undefined) await queue.remove(first);
    expect(await queue.bodies(now)).toEqual(['d']);
  });

  it('are limited in a FIFO queue too, which then gives nothing and no error', async () => {
    const queue = await createQueue(await open({ inFlightMax: { fifo: 2 } }), 'moves.fifo');
    for (const group of ['a', 'b', 'c']) await queue.sendTo(group, group);
    const [first] = await queue.receive(now);
    expect(await queue.bodies(now)).toEqual([]);
    if (first !== undefined) await queue.remove(first);
    expect(await queue.bodies(now)).toEqual(['c']);
  });
});

const day = 24 * 60 * 60;

describe('retention', () => {
  it.each(['orders', 'moves.fifo'])('keeps a message of %s for its 14 days and no longer', async (name) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const queue = await createQueue(await open(), name, { MessageRetentionPeriod: `${14 * day}` });
    const send = (body: string) => (name.endsWith('.fifo') ? queue.sendTo(body, body) : queue.send(body));
    await send('old');
    vi.setSystemTime(Date.now() + 5 * day * 1000);
    await send('young');
    vi.setSystemTime(Date.now() + (9 * day - 100) * 1000);
    for (const message of await queue.receive(now)) await queue.setVisibility(message, 0);
    expect((await queue.attributes()).ApproximateNumberOfMessages).toBe('2');
    vi.setSystemTime(Date.now() + 200 * 1000);
    expect(await queue.bodies(now)).toEqual(['young']);
  });

  it('is four days when nobody says otherwise, and forgets on disk too', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const dataDir = mkdtempSync(join(tmpdir(), 'penstock-queue-'));
    const engine = makeQueueEngine({ dataDir });
    const queue = await createQueue(`http://127.0.0.1:${await engine.listen(0)}/`, 'orders');
    await queue.send('old');
    vi.setSystemTime(Date.now() + (4 * day + 100) * 1000);
    expect(await queue.bodies(now)).toEqual([]);
    await engine.close();
    vi.setSystemTime(Date.now() - 2 * day * 1000);
    const again = await createQueue(await open({ dataDir }), 'orders');
    expect(await again.bodies(now)).toEqual([]);
    rmSync(dataDir, { recursive: true });
  });
});
