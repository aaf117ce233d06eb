import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '@penstock/domain/clock';
import { type LeaseItem, leaseItemSchema } from '@penstock/domain/items';
import { readableRow, type TableDeps } from '#table-calls';

/** The queues that workers drain into tables. */
export type DrainedQueue = LeaseItem['queue'];

/** Which worker instances drain a queue at the moment, and how fast (B1). Faults of the table are thrown. */
export type LeaseReader = { readonly live: (queue: DrainedQueue) => Promise<readonly LeaseItem[]> };

/** A lease counts for 10 s after it was written (B1): an instance that works writes one every 2 s. */
export const leaseLifeMs = 10_000;

/** Reads the rows under `lease#<queue>`. Rows of another release that cannot be read are left out (A6). */
export const makeDynamoDbLeaseReader = ({
  db,
  settings,
  clock,
}: TableDeps & { readonly clock: Clock }): LeaseReader => ({
  live: async (queue) => {
    const since = clock.now() - leaseLifeMs;
    const rows: LeaseItem[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const answer = await db.send(
        new QueryCommand({
          TableName: settings.tableName('operations'),
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': `lease#${queue}` },
          ...(from === undefined ? {} : { ExclusiveStartKey: from }),
        }),
      );
      for (const item of answer.Items ?? []) {
        const row = readableRow(leaseItemSchema, item);
        if (row !== undefined && row.atMs > since) rows.push(row);
      }
      from = answer.LastEvaluatedKey;
    } while (from !== undefined);
    return rows;
  },
});
