import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { TableDeps } from '#table-calls';

/** The write capacity of tables as it is now. Faults of the table are thrown. */
export type TableCapacity = {
  /** WCU/s of the narrowest of the table and its indexes, for an exhausted index throttles its table; undefined: on-demand. */
  readonly writesPerSecond: (table: string) => Promise<number | undefined>;
};

export const makeDynamoDbTableCapacity = ({ db, settings }: TableDeps): TableCapacity => ({
  writesPerSecond: async (table) => {
    const { Table } = await db.send(new DescribeTableCommand({ TableName: settings.tableName(table) }));
    const units = [Table, ...(Table?.GlobalSecondaryIndexes ?? [])].map(
      (each) => each?.ProvisionedThroughput?.WriteCapacityUnits ?? 0,
    );
    const narrowest = Math.min(...units);
    return narrowest > 0 ? narrowest : undefined;
  },
});
