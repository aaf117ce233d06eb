import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  ProvisionedThroughputExceededException,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClient } from '#database/testing/clients';
import { type GatedEngine, startGatedEngine } from '#database/testing/gated-engine';
import { createTable, textOf } from '#database/testing/tables';

let nowMs = 1_000_000;
let gated: GatedEngine;
let client: DynamoDBClient;
beforeAll(async () => {
  gated = await startGatedEngine({ clock: { now: () => nowMs } });
  client = makeClient(gated.gate.endpoint);
});
afterAll(async () => gated.close());

const put = (table: string, id: string, more: Record<string, { S: string }> = {}) =>
  client.send(new PutItemCommand({ TableName: table, Item: { id: { S: id }, ...more } }));
const faultOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'admitted',
    (error: unknown) => error,
  );
const reasonsOf = async (call: Promise<unknown>): Promise<readonly string[]> => {
  const fault = await faultOf(call);
  if (!(fault instanceof ProvisionedThroughputExceededException)) throw new TypeError(`Not throttled: ${fault}`);
  return (fault.ThrottlingReasons ?? []).map(({ reason }) => reason ?? '');
};
/** Spends a table's running second of writes and 10 units more. */
const exhaust = (table: string, units = 20) => put(table, 'heavy', { text: { S: textOf(units * 1024 - 100) } });
const arnOf = async (table: string) =>
  (await client.send(new DescribeTableCommand({ TableName: table }))).Table?.TableArn ?? '';

describe('an exhausted table', () => {
  it('refuses writes with the exception, the reason and the resource that the SDK reads', async () => {
    const table = await createTable(client, { write: 10 });
    await exhaust(table);
    const fault = await faultOf(put(table, 'a'));
    expect(fault).toBeInstanceOf(ProvisionedThroughputExceededException);
    expect(fault).toMatchObject({
      name: 'ProvisionedThroughputExceededException',
      $metadata: { httpStatusCode: 400 },
      ThrottlingReasons: [{ reason: 'TableWriteProvisionedThroughputExceeded', resource: await arnOf(table) }],
    });
  });

  it('lets the next write in at the moment when its debt is paid, not before', async () => {
    const table = await createTable(client, { write: 10 });
    await exhaust(table);
    const start = nowMs;
    const outcomes: string[] = [];
    for (; nowMs <= start + 1100; nowMs += 100)
      outcomes.push((await faultOf(put(table, 'a'))) === 'admitted' ? 'admitted' : 'refused');
    expect(outcomes).toEqual([...Array.from({ length: 11 }, () => 'refused'), 'admitted']);
  });

  it('still serves reads, and refuses them when their own capacity is spent', async () => {
    const table = await createTable(client, { write: 10, read: 1 });
    await exhaust(table);
    const read = () => client.send(new GetItemCommand({ TableName: table, Key: { id: { S: 'heavy' } } }));
    expect((await read()).Item?.id).toEqual({ S: 'heavy' });
    expect(await reasonsOf(read())).toEqual(['TableReadProvisionedThroughputExceeded']);
  });

  it('does not hold up other tables', async () => {
    const [spent, other] = [await createTable(client, { write: 10 }), await createTable(client, { write: 10 })];
    await exhaust(spent);
    await put(other, 'a');
  });

  it('never lets calls in flight together pass on the same balance', async () => {
    const table = await createTable(client, { write: 10 });
    const faults = await Promise.all(Array.from({ length: 40 }, (_, index) => faultOf(put(table, `row-${index}`))));
    expect(faults.filter((fault) => fault instanceof ProvisionedThroughputExceededException)).toHaveLength(30);
  });

  it('is told by the meters', async () => {
    const table = await createTable(client, { write: 10 });
    await exhaust(table);
    await reasonsOf(put(table, 'a'));
    const { body } = await gated.control('GET', '/_gate/meters');
    expect(body).toMatchObject({ tables: { [table]: { requests: 2, throttled: 1, consumed: { useful: 20 } } } });
  });
});

const isStored = async (table: string, id: string): Promise<boolean> =>
  (await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: id } } }))).Item !== undefined;

describe('an exhausted index', () => {
  it('holds up the writes of its table and names itself', async () => {
    const table = await createTable(client, { write: 100, index: { write: 10 } });
    await exhaustIndex(table);
    expect(await reasonsOf(put(table, 'a'))).toEqual(['IndexWriteProvisionedThroughputExceeded']);
    const fault = (await faultOf(put(table, 'a'))) as ProvisionedThroughputExceededException;
    expect(fault.ThrottlingReasons?.[0]?.resource).toBe(`${await arnOf(table)}/index/by-group`);
    const { body } = await gated.control('GET', '/_gate/meters');
    expect(body).toMatchObject({ tables: { [table]: { throttled: 2, indexes: { 'by-group': { throttled: 2 } } } } });
  });

  it('has reads of its own', async () => {
    const table = await createTable(client, { write: 100, read: 100, index: { read: 1 } });
    const query = () =>
      client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'by-group',
          KeyConditionExpression: '#g = :g',
          ExpressionAttributeNames: { '#g': 'group' },
          ExpressionAttributeValues: { ':g': { S: 'g' } },
        }),
      );
    await query();
    await query();
    expect(await reasonsOf(query())).toEqual(['IndexReadProvisionedThroughputExceeded']);
    await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: 'a' } } }));
  });
});

const exhaustIndex = (table: string) =>
  put(table, 'heavy', { group: { S: 'g' }, text: { S: textOf(20 * 1024 - 100) } });

describe('a transaction', () => {
  it('that touches an exhausted table is cancelled whole, with the reason at its positions', async () => {
    const [free, spent] = [await createTable(client, { write: 10 }), await createTable(client, { write: 10 })];
    await exhaust(spent);
    const Put = (TableName: string, id: string) => ({ Put: { TableName, Item: { id: { S: id } } } });
    const fault = await faultOf(
      client.send(new TransactWriteItemsCommand({ TransactItems: [Put(free, 'a'), Put(spent, 'b'), Put(free, 'c')] })),
    );
    expect(fault).toBeInstanceOf(TransactionCanceledException);
    const { CancellationReasons: reasons } = fault as TransactionCanceledException;
    expect(reasons?.map(({ Code }) => Code)).toEqual(['None', 'ProvisionedThroughputExceeded', 'None']);
    expect(reasons?.[1]?.Message).toContain('provisioned throughput');
    expect(await isStored(free, 'a')).toBe(false);
  });

  it('of reads is cancelled likewise', async () => {
    const table = await createTable(client, { write: 10, read: 1 });
    const read = () =>
      client.send(
        new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName: table, Key: { id: { S: 'a' } } } }] }),
      );
    await read();
    expect(await faultOf(read())).toBeInstanceOf(TransactionCanceledException);
  });
});

describe('a batch', () => {
  const Put = (id: string) => ({ PutRequest: { Item: { id: { S: id } } } });

  it('leaves all of an exhausted table unprocessed and does the rest', async () => {
    const [free, spent] = [await createTable(client, { write: 10 }), await createTable(client, { write: 10 })];
    await exhaust(spent);
    const { UnprocessedItems } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [free]: [Put('a')], [spent]: [Put('b'), Put('c')] } }),
    );
    expect(UnprocessedItems).toEqual({ [spent]: [Put('b'), Put('c')] });
    expect([await isStored(free, 'a'), await isStored(spent, 'b')]).toEqual([true, false]);
  });

  it('[D2] of reads lists the keys as unprocessed, and gives them once there is capacity again', async () => {
    const [free, spent] = [await createTable(client, { write: 10 }), await createTable(client, { write: 10, read: 1 })];
    await Promise.all([put(free, 'a'), put(spent, 'b')]);
    const read = () =>
      client.send(
        new BatchGetItemCommand({
          RequestItems: {
            [free]: { Keys: [{ id: { S: 'a' } }] },
            [spent]: { Keys: [{ id: { S: 'b' } }], ConsistentRead: true },
          },
        }),
      );
    expect((await read()).UnprocessedKeys).toEqual({});
    const second = await read();
    expect(second.Responses?.[free]).toHaveLength(1);
    expect(second.Responses?.[spent] ?? []).toHaveLength(0);
    expect(second.UnprocessedKeys).toEqual({ [spent]: { Keys: [{ id: { S: 'b' } }], ConsistentRead: true } });
    nowMs += 1000;
    expect((await read()).UnprocessedKeys).toEqual({});
  });

  it('of which nothing can be done is the exception', async () => {
    const spent = await createTable(client, { write: 10 });
    await exhaust(spent);
    const write = client.send(new BatchWriteItemCommand({ RequestItems: { [spent]: [Put('a')] } }));
    expect(await reasonsOf(write)).toEqual(['TableWriteProvisionedThroughputExceeded']);
  });
});

describe('capacity', () => {
  it('is none of an on-demand table', async () => {
    const table = await createTable(client);
    for (const id of ['a', 'b', 'c', 'd', 'e']) await put(table, id, { text: { S: textOf(300 * 1024) } });
    const { body } = await gated.control('GET', '/_gate/meters');
    expect(body).toMatchObject({ tables: { [table]: { capacity: 'on-demand', throttled: 0 } } });
  });

  it('changes live by UpdateTable', async () => {
    const table = await createTable(client, { write: 10 });
    await exhaust(table, 60);
    await client.send(
      new UpdateTableCommand({
        TableName: table,
        ProvisionedThroughput: { WriteCapacityUnits: 1000, ReadCapacityUnits: 100 },
      }),
    );
    nowMs += 100;
    await put(table, 'a');
  });

  it('changes live by the control address, the indexes with it, and the SDK sees both', async () => {
    const table = await createTable(client, { write: 10, index: {} });
    await exhaustIndex(table);
    const moved = await gated.control('PUT', '/_gate/capacity', { [table]: { writePerSecond: 1000 } });
    expect(moved.status).toBe(204);
    nowMs += 100;
    await put(table, 'a');
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    const units = { WriteCapacityUnits: 1000, ReadCapacityUnits: 100 };
    expect(Table?.ProvisionedThroughput).toMatchObject(units);
    expect(Table?.GlobalSecondaryIndexes?.[0]?.ProvisionedThroughput).toMatchObject(units);
  });

  it('survives a restart of the gate, that of indexes too', async () => {
    const table = await createTable(client, { write: 10, index: {} });
    await gated.control('PUT', '/_gate/capacity', { [table]: { writePerSecond: 77, readPerSecond: 88 } });
    const { startGate } = await import('#database/gate/server');
    const second = await startGate({
      port: 0,
      upstreamUrl: gated.engine().endpoint,
      burstSeconds: 0,
      authorise: () => true,
    });
    try {
      const other = makeClient(second.endpoint);
      await other.send(new GetItemCommand({ TableName: table, Key: { id: { S: 'a' } } }));
      const { Table } = await other.send(new DescribeTableCommand({ TableName: table }));
      expect(Table?.GlobalSecondaryIndexes?.[0]?.ProvisionedThroughput).toMatchObject({
        WriteCapacityUnits: 77,
        ReadCapacityUnits: 88,
      });
    } finally {
      await second.close();
    }
  });

  it('keeps burst when it is asked to', async () => {
    const table = await createTable(client, { write: 10 });
    await gated.control('PUT', '/_gate/capacity', { [table]: { burstSeconds: 5 } });
    nowMs += 60_000;
    await exhaust(table, 55);
    await put(table, 'a');
    await exhaust(table, 10);
    expect(await reasonsOf(put(table, 'b'))).toHaveLength(1);
  });
});
