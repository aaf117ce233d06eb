import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeClient } from '#database/testing/clients';
import { type GatedEngine, startGatedEngine } from '#database/testing/gated-engine';
import { createTable } from '#database/testing/tables';

let gated: GatedEngine;
let client: DynamoDBClient;
let table: string;
beforeAll(async () => {
  gated = await startGatedEngine();
  client = makeClient(gated.gate.endpoint);
  table = await createTable(client, { write: 1000, index: {} });
});
afterAll(async () => gated.close());
afterEach(async () => gated.control('DELETE', '/_gate/faults'));

const staleMs = 400;
const wish = async () => expect((await gated.control('PUT', '/_gate/faults', { staleMs })).status).toBe(204);
const item = (id: string, group: string) => ({ id: { S: id }, group: { S: group } });
const put = (id: string, group: string) => client.send(new PutItemCommand({ TableName: table, Item: item(id, group) }));
const get = async (id: string, ConsistentRead = false) =>
  (await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: id } }, ConsistentRead }))).Item?.group?.S;
const idsIn = async (group: string) => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: 'by-group',
      KeyConditionExpression: '#g = :g',
      ExpressionAttributeNames: { '#g': 'group' },
      ExpressionAttributeValues: { ':g': { S: group } },
    }),
  );
  return Items.map(({ id }) => id?.S);
};

describe('stale reads', () => {
  it('hide a fresh write from index queries and eventually consistent reads until it is old enough', async () => {
    await put('kept', 'a');
    await wish();
    await put('new', 'a');
    await put('kept', 'b');
    expect([await get('new'), await get('kept')]).toEqual([undefined, 'a']);
    expect([await idsIn('a'), await idsIn('b')]).toEqual([['kept'], []]);
    expect([await get('new', true), await get('kept', true)]).toEqual(['a', 'b']);
    await sleep(staleMs + 200);
    expect([await get('new'), await get('kept')]).toEqual(['a', 'b']);
    expect([await idsIn('a'), await idsIn('b')]).toEqual([['new'], ['kept']]);
  });

  it('show what a delete and a transaction took away a moment ago', async () => {
    await put('gone', 'c');
    await put('moved', 'c');
    await wish();
    await client.send(new DeleteItemCommand({ TableName: table, Key: { id: { S: 'gone' } } }));
    await client.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: table, Item: item('moved', 'd') } }] }),
    );
    expect((await idsIn('c')).toSorted()).toEqual(['gone', 'moved']);
    await sleep(staleMs + 200);
    expect([await idsIn('c'), await idsIn('d')]).toEqual([[], ['moved']]);
  });

  it('answer a batch and a scan by how strong each asks to be, in the name of the table', async () => {
    await wish();
    await put('batch', 'e');
    const read = async (ConsistentRead: boolean) => {
      const answer = await client.send(
        new BatchGetItemCommand({
          RequestItems: { [table]: { Keys: [{ id: { S: 'batch' } }], ConsistentRead } },
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );
      return { rows: answer.Responses?.[table]?.length, named: answer.ConsumedCapacity?.[0]?.TableName };
    };
    expect(await read(true)).toEqual({ rows: 1, named: table });
    expect(await read(false)).toEqual({ rows: 0, named: table });
    const scan = async (ConsistentRead: boolean) =>
      (await client.send(new ScanCommand({ TableName: table, ConsistentRead }))).Items?.some(
        ({ id }) => id?.S === 'batch',
      );
    expect([await scan(true), await scan(false)]).toEqual([true, false]);
  });

  it('end with the fault, and leave no table behind', async () => {
    await wish();
    await put('ended', 'f');
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([table]);
    const { body } = await gated.control('GET', '/_gate/meters');
    expect(Object.keys((body as { tables: object }).tables)).toEqual([table]);
    await gated.control('DELETE', '/_gate/faults');
    expect([await get('ended'), await idsIn('f')]).toEqual(['f', ['ended']]);
    expect((await makeClient(gated.engine().endpoint).send(new ListTablesCommand({}))).TableNames).toEqual([table]);
  });
});
