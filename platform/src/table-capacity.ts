import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { TableDeps } from '#table-calls';

/** What a table takes a second, of both kinds: write and read capacity units. */
export type Capacity = { readonly write: number; readonly read: number };

/** The capacity of tables as it is now. Faults of the table are thrown. */
export type TableCapacity = {
  /** Of the narrowest of the table and its indexes, for an exhausted index throttles its table; undefined: on-demand. */
  readonly perSecond: (table: string) => Promise<Capacity | undefined>;
};

export const makeDynamoDbTableCapacity = ({ db, settings }: TableDeps): TableCapacity => ({
  perSecond: async (table) => {
    const { Table } = await db.send(new DescribeTableCommand({ TableName: settings.tableName(table) }));
    const units = [Table, ...(Table?.GlobalSecondaryIndexes ?? [])].map(
      (each) => each?.ProvisionedThroughput?.WriteCapacityUnits ?? 0,
    );
    const write = Math.min(...units);
    return write > 0 ? { write, read: Table?.ProvisionedThroughput?.ReadCapacityUnits ?? 0 } : undefined;
  },
});
