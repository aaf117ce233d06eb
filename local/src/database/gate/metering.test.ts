import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GateMeters } from '#database/gate/meters';
import { makeClient } from '#database/testing/clients';
import { type GatedEngine, startGatedEngine } from '#database/testing/gated-engine';
import { createTable, textOf } from '#database/testing/tables';

/** Time stands still: nothing refills, every balance is exact. */
const clock = { now: () => 1_000_000 };
let gated: GatedEngine;
let client: DynamoDBClient;
let table = '';
beforeAll(async () => {
  gated = await startGatedEngine({ clock });
  client = makeClient(gated.gate.endpoint);
});
afterAll(async () => gated.close());
beforeEach(async () => {
  table = await createTable(client, { write: 1000, read: 1000, index: {} });
});

const metersOf = async (name: string) => {
  const { body } = await gated.control('GET', '/_gate/meters');
  const meters = (body as GateMeters).tables[name];
  if (meters === undefined) throw new TypeError(`No meters of ${name}.`);
  return meters;
};
const put = (id: string, bytes = 10, more: object = {}) =>
  client.send(new PutItemCommand({ TableName: table, Item: { id: { S: id }, text: { S: textOf(bytes) } }, ...more }));
const ifAbsent = { ConditionExpression: 'attribute_not_exists(id)' };
const key = (id: string) => ({ TableName: table, Key: { id: { S: id } } });

describe('writes are metered as useful', () => {
  it.each([
    ['a small put', 10, 1],
    ['a put of exactly 1 KB', 1024 - 'idatext'.length, 1],
    ['a put of 1 KB and a byte', 1025 - 'idatext'.length, 2],
    ['a put of 2.5 KB', 2500, 3],
  ])('%s of %i bytes of text: %i', async (_what, bytes, units) => {
    await put('a', bytes);
    expect((await metersOf(table)).consumed).toEqual({ useful: units, failed: 0, cancelled: 0 });
  });

  it('an update by the larger of both items', async () => {
    await put('a', 2500);
    await client.send(
      new UpdateItemCommand({ ...key('a'), UpdateExpression: 'REMOVE #t', ExpressionAttributeNames: { '#t': 'text' } }),
    );
    expect((await metersOf(table)).consumed.useful).toBe(3 + 3);
  });

  it('a delete, each write of a batch, and twice each member of a transaction', async () => {
    await put('a');
    await client.send(new DeleteItemCommand(key('a')));
    expect((await metersOf(table)).consumed.useful).toBe(2);
    const Item = (id: string) => ({ id: { S: id } });
    await client.send(
      new BatchWriteItemCommand({
        RequestItems: { [table]: ['b', 'c', 'd'].map((id) => ({ PutRequest: { Item: Item(id) } })) },
      }),
    );
    expect((await metersOf(table)).consumed.useful).toBe(5);
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: table, Item: { ...Item('e'), text: { S: textOf(1500) } } } },
          { ConditionCheck: { ...key('b'), ConditionExpression: 'attribute_exists(id)' } },
        ],
      }),
    );
    expect((await metersOf(table)).consumed.useful).toBe(5 + 2 * 2 + 2 * 1);
  });

  it('an index apart, and only by writes that reach it', async () => {
    await put('a');
    await client.send(
      new PutItemCommand({ TableName: table, Item: { id: { S: 'b' }, group: { S: 'g' }, text: { S: textOf(1500) } } }),
    );
    const meters = await metersOf(table);
    expect(meters).toMatchObject({ requests: 2, consumed: { useful: 3 } });
    expect(meters.indexes['by-group']).toMatchObject({ requests: 1, consumed: { useful: 2 } });
  });

  it('the repeat of a transaction as reads', async () => {
    const transaction = new TransactWriteItemsCommand({
      ClientRequestToken: `token-${table.slice(0, 30)}`.slice(0, 36),
      TransactItems: [{ Put: { TableName: table, Item: { id: { S: 'a' } } } }],
    });
    await client.send(transaction);
    await client.send(transaction);
    const { consumed, reads } = await metersOf(table);
    expect([consumed.useful, reads.consumed > 0]).toEqual([2, true]);
  });
});

describe('writes that change nothing are metered apart, for AWS charges them', () => {
  it('a failed condition by the larger of both items', async () => {
    await put('a', 3000);
    await expect(put('a', 10, ifAbsent)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    expect((await metersOf(table)).consumed).toEqual({ useful: 3, failed: 3, cancelled: 0 });
    await expect(put('a', 5000, ifAbsent)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    expect((await metersOf(table)).consumed.failed).toBe(3 + 5);
  });

  it('a failed condition on a row that is not there by 1', async () => {
    const update = new UpdateItemCommand({
      ...key('nobody'),
      UpdateExpression: 'REMOVE #t',
      ConditionExpression: 'attribute_exists(id)',
      ExpressionAttributeNames: { '#t': 'text' },
    });
    await expect(client.send(update)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    expect((await metersOf(table)).consumed.failed).toBe(1);
  });

  it('a cancelled transaction twice for each member, and nothing of the index', async () => {
    await put('a', 3000);
    const refused = client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: table, Item: { id: { S: 'b' }, group: { S: 'g' } } } },
          { Delete: { ...key('a'), ConditionExpression: 'attribute_not_exists(id)' } },
        ],
      }),
    );
    await expect(refused).rejects.toBeInstanceOf(TransactionCanceledException);
    const meters = await metersOf(table);
    expect(meters.consumed).toEqual({ useful: 3, failed: 0, cancelled: 2 * 1 + 2 * 3 });
    expect(meters.indexes['by-group']?.consumed.useful).toBe(0);
  });

  it('shows the refusing item only to those who asked for it', async () => {
    await put('a');
    const unasked = await put('a', 10, ifAbsent).catch((error: unknown) => error);
    expect(unasked).not.toHaveProperty('Item.id');
    const asked = await put('a', 10, { ...ifAbsent, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }).catch(
      (error: unknown) => error,
    );
    expect(asked).toHaveProperty('Item.id', { S: 'a' });
    const members = [true, false].map((isAsked) => ({
      Put: {
        TableName: table,
        Item: { id: { S: isAsked ? 'a' : 'b' } },
        ...ifAbsent,
        ...(isAsked && { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }),
      },
    }));
    await put('b');
    const cancelled = await client
      .send(new TransactWriteItemsCommand({ TransactItems: members }))
      .catch((error: unknown) => error);
    const { CancellationReasons: reasons } = cancelled as TransactionCanceledException;
    expect(reasons?.map(({ Item }) => Item?.id?.S)).toEqual(['a', undefined]);
  });

  it('a call that the engine finds wrong by nothing', async () => {
    await expect(put('', 10)).rejects.toHaveProperty('name', 'ValidationException');
    expect((await metersOf(table)).consumed).toEqual({ useful: 0, failed: 0, cancelled: 0 });
  });
});

describe('reads', () => {
  it('are metered apart: half a unit eventually, one strongly, two in a transaction, by 4 KB', async () => {
    await put('a', 5000);
    const read = async (send: () => Promise<unknown>): Promise<number> => {
      const before = (await metersOf(table)).reads.consumed;
      await send();
      return (await metersOf(table)).reads.consumed - before;
    };
    expect(await read(() => client.send(new GetItemCommand(key('a'))))).toBe(1);
    expect(await read(() => client.send(new GetItemCommand({ ...key('a'), ConsistentRead: true })))).toBe(2);
    expect(await read(() => client.send(new TransactGetItemsCommand({ TransactItems: [{ Get: key('a') }] })))).toBe(4);
  });

  it('of an index fall on the index', async () => {
    await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'by-group',
        KeyConditionExpression: '#g = :g',
        ExpressionAttributeNames: { '#g': 'group' },
        ExpressionAttributeValues: { ':g': { S: 'g' } },
      }),
    );
    const meters = await metersOf(table);
    expect(meters.reads).toEqual({ requests: 0, throttled: 0, consumed: 0 });
    expect(meters.indexes['by-group']?.reads).toMatchObject({ requests: 1, consumed: 0.5 });
  });
});

describe('the reply', () => {
  it.each([
    [undefined, undefined],
    ['NONE', undefined],
    ['TOTAL', { CapacityUnits: 1 }],
    ['INDEXES', { CapacityUnits: 1, Table: { CapacityUnits: 1 } }],
  ] as const)('tells the cost as it was asked: %s', async (asked, told) => {
    const { ConsumedCapacity } = await put('a', 10, asked === undefined ? {} : { ReturnConsumedCapacity: asked });
    expect(ConsumedCapacity).toEqual(told === undefined ? undefined : { TableName: table, ...told });
  });
});

describe('the meters', () => {
  it('count by operation and by caller, and start over on request', async () => {
    await gated.control('DELETE', '/_gate/meters');
    await makeClient(gated.gate.endpoint, 'place-orders').send(new GetItemCommand(key('a')));
    const { body } = await gated.control('GET', '/_gate/meters');
    expect(body).toMatchObject({
      operations: { GetItem: { requests: 1, throttled: 0 } },
      callers: { 'place-orders': { requests: 1, throttled: 0 } },
    });
    expect((await metersOf(table)).capacity).toEqual({ write: 1000, read: 1000, burstSeconds: 0 });
  });
});
