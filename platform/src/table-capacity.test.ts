import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import type { TableDeps } from '#table-calls';
import { makeDynamoDbTableCapacity } from '#table-capacity';

const capacityOf = (write: number, index: number) => {
  const client = new DynamoDBClient({ region: 'eu-west-2', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  const units = (WriteCapacityUnits: number) => ({
    ProvisionedThroughput: { WriteCapacityUnits, ReadCapacityUnits: 300 },
  });
  const Table = { ...units(write), GlobalSecondaryIndexes: [{ IndexName: 'open', ...units(index) }] };
  client.middlewareStack.add(() => async () => ({ output: { $metadata: {}, Table }, response: {} }) as never, {
    step: 'build',
    priority: 'low',
  });
  const settings = { tableName: (table: string) => table } as TableDeps['settings'];
  return makeDynamoDbTableCapacity({ db: DynamoDBDocumentClient.from(client), settings }).perSecond('orders');
};

describe('the capacity of a table', () => {
  it('[F2] tells the narrowest of the table and its indexes, and each of them', async () => {
    expect(await capacityOf(100, 20)).toEqual({ write: 20, own: 100, read: 300, indexes: { open: 20 } });
  });

  it('is none of an on-demand table', async () => {
    expect(await capacityOf(0, 0)).toBeUndefined();
  });
});
