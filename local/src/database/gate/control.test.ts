import { type DynamoDBClient, GetItemCommand, InternalServerError, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeClient } from '#database/testing/clients';
import { type GatedEngine, startGatedEngine } from '#database/testing/gated-engine';
import { createTable } from '#database/testing/tables';

let gated: GatedEngine;
let client: DynamoDBClient;
beforeAll(async () => {
  gated = await startGatedEngine();
  client = makeClient(gated.gate.endpoint);
  await createTable(client, { name: 'orders', write: 50 });
  await createTable(client, { name: 'views' });
});
afterAll(async () => gated.close());
afterEach(async () => gated.control('DELETE', '/_gate/faults'));

const get = () => client.send(new GetItemCommand({ TableName: 'orders', Key: { id: { S: 'a' } } }));

describe('the control address', () => {
  it('says that the gate is well', async () => {
    expect(await gated.control('GET', '/_gate/health')).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it.each([
    ['without its header', {}],
    ['from a web page', { 'x-penstock-control': '1', origin: 'http://127.0.0.1:4100' }],
  ])('refuses a call %s', async (_what, headers) => {
    expect((await fetch(`${gated.gate.endpoint}/_gate/meters`, { headers })).status).toBe(403);
  });

  it('answers 404 to what it does not have', async () => {
    expect((await gated.control('GET', '/_gate/nothing')).status).toBe(404);
  });

  it.each([
    [{ orders: { writePerSecond: 0 } }, 'writePerSecond'],
    [{ orders: { writePerSecond: 'many' } }, 'writePerSecond'],
    [{ orders: { readPerSecond: 1.5 } }, 'readPerSecond'],
    [{ orders: { burstSeconds: 301 } }, 'burstSeconds'],
    [{ orders: { speed: 1 } }, 'speed'],
    [{ pencils: { writePerSecond: 1 } }, 'pencils'],
    [{ views: { writePerSecond: 1 } }, 'views'],
    [[], 'expected record'],
    [{ orders: { writePerSecond: 99 }, pencils: { writePerSecond: 1 } }, 'pencils'],
  ])('refuses the capacity %j and names %s', async (orders, named) => {
    const answer = await gated.control('PUT', '/_gate/capacity', orders);
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([400, expect.stringContaining(named)]);
    const { body } = await gated.control('GET', '/_gate/meters');
    expect(body).toMatchObject({ tables: { orders: { capacity: { write: 50 } } } });
  });

  it('takes the capacity that is already there', async () => {
    expect((await gated.control('PUT', '/_gate/capacity', { orders: { writePerSecond: 50 } })).status).toBe(204);
  });

  it.each([
    [{ errorShare: 2 }, 'errorShare'],
    [{ latencyMs: -1 }, 'latencyMs'],
    [{ seed: 'x' }, 'seed'],
    [{ kettle: 1 }, 'kettle'],
    [{ conflictShare: -0.1 }, 'conflictShare: Give a share from 0 to 1.'],
    [{ replyLostShare: '1' }, 'replyLostShare'],
    [{ staleMs: 60_001 }, 'staleMs: Give milliseconds from 0 to 60000.'],
  ])('refuses the faults %j and names %s', async (faults, named) => {
    const answer = await gated.control('PUT', '/_gate/faults', faults);
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([422, expect.stringContaining(named)]);
  });
});

describe('faults on request', () => {
  it('answer a share of calls with 500, and none when they are taken back', async () => {
    expect((await gated.control('PUT', '/_gate/faults', { seed: 3, errorShare: 1 })).status).toBe(204);
    await expect(get()).rejects.toBeInstanceOf(InternalServerError);
    const write = client.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: 'a' } } }));
    await expect(write).rejects.toBeInstanceOf(InternalServerError);
    await gated.control('DELETE', '/_gate/faults');
    expect((await get()).Item).toBeUndefined();
  });

  it('repeat by their seed', async () => {
    const run = async () => {
      await gated.control('PUT', '/_gate/faults', { seed: 11, errorShare: 0.5 });
      const outcomes: string[] = [];
      for (let call = 0; call < 12; call += 1)
        outcomes.push(
          await get().then(
            () => 'done',
            () => 'fault',
          ),
        );
      return outcomes;
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(new Set(first)).toEqual(new Set(['done', 'fault']));
  });

  it('delay every call', async () => {
    await gated.control('PUT', '/_gate/faults', { latencyMs: 80 });
    const startedAt = performance.now();
    await get();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(79);
  });
});
