import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { itemSchemaNumber, type LeaseItem } from '@penstock/domain/items';
import type { TableDeps } from '#table-calls';

/** What an instance says of itself; the rest of the row follows from it. */
export type Lease = Omit<LeaseItem, 'pk' | 'sk' | 'schema' | 'expiresAt'> & { readonly instance: string };

/** Writes the row of a worker instance (B1). Faults of the table are thrown. */
export type LeaseWriter = { readonly beat: (lease: Lease) => Promise<void> };

/** Rows of instances that are long gone are removed by the table's TTL; readers skip them after ten seconds. */
const keptSeconds = 3600;

export const makeDynamoDbLeaseWriter = ({ db, settings }: TableDeps): LeaseWriter => ({
  beat: async ({ instance, ...lease }) => {
    const row: LeaseItem = {
      ...lease,
      pk: `lease#${lease.queue}`,
      sk: instance,
      schema: itemSchemaNumber,
      expiresAt: Math.floor(lease.atMs / 1000) + keptSeconds,
    };
    await db.send(new PutCommand({ TableName: settings.tableName('operations'), Item: row }));
  },
});
