import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuthorisedCall } from '#database/gate/gate';
import { makeClient, makeStreamsClient } from '#database/testing/clients';
import { type GatedEngine, startGatedEngine } from '#database/testing/gated-engine';
import { createTable } from '#database/testing/tables';

let asked: string[] = [];
let refused: (call: AuthorisedCall) => boolean = () => false;
let gated: GatedEngine;
let client: DynamoDBClient;
let streams: DynamoDBStreamsClient;
beforeAll(async () => {
  gated = await startGatedEngine({
    authorise: (call) => {
      asked.push(`${call.action} ${call.resource}`);
      return !refused(call);
    },
  });
  client = makeClient(gated.gate.endpoint, 'place-orders');
  streams = makeStreamsClient(gated.gate.endpoint, 'place-orders');
  await createTable(client, { name: 'orders', index: {}, stream: true });
  await createTable(client, { name: 'products' });
});
afterAll(async () => gated.close());
beforeEach(() => {
  asked = [];
  refused = () => false;
});

const Key = { id: { S: 'a' } };
const onOrders = { TableName: 'orders' };
const inGroup = {
  KeyConditionExpression: '#g = :g',
  ExpressionAttributeNames: { '#g': 'group' },
  ExpressionAttributeValues: { ':g': { S: 'g' } },
};
const update = {
  UpdateExpression: 'SET #r = :r',
  ExpressionAttributeNames: { '#r': 'rev' },
  ExpressionAttributeValues: { ':r': { N: '1' } },
};

describe('a call needs the grant of', () => {
  it.each<[string, () => Promise<unknown>, readonly string[]]>([
    ['GetItem', () => client.send(new GetItemCommand({ ...onOrders, Key })), ['GetItem table/orders']],
    ['PutItem', () => client.send(new PutItemCommand({ ...onOrders, Item: Key })), ['PutItem table/orders']],
    [
      'UpdateItem',
      () => client.send(new UpdateItemCommand({ ...onOrders, Key, ...update })),
      ['UpdateItem table/orders'],
    ],
    ['DeleteItem', () => client.send(new DeleteItemCommand({ ...onOrders, Key })), ['DeleteItem table/orders']],
    ['Scan', () => client.send(new ScanCommand(onOrders)), ['Scan table/orders']],
    [
      'Query on the index',
      () => client.send(new QueryCommand({ ...onOrders, IndexName: 'by-group', ...inGroup })),
      ['Query table/orders/index/by-group'],
    ],
    [
      'BatchGetItem on each table',
      () =>
        client.send(new BatchGetItemCommand({ RequestItems: { orders: { Keys: [Key] }, products: { Keys: [Key] } } })),
      ['BatchGetItem table/orders', 'BatchGetItem table/products'],
    ],
    [
      'BatchWriteItem on each table',
      () =>
        client.send(
          new BatchWriteItemCommand({
            RequestItems: {
              orders: [{ PutRequest: { Item: Key } }],
              products: [{ DeleteRequest: { Key } }],
            },
          }),
        ),
      ['BatchWriteItem table/orders', 'BatchWriteItem table/products'],
    ],
    [
      'every member of a transaction',
      () =>
        client.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              { Put: { ...onOrders, Item: { id: { S: 'b' } } } },
              { Update: { TableName: 'products', Key, ...update } },
              { Delete: { ...onOrders, Key } },
              {
                ConditionCheck: {
                  TableName: 'products',
                  Key: { id: { S: 'c' } },
                  ConditionExpression: 'attribute_not_exists(id)',
                },
              },
            ],
          }),
        ),
      [
        'PutItem table/orders',
        'UpdateItem table/products',
        'DeleteItem table/orders',
        'ConditionCheckItem table/products',
      ],
    ],
    ['DescribeTable', () => client.send(new DescribeTableCommand(onOrders)), ['DescribeTable table/orders']],
    ['ListTables on everything', () => client.send(new ListTablesCommand({})), ['ListTables *']],
    [
      'ListStreams on the stream',
      () => streams.send(new ListStreamsCommand(onOrders)),
      ['ListStreams table/orders/stream'],
    ],
  ])('%s', async (_what, send, needed) => {
    await send();
    expect(asked).toEqual(needed.map((each) => `dynamodb:${each}`));
  });

  it('the stream of a table, all the way from its ARN to its records', async () => {
    const { Streams } = await streams.send(new ListStreamsCommand(onOrders));
    const StreamArn = Streams?.[0]?.StreamArn;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    asked = [];
    await streams.send(new GetRecordsCommand({ ShardIterator: NextShardIterator }));
    expect(asked).toEqual(['dynamodb:GetRecords table/orders/stream']);
    refused = ({ resource }) => resource === 'table/orders/stream';
    await expect(streams.send(new GetRecordsCommand({ ShardIterator: NextShardIterator }))).rejects.toHaveProperty(
      'name',
      'AccessDeniedException',
    );
  });
});

describe('a call without the grant', () => {
  it('is refused in the shape of AWS, naming caller, action and resource, and does nothing', async () => {
    refused = ({ action }) => action === 'dynamodb:PutItem';
    const fault = await client
      .send(new PutItemCommand({ ...onOrders, Item: { id: { S: 'refused' } } }))
      .catch((error: unknown) => error);
    expect(fault).toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
      message: expect.stringMatching(/place-orders.*dynamodb:PutItem.*table\/orders/),
    });
    const stored = await client.send(new GetItemCommand({ ...onOrders, Key: { id: { S: 'refused' } } }));
    expect(stored.Item).toBeUndefined();
  });

  it('is refused when one member of a transaction lacks it', async () => {
    refused = ({ action }) => action === 'dynamodb:ConditionCheckItem';
    const transaction = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { ...onOrders, Item: { id: { S: 'refused' } } } },
        { ConditionCheck: { TableName: 'products', Key, ConditionExpression: 'attribute_not_exists(id)' } },
      ],
    });
    await expect(client.send(transaction)).rejects.toHaveProperty('name', 'AccessDeniedException');
  });

  it('is refused on an index although the table is granted', async () => {
    refused = ({ resource }) => resource.includes('/index/');
    await expect(
      client.send(new QueryCommand({ ...onOrders, IndexName: 'by-group', ...inGroup })),
    ).rejects.toHaveProperty('name', 'AccessDeniedException');
  });
});

describe('the door', () => {
  const post = (headers: Record<string, string>, body = '{}') =>
    fetch(gated.gate.endpoint, { method: 'POST', headers, body });
  const target = { 'x-amz-target': 'DynamoDB_20120810.ListTables' };
  const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=operator/20260101/us-east-1/dynamodb/aws4_request' };

  it.each([
    ['an unsigned call', target, '{}', 'MissingAuthenticationToken'],
    ['a call of nothing', signed, '{}', 'UnknownOperation'],
    ['a body that is not JSON', { ...target, ...signed }, 'hello', 'Serialization'],
    ['a web page', { ...target, ...signed, origin: 'https://example.org' }, '{}', 'AccessDenied'],
    [
      'an operation named like one',
      { ...signed, 'x-amz-target': 'DynamoDB_20120810.constructor' },
      '{}',
      'UnknownOperation',
    ],
    [
      'a body of another shape, naming the field',
      { ...signed, 'x-amz-target': 'DynamoDB_20120810.PutItem' },
      '{"Item":{}}',
      'TableName',
    ],
  ])('refuses %s', async (_what, headers, body, named) => {
    const answer = await post(headers, body);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(named)]);
  });

  it('refuses PartiQL, which it could not meter', async () => {
    await expect(client.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM orders' }))).rejects.toThrow(
      'PartiQL',
    );
  });

  it('refuses a name that is not this machine', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      const sent = request(gated.gate.endpoint, {
        method: 'POST',
        headers: { host: 'evil.example', ...signed, ...target },
      });
      sent.on('response', (response) => resolve(response.statusCode));
      sent.end('{}');
    });
    expect(status).toBe(403);
  });
});
