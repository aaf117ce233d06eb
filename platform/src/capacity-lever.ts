import { DescribeTableCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import type { TableDeps } from '#table-calls';

/** `busy`: the table is still being changed. `limit`: AWS allows no more decreases today. */
export type LeverOutcome = 'done' | 'busy' | 'limit' | 'on-demand';

/** Moves the write capacity of a table and of its indexes. Other faults of the table are thrown. */
export type CapacityLever = { readonly set: (table: string, writePerSecond: number) => Promise<LeverOutcome> };

export const makeDynamoDbCapacityLever = ({ db, settings }: TableDeps): CapacityLever => ({
  set: async (table, writePerSecond) => {
    const TableName = settings.tableName(table);
    const { Table } = await db.send(new DescribeTableCommand({ TableName }));
    const present = Table?.ProvisionedThroughput;
    if (!present?.WriteCapacityUnits || !present.ReadCapacityUnits) return 'on-demand';
    // DynamoDB refuses a change that changes nothing, so only what differs is asked for.
    const indexes = (Table?.GlobalSecondaryIndexes ?? []).filter(
      ({ ProvisionedThroughput: each }) => each?.WriteCapacityUnits !== writePerSecond,
    );
    const tableDiffers = present.WriteCapacityUnits !== writePerSecond;
    if (!tableDiffers && indexes.length === 0) return 'done';
    try {
      await db.send(
        new UpdateTableCommand({
          TableName,
          ...(tableDiffers && {
            ProvisionedThroughput: { ReadCapacityUnits: present.ReadCapacityUnits, WriteCapacityUnits: writePerSecond },
          }),
          ...(indexes.length > 0 && {
            GlobalSecondaryIndexUpdates: indexes.map(({ IndexName, ProvisionedThroughput: each }) => ({
              Update: {
                IndexName,
                ProvisionedThroughput: {
                  ReadCapacityUnits: each?.ReadCapacityUnits ?? present.ReadCapacityUnits,
                  WriteCapacityUnits: writePerSecond,
                },
              },
            })),
          }),
        }),
      );
      return 'done';
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      if (name === 'ResourceInUseException') return 'busy';
      if (name === 'LimitExceededException') return 'limit';
      throw error;
    }
  },
});
