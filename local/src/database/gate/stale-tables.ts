import * as z from 'zod';
import { isObject, type Json } from '#database/gate/json';
import type { Upstream } from '#database/gate/upstream';

const prefix = 'penstock-stale.';

/** The table beside a table that holds what it held a while ago. */
export const staleNameOf = (table: string): string => `${prefix}${table}`;
export const isStaleTable = (table: string): boolean => table.startsWith(prefix);

const described = z.looseObject({
  AttributeDefinitions: z.array(z.unknown()),
  KeySchema: z.array(z.unknown()),
  GlobalSecondaryIndexes: z.array(z.looseObject({})).default([]),
  LocalSecondaryIndexes: z.array(z.looseObject({})).default([]),
});
const scanned = z.looseObject({
  // plain-keys: names as AWS gives them, passed on as they are.
  Items: z.array(z.record(z.string(), z.unknown())).default([]),
  LastEvaluatedKey: z.unknown().optional(),
});

/** Makes the stale table anew, with the same keys and indexes and no limits, and copies every row. */
export const copyTable = async (upstream: Upstream, table: string): Promise<void> => {
  const { Table } = await upstream.call('DescribeTable', { TableName: table });
  const description = described.parse(Table);
  const indexes = (given: readonly Json[]) =>
    given.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }));
  await dropTable(upstream, staleNameOf(table));
  await upstream.call('CreateTable', {
    TableName: staleNameOf(table),
    AttributeDefinitions: description.AttributeDefinitions,
    KeySchema: description.KeySchema,
    BillingMode: 'PAY_PER_REQUEST',
    ...(description.GlobalSecondaryIndexes.length > 0 && {
      GlobalSecondaryIndexes: indexes(description.GlobalSecondaryIndexes),
    }),
    ...(description.LocalSecondaryIndexes.length > 0 && {
      LocalSecondaryIndexes: indexes(description.LocalSecondaryIndexes),
    }),
  });
  let from: unknown;
  do {
    const page = scanned.parse(
      await upstream.call('Scan', {
        TableName: table,
        ConsistentRead: true,
        ...(from !== undefined && { ExclusiveStartKey: from }),
      }),
    );
    for (let at = 0; at < page.Items.length; at += batchRows)
      await putAll(upstream, staleNameOf(table), page.Items.slice(at, at + batchRows));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
};

/** DynamoDB takes 25 writes a batch. */
const batchRows = 25;

const putAll = async (upstream: Upstream, table: string, items: readonly Json[]): Promise<void> => {
  let requests: unknown = { [table]: items.map((Item) => ({ PutRequest: { Item } })) };
  while (isObject(requests) && Object.keys(requests).length > 0)
    requests = (await upstream.call('BatchWriteItem', { RequestItems: requests })).UnprocessedItems;
};

const listed = z.looseObject({ TableNames: z.array(z.string()), LastEvaluatedTableName: z.string().optional() });

/** Removes every stale table, those of a gate that was killed too. */
export const dropStaleTables = async (upstream: Upstream): Promise<void> => {
  let from: string | undefined;
  do {
    const page = listed.parse(
      await upstream.call('ListTables', from === undefined ? {} : { ExclusiveStartTableName: from }),
    );
    for (const name of page.TableNames.filter(isStaleTable)) await dropTable(upstream, name);
    from = page.LastEvaluatedTableName;
  } while (from !== undefined);
};

const dropTable = async (upstream: Upstream, TableName: string): Promise<void> => {
  const reply = await upstream.send('DynamoDB_20120810.DeleteTable', JSON.stringify({ TableName }));
  // 400: there is none.
  if (reply.status !== 200 && reply.status !== 400)
    throw new TypeError(`The stale table ${TableName} could not be removed: ${reply.status}.`);
};
