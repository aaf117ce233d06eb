import * as z from 'zod';
import { CallRefused, type DynamoCall } from '#database/dynamodb-call';

export type ExpiryDeps = {
  /** To the engine itself: DynamoDB's own deletes of expired rows cost no capacity, so they do not pass the gate. */
  readonly call: DynamoCall;
  readonly nowMs: () => number;
  /** Waits between two pages, so that the engine serves others (it does one thing at a time). */
  readonly pause: () => Promise<unknown>;
};

/** Rows read by one page. */
const pageRows = 200;
/** DynamoDB leaves rows alone whose expiry lies more than five years back. */
const fiveYearsSeconds = 5 * 365 * 24 * 60 * 60;

const tablesSchema = z.looseObject({ TableNames: z.array(z.string()), LastEvaluatedTableName: z.string().optional() });
const ttlSchema = z.looseObject({
  TimeToLiveDescription: z.looseObject({ TimeToLiveStatus: z.string(), AttributeName: z.string().optional() }),
});
const keySchema = z.looseObject({
  Table: z.looseObject({ KeySchema: z.array(z.looseObject({ AttributeName: z.string() })) }),
});
const pageSchema = z.looseObject({
  // plain-keys: names as AWS gives them, passed on as they are.
  Items: z.array(z.record(z.string(), z.unknown())).default([]),
  // plain-keys: names as AWS gives them, passed on as they are.
  LastEvaluatedKey: z.record(z.string(), z.unknown()).optional(),
});

/**
 * One round of what DynamoDB does in its own time and dynoxide never does: deletes the rows whose expiry (the table's
 * TTL attribute, seconds since 1970) has passed, each on the condition that it is still so. Answers how many went.
 */
export const removeExpired = async (deps: ExpiryDeps): Promise<number> => {
  let removed = 0;
  for (const table of await listTables(deps.call)) {
    const { TimeToLiveDescription: ttl } = ttlSchema.parse(await deps.call('DescribeTimeToLive', { TableName: table }));
    if (ttl.TimeToLiveStatus === 'ENABLED' && ttl.AttributeName !== undefined)
      removed += await removeExpiredOf(table, ttl.AttributeName, deps);
  }
  return removed;
};

const removeExpiredOf = async (
  table: string,
  attribute: string,
  { call, nowMs, pause }: ExpiryDeps,
): Promise<number> => {
  const keys = keySchema
    .parse(await call('DescribeTable', { TableName: table }))
    .Table.KeySchema.map(({ AttributeName }) => AttributeName);
  const now = Math.floor(nowMs() / 1000);
  const isExpired = {
    expression: '#expiry BETWEEN :oldest AND :now',
    values: { ':oldest': { N: `${now - fiveYearsSeconds}` }, ':now': { N: `${now}` } },
  };
  let removed = 0;
  let from: Readonly<Record<string, unknown>> | undefined;
  do {
    const page = pageSchema.parse(
      await call('Scan', {
        TableName: table,
        Limit: pageRows,
        FilterExpression: isExpired.expression,
        ProjectionExpression: keys.map((_key, index) => `#key${index}`).join(', '),
        ExpressionAttributeNames: {
          '#expiry': attribute,
          ...Object.fromEntries(keys.map((key, index) => [`#key${index}`, key])),
        },
        ExpressionAttributeValues: isExpired.values,
        ...(from !== undefined && { ExclusiveStartKey: from }),
      }),
    );
    for (const key of page.Items)
      removed += await removeOne(call, {
        TableName: table,
        Key: key,
        ConditionExpression: isExpired.expression,
        ExpressionAttributeNames: { '#expiry': attribute },
        ExpressionAttributeValues: isExpired.values,
      });
    from = page.LastEvaluatedKey;
    if (from !== undefined) await pause();
  } while (from !== undefined);
  return removed;
};

const removeOne = async (call: DynamoCall, request: object): Promise<number> => {
  try {
    await call('DeleteItem', request);
    return 1;
  } catch (error) {
    // Somebody gave the row a new life since it was read.
    if (error instanceof CallRefused && error.type === 'ConditionalCheckFailedException') return 0;
    throw error;
  }
};

const listTables = async (call: DynamoCall): Promise<readonly string[]> => {
  const names: string[] = [];
  let from: string | undefined;
  do {
    const page = tablesSchema.parse(
      await call('ListTables', from === undefined ? {} : { ExclusiveStartTableName: from }),
    );
    names.push(...page.TableNames);
    from = page.LastEvaluatedTableName;
  } while (from !== undefined);
  return names;
};
