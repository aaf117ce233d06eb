import { BatchGetItemCommand, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GateMeters } from '#database/gate/meters';
import { makeClient } from '#database/testing/clients';
import { type GatedEngine, startGatedEngine } from '#database/testing/gated-engine';
import { createTable, textOf } from '#database/testing/tables';

let gated: GatedEngine;
let client: DynamoDBClient;
let table = '';
beforeAll(async () => {
  gated = await startGatedEngine();
  client = makeClient(gated.gate.endpoint);
  table = await createTable(client, { write: 5000, read: 5000 });
});
afterAll(async () => gated.close());

const put = (id: string, sender = client) =>
  sender.send(new PutItemCommand({ TableName: table, Item: { id: { S: id } } }));

describe('while the engine is away', () => {
  it('the gate answers 503, which SDKs try again, charges nothing, and serves at once when the engine is back', async () => {
    await gated.kill();
    await gated.control('DELETE', '/_gate/meters');
    const fault = await put('a').catch((error: unknown) => error);
    expect(fault).toMatchObject({ $metadata: { httpStatusCode: 503 } });
    expect((await gated.control('GET', '/_gate/health')).status).toBe(200);
    const { body } = await gated.control('GET', '/_gate/meters');
    expect((body as GateMeters).tables[table]?.consumed.useful).toBe(0);
    expect((await gated.control('PUT', '/_gate/capacity', { [table]: { writePerSecond: 9 } })).status).toBe(503);
    await gated.restart();
    await put('a');
  });

  it('a gate that starts first finds the tables when the engine comes', async () => {
    const { startGate } = await import('#database/gate/server');
    await gated.kill();
    const early = await startGate({
      port: 0,
      upstreamUrl: gated.engine().endpoint,
      burstSeconds: 0,
      authorise: () => true,
    });
    try {
      await gated.restart();
      await expect
        .poll(async () => {
          const headers = { 'x-penstock-control': '1' };
          const answer = await fetch(`${early.endpoint}/_gate/meters`, { headers });
          return Object.keys(((await answer.json()) as GateMeters).tables);
        })
        .toContain(table);
    } finally {
      await early.close();
    }
  });
});

describe('a restart of the engine under load', () => {
  it('loses no acknowledged write, and callers that try again get through', async () => {
    const patient = makeClient(gated.gate.endpoint, 'operator', { maxAttempts: 10 });
    const acknowledged: string[] = [];
    let isWriting = true;
    const write = async (writer: number) => {
      for (let number = 0; isWriting; number += 1) {
        const id = `w${writer}-${number}`;
        await put(id, patient);
        acknowledged.push(id);
      }
    };
    const writers = Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(write));
    for (let kill = 0; kill < 3; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await gated.kill();
      await gated.restart();
    }
    const beforeLast = acknowledged.length;
    await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(beforeLast + 50);
    isWriting = false;
    await writers;
    const lost = await findMissing(acknowledged);
    expect([acknowledged.length > 100, lost]).toEqual([true, []]);
  }, 60_000);

  it('is caught when an acknowledged write is gone (planted)', async () => {
    await put('kept');
    expect(await findMissing(['kept', 'never-written'])).toEqual(['never-written']);
  });

  it('is no reason to lose the balance: the gate throttles as before', async () => {
    const small = await createTable(client, { write: 1 });
    const Item = { id: { S: 'a' }, text: { S: textOf(20_000) } };
    const write = () => client.send(new PutItemCommand({ TableName: small, Item }));
    await write();
    await gated.kill();
    await gated.restart();
    await expect(write()).rejects.toHaveProperty('name', 'ProvisionedThroughputExceededException');
    await client.send(new GetItemCommand({ TableName: small, Key: { id: { S: 'a' } } }));
  });
});

const findMissing = async (ids: readonly string[]): Promise<readonly string[]> => {
  const found = new Set<string>();
  for (let from = 0; from < ids.length; from += 100) {
    const Keys = ids.slice(from, from + 100).map((id) => ({ id: { S: id } }));
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } }),
    );
    if (Object.keys(UnprocessedKeys ?? {}).length > 0) throw new TypeError('Keys were left unprocessed.');
    for (const { id } of Responses?.[table] ?? []) found.add(id?.S ?? '');
  }
  return ids.filter((id) => !found.has(id));
};
