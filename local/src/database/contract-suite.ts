import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetItemCommand,
  IdempotentParameterMismatchException,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { makeClient, makeStreamsClient } from '#database/testing/clients';
import { createTable, textOf } from '#database/testing/tables';

export type TableEndpoint = {
  readonly endpoint: string;
  readonly close: () => Promise<void>;
  /** Kills the engine with SIGKILL and starts it again on what it has stored; absent when it keeps everything in memory. */
  readonly killAndRestart?: () => Promise<void>;
};

export type TableContract = {
  readonly open: () => Promise<TableEndpoint>;
  /** Why the suite cannot run here, in a plain sentence; undefined runs it. */
  readonly skip?: string | undefined;
  /** Keeps what it stored over a SIGKILL. */
  readonly isDurable: boolean;
  /** Rules that this engine is known to break, and how. Their tests must fail: one that passes says that this list is old. */
  readonly differs?: Readonly<Partial<Record<Rule, string>>>;
};

type Rule = 'no-record-of-a-no-op' | 'transaction-of-one-costs-two';

/**
 * What the shop relies on in DynamoDB, written once and run against every engine at hand. Each test makes its own
 * table, so the suite may run against an endpoint that others use.
 */
export const describeTableContract = (name: string, contract: TableContract): void => {
  const title = contract.skip === undefined ? name : `${name} (skipped: ${contract.skip})`;
  describe.skipIf(contract.skip !== undefined).concurrent(`table contract on ${title}`, { timeout: 30_000 }, () => {
    let opened: TableEndpoint | undefined;
    const client = () => makeClient(opened?.endpoint ?? '');
    const streams = () => makeStreamsClient(opened?.endpoint ?? '');
    const unless = (rule: Rule) => (contract.differs?.[rule] === undefined ? it : it.fails);
    beforeAll(async () => {
      opened = await contract.open();
    }, 60_000);
    afterAll(async () => opened?.close());

    describe.concurrent('conditions', () => {
      it('refuse a write and give back the item that stood in its way', async ({ expect }) => {
        const table = await createTable(client());
        await put(client(), table, 'a', { rev: { N: '1' } });
        const refused = await refusalOf(
          client().send(
            new PutItemCommand({
              TableName: table,
              Item: { id: { S: 'a' }, rev: { N: '2' } },
              ConditionExpression: 'attribute_not_exists(id)',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            }),
          ),
        );
        expect(refused).toBeInstanceOf(ConditionalCheckFailedException);
        expect(refused).toMatchObject({ Item: { id: { S: 'a' }, rev: { N: '1' } } });
        expect(await get(client(), table, 'a')).toEqual({ id: { S: 'a' }, rev: { N: '1' } });
      });

      it('give nothing back to a caller that did not ask', async ({ expect }) => {
        const table = await createTable(client());
        await put(client(), table, 'a');
        const refused = await refusalOf(
          client().send(
            new UpdateItemCommand({
              TableName: table,
              Key: { id: { S: 'a' } },
              UpdateExpression: 'SET rev = :two',
              ConditionExpression: 'rev = :one',
              ExpressionAttributeValues: { ':one': { N: '1' }, ':two': { N: '2' } },
            }),
          ),
        );
        expect(refused).toBeInstanceOf(ConditionalCheckFailedException);
        expect(refused).not.toHaveProperty('Item.id');
      });

      it('let exactly one of many racing writers through', async ({ expect }) => {
        const table = await createTable(client());
        const writers = Array.from({ length: 20 }, (_, index) =>
          client().send(
            new PutItemCommand({
              TableName: table,
              Item: { id: { S: 'a' }, by: { N: `${index}` } },
              ConditionExpression: 'attribute_not_exists(id)',
            }),
          ),
        );
        const settled = await Promise.allSettled(writers);
        expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      });
    });

    describe.concurrent('transactions', () => {
      it('name the member that failed by its position, with its item, and write nothing', async ({ expect }) => {
        const table = await createTable(client());
        await put(client(), table, 'b', { rev: { N: '7' } });
        const refused = await refusalOf(
          client().send(
            new TransactWriteItemsCommand({
              TransactItems: [
                { Put: { TableName: table, Item: { id: { S: 'a' } } } },
                {
                  Put: {
                    TableName: table,
                    Item: { id: { S: 'b' } },
                    ConditionExpression: 'attribute_not_exists(id)',
                    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
                  },
                },
                {
                  ConditionCheck: {
                    TableName: table,
                    Key: { id: { S: 'c' } },
                    ConditionExpression: 'attribute_not_exists(id)',
                  },
                },
              ],
            }),
          ),
        );
        expect(refused).toBeInstanceOf(TransactionCanceledException);
        const { CancellationReasons: reasons } = refused as TransactionCanceledException;
        expect(reasons?.map(({ Code }) => Code)).toEqual(['None', 'ConditionalCheckFailed', 'None']);
        expect(reasons?.[1]?.Item).toEqual({ id: { S: 'b' }, rev: { N: '7' } });
        expect(await get(client(), table, 'a')).toBeUndefined();
      });

      it('[D5] with the same token are done once', async ({ expect }) => {
        const table = await createTable(client());
        await put(client(), table, 'stock', { left: { N: '10' } });
        const decrement = (by: string) =>
          client().send(
            new TransactWriteItemsCommand({
              ClientRequestToken: 'token-of-one-plan',
              TransactItems: [
                {
                  Update: {
                    TableName: table,
                    Key: { id: { S: 'stock' } },
                    UpdateExpression: 'SET #left = #left - :by',
                    ExpressionAttributeNames: { '#left': 'left' },
                    ExpressionAttributeValues: { ':by': { N: by } },
                  },
                },
              ],
            }),
          );
        await decrement('3');
        await decrement('3');
        expect(await get(client(), table, 'stock')).toMatchObject({ left: { N: '7' } });
        expect(await refusalOf(decrement('4'))).toBeInstanceOf(IdempotentParameterMismatchException);
      });
    });

    describe.concurrent('costs', () => {
      it.for([
        [100, 1],
        [1100, 2],
        [3000, 3],
      ])('count begun kilobytes: a put of %i bytes costs %i', async ([bytes = 0, units], { expect }) => {
        const table = await createTable(client());
        const { ConsumedCapacity } = await client().send(
          new PutItemCommand({
            TableName: table,
            Item: { id: { S: 'a' }, text: { S: textOf(bytes) } },
            ReturnConsumedCapacity: 'TOTAL',
          }),
        );
        expect(ConsumedCapacity?.CapacityUnits).toBe(units);
      });

      it('name the index apart from the table', async ({ expect }) => {
        const table = await createTable(client(), { index: {} });
        const { ConsumedCapacity } = await client().send(
          new PutItemCommand({
            TableName: table,
            Item: { id: { S: 'a' }, group: { S: 'g' } },
            ReturnConsumedCapacity: 'INDEXES',
          }),
        );
        expect(ConsumedCapacity).toMatchObject({
          CapacityUnits: 2,
          Table: { CapacityUnits: 1 },
          GlobalSecondaryIndexes: { 'by-group': { CapacityUnits: 1 } },
        });
      });

      unless('transaction-of-one-costs-two')('count a transaction twice', async ({ expect }) => {
        const table = await createTable(client());
        const { ConsumedCapacity } = await client().send(
          new TransactWriteItemsCommand({
            TransactItems: [{ Put: { TableName: table, Item: { id: { S: 'a' } } } }],
            ReturnConsumedCapacity: 'TOTAL',
          }),
        );
        expect(ConsumedCapacity).toMatchObject([{ TableName: table, CapacityUnits: 2 }]);
      });
    });

    describe.concurrent('streams', () => {
      it('carry every change of a key in order, each with both images', async ({ expect }) => {
        const table = await createTable(client(), { stream: true });
        await Promise.all(
          ['a', 'b', 'c'].map(async (id) => {
            for (let rev = 1; rev <= 10; rev += 1) await put(client(), table, id, { rev: { N: `${rev}` } });
          }),
        );
        const records = await readStream(client(), streams(), table, 30);
        for (const id of ['a', 'b', 'c']) {
          const changes = records
            .filter(({ dynamodb }) => dynamodb?.Keys?.id?.S === id)
            .map(({ dynamodb }) => dynamodb);
          expect(changes.map((change) => change?.NewImage?.rev?.N)).toEqual(numbers(1, 10));
          expect(changes.map((change) => change?.OldImage?.rev?.N)).toEqual([undefined, ...numbers(1, 9)]);
        }
      });

      it('number the records upwards', async ({ expect }) => {
        const table = await createTable(client(), { stream: true });
        for (let rev = 1; rev <= 12; rev += 1) await put(client(), table, 'a', { rev: { N: `${rev}` } });
        const sequence = (await readStream(client(), streams(), table, 12)).map(({ dynamodb }) =>
          BigInt(dynamodb?.SequenceNumber ?? '0'),
        );
        for (const [index, number] of sequence.entries())
          if (index > 0) expect(number > (sequence[index - 1] ?? 0n)).toBe(true);
      });

      unless('no-record-of-a-no-op')('say nothing of a write that changes nothing', async ({ expect }) => {
        const table = await createTable(client(), { stream: true });
        await put(client(), table, 'a', { rev: { N: '1' } });
        await put(client(), table, 'a', { rev: { N: '1' } });
        await put(client(), table, 'b');
        const ids = (await readStream(client(), streams(), table, 2)).map(({ dynamodb }) => dynamodb?.Keys?.id?.S);
        expect(ids).toEqual(['a', 'b']);
      });
    });

    it('lists in a sparse index only the rows that carry its key', async ({ expect }) => {
      const table = await createTable(client(), { index: {} });
      await put(client(), table, 'a', { group: { S: 'open' } });
      await put(client(), table, 'b');
      await put(client(), table, 'c', { group: { S: 'open' } });
      await client().send(
        new UpdateItemCommand({
          TableName: table,
          Key: { id: { S: 'c' } },
          UpdateExpression: 'REMOVE #group',
          ExpressionAttributeNames: { '#group': 'group' },
        }),
      );
      const { Items } = await client().send(
        new QueryCommand({
          TableName: table,
          IndexName: 'by-group',
          KeyConditionExpression: '#group = :open',
          ExpressionAttributeNames: { '#group': 'group' },
          ExpressionAttributeValues: { ':open': { S: 'open' } },
        }),
      );
      expect(Items?.map(({ id }) => id?.S)).toEqual(['a']);
    });

    it('[D2] gives of a BatchGetItem over 16 MB what fits, and lists the rest as unprocessed', async ({ expect }) => {
      const table = await createTable(client());
      const ids = Array.from({ length: 48 }, (_, index) => `row-${index}`);
      for (const id of ids) await put(client(), table, id, { text: { S: textOf(380_000) } });
      const found: string[] = [];
      let asked: readonly string[] = ids;
      let rounds = 0;
      while (asked.length > 0 && rounds < 10) {
        rounds += 1;
        const answer = await client().send(
          new BatchGetItemCommand({ RequestItems: { [table]: { Keys: asked.map((id) => ({ id: { S: id } })) } } }),
        );
        found.push(...(answer.Responses?.[table] ?? []).flatMap(({ id }) => id?.S ?? []));
        asked = (answer.UnprocessedKeys?.[table]?.Keys ?? []).flatMap(({ id }) => id?.S ?? []);
      }
      expect(rounds).toBeGreaterThan(1);
      expect(found.toSorted()).toEqual(ids.toSorted());
    });

    it('keeps a time-to-live setting', async ({ expect }) => {
      const table = await createTable(client());
      await client().send(
        new UpdateTimeToLiveCommand({
          TableName: table,
          TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        }),
      );
      const { TimeToLiveDescription } = await client().send(new DescribeTimeToLiveCommand({ TableName: table }));
      expect(TimeToLiveDescription).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
    });
  });

  describe.skipIf(contract.skip !== undefined || !contract.isDurable)(`table contract on ${title}: durability`, () => {
    it('keeps every acknowledged write, whole transactions and their stream records over a SIGKILL', async ({
      expect,
    }) => {
      const opened = await contract.open();
      try {
        const client = makeClient(opened.endpoint);
        const table = await createTable(client, { stream: true });
        const acknowledged: string[] = [];
        let isWriting = true;
        const write = async (writer: number) => {
          for (let number = 0; isWriting; number += 1) {
            const ids = [`${writer}-${number}-x`, `${writer}-${number}-y`];
            try {
              await client.send(
                new TransactWriteItemsCommand({
                  TransactItems: ids.map((id) => ({ Put: { TableName: table, Item: { id: { S: id } } } })),
                }),
              );
              acknowledged.push(...ids);
            } catch (error) {
              // The engine was killed under this write: it was never acknowledged.
              if (isWriting) throw error;
            }
          }
        };
        const writers = Promise.all([0, 1, 2, 3].map(write));
        await new Promise((resolve) => setTimeout(resolve, 400));
        isWriting = false;
        await opened.killAndRestart?.();
        await writers;
        expect(acknowledged.length).toBeGreaterThan(20);
        const stored = new Set(await readAll(client, table, acknowledged));
        expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
        const records = await readStream(client, makeStreamsClient(opened.endpoint), table, acknowledged.length);
        const streamed = new Set(records.map(({ dynamodb }) => dynamodb?.Keys?.id?.S));
        expect(acknowledged.filter((id) => !streamed.has(id))).toEqual([]);
        expect(records.length % 2).toBe(0);
      } finally {
        await opened.close();
      }
    }, 60_000);
  });
};

const numbers = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${from + index}`);

const put = (
  client: DynamoDBClient,
  table: string,
  id: string,
  more: Record<string, { S: string } | { N: string }> = {},
) => client.send(new PutItemCommand({ TableName: table, Item: { id: { S: id }, ...more } }));

const get = async (client: DynamoDBClient, table: string, id: string) =>
  (await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: id } }, ConsistentRead: true }))).Item;

const refusalOf = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new TypeError('The call was not refused.');
};

const readAll = async (client: DynamoDBClient, table: string, ids: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = [];
  for (let from = 0; from < ids.length; from += 100) {
    const Keys = ids.slice(from, from + 100).map((id) => ({ id: { S: id } }));
    const { Responses } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } }),
    );
    found.push(...(Responses?.[table] ?? []).flatMap(({ id }) => id?.S ?? []));
  }
  return found;
};

/** Reads a table's stream from its beginning until it holds `atLeast` records and then says nothing more. */
const readStream = async (
  client: DynamoDBClient,
  streams: ReturnType<typeof makeStreamsClient>,
  table: string,
  atLeast: number,
): Promise<readonly StreamRecord[]> => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: Table?.LatestStreamArn }));
  const records: StreamRecord[] = [];
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn: Table?.LatestStreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    let iterator = ShardIterator;
    for (let round = 0; iterator !== undefined && round < 200; round += 1) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
      records.push(...(page.Records ?? []));
      iterator = page.NextShardIterator;
      if ((page.Records ?? []).length === 0 && records.length >= atLeast) break;
    }
  }
  return records;
};
