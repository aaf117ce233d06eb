import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { TableDeps } from '#table-calls';

/** What a table takes a second, of both kinds: write and read capacity units. */
export type Capacity = {
  /** Of the narrowest of the table and its indexes, for an exhausted index throttles its table. */
  readonly write: number;
  readonly read: number;
  /** Write units of the table alone; left out: `write`. */
  readonly own?: number;
  /** Write units of each index. */
  readonly indexes?: Readonly<Record<string, number>>;
};

/** The capacity of tables as it is now. Faults of the table are thrown. */
export type TableCapacity = {
  /** Undefined: on-demand. */
  readonly perSecond: (table: string) => Promise<Capacity | undefined>;
};

export const makeDynamoDbTableCapacity = ({ db, settings }: TableDeps): TableCapacity => ({
  perSecond: async (table) => {
    const { Table } = await db.send(new DescribeTableCommand({ TableName: settings.tableName(table) }));
    const own = Table?.ProvisionedThroughput?.WriteCapacityUnits ?? 0;
    const indexes = Object.fromEntries(
      (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName = '', ProvisionedThroughput }) => [
        IndexName,
        ProvisionedThroughput?.WriteCapacityUnits ?? 0,
      ]),
    );
    const write = Math.min(own, ...Object.values(indexes));
    return write > 0 ? { write, own, indexes, read: Table?.ProvisionedThroughput?.ReadCapacityUnits ?? 0 } : undefined;
  },
});
