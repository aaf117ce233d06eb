import { type DynamoDBClient, GetItemCommand, PutItemCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDynamoCall } from '#database/dynamodb-call';
import { removeExpired } from '#database/expiry';
import type { GateMeters } from '#database/gate/meters';
import { makeClient } from '#database/testing/clients';
import { type GatedEngine, startGatedEngine } from '#database/testing/gated-engine';
import { createTable } from '#database/testing/tables';

const nowMs = 1_800_000_000_000;
const nowSeconds = nowMs / 1000;
let gated: GatedEngine;
let client: DynamoDBClient;
beforeAll(async () => {
  gated = await startGatedEngine();
  client = makeClient(gated.gate.endpoint);
});
afterAll(async () => gated.close());

const put = (table: string, id: string, expiresAt?: number) =>
  client.send(
    new PutItemCommand({
      TableName: table,
      Item: { id: { S: id }, ...(expiresAt !== undefined && { expiresAt: { N: `${expiresAt}` } }) },
    }),
  );
const has = async (table: string, id: string) =>
  (await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: id } } }))).Item !== undefined;
const enable = (table: string) =>
  client.send(
    new UpdateTimeToLiveCommand({
      TableName: table,
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    }),
  );
const round = () =>
  removeExpired({ call: makeDynamoCall(gated.engine().endpoint), nowMs: () => nowMs, pause: async () => undefined });

describe('expiry', () => {
  it('deletes rows past their time, leaves the others, and charges nobody', async () => {
    const table = await createTable(client, { write: 100 });
    await enable(table);
    await put(table, 'past', nowSeconds - 1);
    await put(table, 'future', nowSeconds + 60);
    await put(table, 'no-expiry');
    await put(table, 'ancient', nowSeconds - 6 * 365 * 86_400);
    for (let index = 0; index < 250; index += 1) await putStraight(table, `old-${index}`);
    await gated.control('DELETE', '/_gate/meters');
    expect(await round()).toBe(251);
    const { body } = await gated.control('GET', '/_gate/meters');
    expect((body as GateMeters).tables[table]?.consumed).toEqual({ useful: 0, failed: 0, cancelled: 0 });
    const left = await Promise.all(['past', 'future', 'no-expiry', 'ancient'].map((id) => has(table, id)));
    expect(left).toEqual([false, true, true, true]);
  });

  it('leaves a row alone that got a new life after it was read', async () => {
    const table = await createTable(client);
    await enable(table);
    await put(table, 'renewed', nowSeconds - 1);
    const engine = makeDynamoCall(gated.engine().endpoint);
    const removed = await removeExpired({
      call: async (operation, body) => {
        if (operation === 'DeleteItem') await put(table, 'renewed', nowSeconds + 60);
        return engine(operation, body);
      },
      nowMs: () => nowMs,
      pause: async () => undefined,
    });
    expect([removed, await has(table, 'renewed')]).toEqual([0, true]);
  });

  it('touches no table without a time-to-live setting', async () => {
    const table = await createTable(client);
    await put(table, 'past', nowSeconds - 1);
    await round();
    expect(await has(table, 'past')).toBe(true);
  });
});

const putStraight = (table: string, id: string) =>
  makeDynamoCall(gated.engine().endpoint)('PutItem', {
    TableName: table,
    Item: { id: { S: id }, expiresAt: { N: `${nowSeconds - 10}` } },
  });
