import {
  type DynamoDBClient,
  GetItemCommand,
  ProvisionedThroughputExceededException,
  PutItemCommand,
  QueryCommand,
  ThrottlingException,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
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
/** Spends 1,050 write units of one key, on a table with plenty. */
const heat = async (table: string, id: string, more: Record<string, { S: string }> = {}) => {
  for (let index = 0; index < 3; index += 1) await put(table, id, { ...more, text: { S: textOf(350 * 1024 - 200) } });
};
const plenty = { write: 10_000, read: 10_000 };
const meterOf = async (table: string) => {
  const { body } = await gated.control('GET', '/_gate/meters');
  return (body as { tables: Record<string, object> }).tables[table];
};

describe('a partition key', () => {
  it('bears 1,000 write units a second, whatever its table has; other keys go on', async () => {
    const table = await createTable(client, plenty);
    await heat(table, 'hot');
    const fault = await faultOf(put(table, 'hot'));
    expect(fault).toBeInstanceOf(ProvisionedThroughputExceededException);
    expect(fault).toMatchObject({ ThrottlingReasons: [{ reason: 'TableWriteKeyRangeThroughputExceeded' }] });
    expect(await faultOf(put(table, 'cool'))).toBe('admitted');
    expect(await meterOf(table)).toMatchObject({
      throttled: 1,
      keys: { throttled: 1, hottest: { key: '{"S":"hot"}', mode: 'write', usedShare: 1.05 } },
    });
    nowMs += 49;
    expect(await faultOf(put(table, 'hot'))).not.toBe('admitted');
    nowMs += 2;
    expect(await faultOf(put(table, 'hot'))).toBe('admitted');
  });

  it('bears 3,000 read units a second', async () => {
    const table = await createTable(client, plenty);
    await put(table, 'hot', { text: { S: textOf(399 * 1024) } });
    const read = () =>
      client.send(new GetItemCommand({ TableName: table, Key: { id: { S: 'hot' } }, ConsistentRead: true }));
    for (let index = 0; index < 30; index += 1) await read();
    expect(await faultOf(read())).toMatchObject({
      name: 'ProvisionedThroughputExceededException',
      ThrottlingReasons: [{ reason: 'TableReadKeyRangeThroughputExceeded' }],
    });
  });

  it('of an on-demand table is refused with the exception of those, and inside a transaction with its code', async () => {
    const table = await createTable(client);
    await heat(table, 'hot');
    const fault = await faultOf(put(table, 'hot'));
    expect(fault).toBeInstanceOf(ThrottlingException);
    expect(fault).toMatchObject({ throttlingReasons: [{ reason: 'TableWriteKeyRangeThroughputExceeded' }] });
    const Put = (id: string) => ({ Put: { TableName: table, Item: { id: { S: id } } } });
    const cancelled = await faultOf(
      client.send(new TransactWriteItemsCommand({ TransactItems: [Put('a'), Put('hot')] })),
    );
    expect(cancelled).toBeInstanceOf(TransactionCanceledException);
    expect((cancelled as TransactionCanceledException).CancellationReasons?.map(({ Code }) => Code)).toEqual([
      'None',
      'ThrottlingError',
    ]);
  });

  it('of an index holds up the writes that bring it, by put or update, and names the index', async () => {
    const table = await createTable(client, { ...plenty, index: {} });
    const group = { group: { S: 'open' } };
    for (const id of ['a', 'b', 'c']) await put(table, id, { ...group, text: { S: textOf(350 * 1024 - 200) } });
    const refused = { ThrottlingReasons: [{ reason: 'IndexWriteKeyRangeThroughputExceeded' }] };
    expect(await faultOf(put(table, 'd', group))).toMatchObject(refused);
    const update = new UpdateItemCommand({
      TableName: table,
      Key: { id: { S: 'e' } },
      UpdateExpression: 'SET #g = :g',
      ExpressionAttributeNames: { '#g': 'group' },
      ExpressionAttributeValues: { ':g': { S: 'open' } },
    });
    expect(await faultOf(client.send(update))).toMatchObject(refused);
    expect(await faultOf(put(table, 'f', { group: { S: 'other' } }))).toBe('admitted');
    expect(await meterOf(table)).toMatchObject({
      keys: { throttled: 0 },
      indexes: { 'by-group': { keys: { throttled: 2 } } },
    });
  });

  it('of a query is the one that it asks for', async () => {
    const table = await createTable(client, { ...plenty, index: {} });
    const size = { text: { S: textOf(390 * 1024) } };
    for (const id of ['a', 'b']) {
      nowMs += 1000;
      await put(table, id, { group: { S: 'open' }, ...size });
    }
    const query = (group: string) =>
      client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'by-group',
          KeyConditionExpression: '#g = :g',
          ExpressionAttributeNames: { '#g': 'group' },
          ExpressionAttributeValues: { ':g': { S: group } },
        }),
      );
    for (let index = 0; index < 31; index += 1) await query('open');
    expect(await faultOf(query('open'))).toMatchObject({
      ThrottlingReasons: [{ reason: 'IndexReadKeyRangeThroughputExceeded' }],
    });
    expect(await faultOf(query('other'))).toBe('admitted');
  });
});
