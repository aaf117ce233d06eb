import {
  DescribeTableCommand,
  type DynamoDBClient,
  LimitExceededException,
  PutItemCommand,
  ResourceInUseException,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClient } from '#database/testing/clients';
import { type GatedEngine, startGatedEngine } from '#database/testing/gated-engine';
import { createTable, textOf } from '#database/testing/tables';

const dayMs = 24 * 60 * 60_000;
let nowMs = 20_000 * dayMs;
let gated: GatedEngine;
let client: DynamoDBClient;
beforeAll(async () => {
  gated = await startGatedEngine({
    clock: { now: () => nowMs },
    updateRules: { updatingMs: 5000, decreasesPerDay: 2 },
  });
  client = makeClient(gated.gate.endpoint);
});
afterAll(async () => gated.close());

const update = (TableName: string, write: number) =>
  client.send(
    new UpdateTableCommand({
      TableName,
      ProvisionedThroughput: { WriteCapacityUnits: write, ReadCapacityUnits: 100 },
    }),
  );
const describeTable = async (TableName: string) => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return [Table?.TableStatus, Table?.ProvisionedThroughput?.WriteCapacityUnits];
};
const settle = () => {
  nowMs += 5000;
};

describe('a change of capacity that takes its time', () => {
  it('leaves the table UPDATING with what it had, and then ACTIVE with what was ordered', async () => {
    const table = await createTable(client, { write: 10 });
    expect((await update(table, 1000)).TableDescription?.TableStatus).toBe('UPDATING');
    expect(await describeTable(table)).toEqual(['UPDATING', 10]);
    await client.send(
      new PutItemCommand({ TableName: table, Item: { id: { S: 'a' }, text: { S: textOf(20 * 1024) } } }),
    );
    nowMs += 500;
    const put = client.send(new PutItemCommand({ TableName: table, Item: { id: { S: 'b' } } }));
    await expect(put).rejects.toThrow('provisioned throughput');
    settle();
    expect(await describeTable(table)).toEqual(['ACTIVE', 1000]);
  });

  it('takes no second one meanwhile, by whatever door', async () => {
    const table = await createTable(client, { write: 10 });
    await update(table, 20);
    await expect(update(table, 30)).rejects.toBeInstanceOf(ResourceInUseException);
    const other = await createTable(client, { write: 10 });
    const moved = await gated.control('PUT', '/_gate/capacity', {
      [other]: { writePerSecond: 40 },
      [table]: { writePerSecond: 40 },
    });
    expect([moved.status, JSON.stringify(moved.body)]).toEqual([400, expect.stringContaining('being updated')]);
    expect(await describeTable(other)).toEqual(['ACTIVE', 10]);
  });

  it('holds for indexes too', async () => {
    const table = await createTable(client, { write: 10, index: {} });
    const index = async () => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
      return Table?.GlobalSecondaryIndexes?.[0]?.ProvisionedThroughput?.WriteCapacityUnits;
    };
    expect((await gated.control('PUT', '/_gate/capacity', { [table]: { writePerSecond: 77 } })).status).toBe(204);
    expect(await index()).toBe(10);
    settle();
    expect(await index()).toBe(77);
  });
});

describe('decreases', () => {
  it('are rationed in a UTC day: so many, then one when the last is an hour old, and anew tomorrow', async () => {
    const table = await createTable(client, { write: 100 });
    const decrease = async (write: number) => {
      settle();
      return update(table, write).then(
        () => 'done',
        (error: unknown) => error instanceof LimitExceededException,
      );
    };
    const start = Math.ceil(nowMs / dayMs) * dayMs;
    nowMs = start;
    expect([await decrease(90), await decrease(80), await decrease(70)]).toEqual(['done', 'done', true]);
    expect(await decrease(120)).toBe('done');
    nowMs += 60 * 60_000;
    expect([await decrease(110), await decrease(100)]).toEqual(['done', true]);
    nowMs = start + dayMs;
    expect([await decrease(60), await decrease(50), await decrease(40)]).toEqual(['done', 'done', true]);
  });
});
