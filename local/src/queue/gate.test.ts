import { afterEach, describe, expect, it } from 'vitest';
import { callSqs, makeQueueClient } from '#queue/contract-client';
import type { AuthorisedCall } from '#queue/gate';
import { type QueuePart, startQueuePart } from '#queue/part';

const parts: QueuePart[] = [];
afterEach(async () => {
  for (const part of parts.splice(0)) await part.close();
});

const openGate = async (isAllowed: (call: AuthorisedCall) => boolean = () => true) => {
  const part = await startQueuePart({
    port: 0,
    dataDir: null,
    authorise: isAllowed,
    queues: [
      { name: 'orders-dead', attributes: {} },
      { name: 'orders', attributes: {}, deadLetter: { name: 'orders-dead', maxReceiveCount: 1 } },
      { name: 'baskets.fifo', attributes: { DeduplicationScope: 'messageGroup' } },
    ],
  });
  parts.push(part);
  const endpoint = `http://127.0.0.1:${part.port}/`;
  const control = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    fetch(`${endpoint}_gate/${path}`, {
      method,
      headers: { 'x-penstock-control': '1', ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
  return {
    part,
    endpoint,
    control,
    setFaults: async (faults: object) => expect((await control('PUT', 'faults', faults)).status).toBe(204),
    orders: makeQueueClient(endpoint, `${endpoint}000000000000/orders`),
    baskets: makeQueueClient(endpoint, `${endpoint}000000000000/baskets.fifo`),
  };
};

describe('grants', () => {
  it('asks for each call by caller, IAM action and resource of the topology; a batch is the single action', async () => {
    const calls: AuthorisedCall[] = [];
    const { endpoint, baskets } = await openGate((call) => calls.push(call) > 0);
    await baskets.batch('SendMessage', [
      { Id: 'a', MessageBody: 'a', MessageGroupId: 'g', MessageDeduplicationId: '1' },
    ]);
    await callSqs(endpoint, 'ReceiveMessage', { QueueUrl: baskets.queueUrl }, 'fold-baskets');
    expect(calls).toEqual([
      { caller: 'operator', action: 'sqs:SendMessage', resource: 'queue/baskets' },
      { caller: 'fold-baskets', action: 'sqs:ReceiveMessage', resource: 'queue/baskets' },
    ]);
  });

  it('answers AccessDeniedException in the shape of SQS and stores nothing when a grant is missing', async () => {
    const { endpoint, part, orders } = await openGate(({ caller }) => caller === 'operator');
    const message = { QueueUrl: orders.queueUrl, MessageBody: 'x' };
    const answer = await callSqs(endpoint, 'SendMessage', message, 'shop-products');
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ __type: 'com.amazonaws.sqs#AccessDeniedException' });
    expect(part.meters().orders?.visible).toBe(0);
  });

  it('refuses an unsigned call, a web page, a foreign host name and anything but SQS', async () => {
    const { endpoint } = await openGate();
    const post = (headers: Record<string, string>, path = '') =>
      fetch(`${endpoint}${path}`, { method: 'POST', headers, body: '{}' }).then(({ status }) => status);
    const sqs = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ListQueues' };
    expect(await post(sqs)).toBe(403);
    expect(await post({ ...sqs, origin: 'https://example.org' })).toBe(403);
    expect(await post({ 'content-type': 'text/plain' })).toBe(404);
    expect(await post(sqs, 'bucket/key')).toBe(404);
  });
});

describe('control', () => {
  it('answers meters, faults and health only with the control header and without an Origin', async () => {
    const { control } = await openGate();
    expect((await control('GET', 'health')).status).toBe(200);
    expect((await control('GET', 'meters', undefined, { 'x-penstock-control': '' })).status).toBe(403);
    expect((await control('GET', 'meters', undefined, { origin: 'http://127.0.0.1:1' })).status).toBe(403);
    expect((await control('DELETE', 'faults', undefined, { 'x-penstock-control': 'no' })).status).toBe(403);
  });

  it('names the fault that it does not know', async () => {
    const { control } = await openGate();
    const answer = await control('PUT', 'faults', { duplicateShare: 2 });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('duplicateShare');
  });

  it('meters visible, in flight, delayed, oldest age and dead letters by queue', async () => {
    const { control, orders } = await openGate();
    await orders.send('poison');
    for (const message of await orders.receive()) await orders.setVisibility(message, 0);
    expect(await orders.bodies()).toEqual([]);
    await orders.send('one');
    await orders.send('later', { DelaySeconds: 60 });
    await orders.receive({ MaxNumberOfMessages: 1 });
    expect(await (await control('GET', 'meters')).json()).toMatchObject({
      orders: { visible: 0, inFlight: 1, delayed: 1, deadLetters: 1, oldestAgeMs: expect.any(Number) },
      baskets: { visible: 0, inFlight: 0, delayed: 0, oldestAgeMs: 0, deadLetters: 0 },
    });
  });
});

describe('faults on request', () => {
  it('delivers a share of deleted messages again, and all of them only until the fault is cleared', async () => {
    const { orders, baskets, setFaults, control, part } = await openGate();
    await setFaults({ duplicateShare: 1 });
    await baskets.sendTo('basket', 'op');
    await orders.send('order');
    for (const message of await baskets.receive()) await baskets.remove(message);
    const batch = (await orders.receive()).map(({ ReceiptHandle }) => ({ Id: 'x', ReceiptHandle }));
    expect((await orders.batch('DeleteMessage', batch)).Successful).toHaveLength(1);
    await control('DELETE', 'faults');
    const [again] = await baskets.receive({ WaitTimeSeconds: 5 });
    expect(again).toMatchObject({ Body: 'op', Attributes: { ApproximateReceiveCount: '2' } });
    if (again !== undefined) await baskets.remove(again);
    expect(part.meters().baskets).toMatchObject({ visible: 0, inFlight: 0 });
  });

  it('reorders standard queues by its seed and leaves FIFO alone', async () => {
    const order = async (seed: number) => {
      const { orders, baskets, setFaults } = await openGate();
      await setFaults({ reorderShare: 1, seed });
      for (let index = 0; index < 9; index += 1) {
        await orders.send(`${index}`);
        await baskets.sendTo('basket', `${index}`);
      }
      expect((await baskets.bodies()).join('')).toBe('012345678');
      return (await orders.bodies()).join('');
    };
    const first = await order(7);
    expect(first).not.toBe('012345678');
    expect([...first].toSorted().join('')).toBe('012345678');
    expect(await order(7)).toBe(first);
  });

  it('delays messages and keeps the order of a group when the delay is taken away', async () => {
    const { baskets, setFaults } = await openGate();
    await setFaults({ delayMs: 400 });
    await baskets.sendTo('basket', 'first');
    await setFaults({});
    await baskets.sendTo('basket', 'second');
    expect(await baskets.bodies()).toEqual([]);
    expect(await baskets.bodies({ WaitTimeSeconds: 5 })).toEqual(['first', 'second']);
  });

  it('fails sends without storing them, entry by entry in a batch', async () => {
    const { orders, setFaults, part } = await openGate();
    await setFaults({ sendErrorShare: 0.5, seed: 3 });
    const entries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: `${index}` }));
    const result = await orders.batch('SendMessage', entries);
    expect(result.Failed.length).toBeGreaterThan(0);
    expect(result.Successful.length + result.Failed.length).toBe(10);
    expect(part.meters().orders?.visible).toBe(result.Successful.length);
    await setFaults({ sendErrorShare: 1 });
    expect(await orders.call('SendMessage', { MessageBody: 'x' })).toMatchObject({ status: 503 });
    expect(await orders.batch('SendMessage', entries)).toMatchObject({ Successful: [], Failed: { length: 10 } });
    expect(part.meters().orders?.visible).toBe(result.Successful.length);
  });

  it('[A5] stores a send and loses its reply', async () => {
    const { orders, setFaults, part } = await openGate();
    await setFaults({ replyLostShare: 1 });
    await expect(orders.send('stored')).rejects.toThrow('fetch failed');
    expect(part.meters().orders?.visible).toBe(1);
  });
});
