import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type OrderItem, orderItemSchema } from '@penstock/domain/items';
import type { StoredStatus } from '@penstock/domain/order-states';
import { batchGetRows } from '#batch-get';
import type { Logger } from '#logger';
import { compareText, mergePartitions, type PartitionQuery } from '#merge-partitions';
import type { Settings } from '#settings';
import { makeStoredRows } from '#stored-rows';

/** What an order list is served by: exactly one index each (docs/data.md). */
export type OrderListing =
  | ({ readonly by: 'recent'; readonly statuses?: readonly StoredStatus[] } & TimeSpan)
  | ({ readonly by: 'open'; readonly statuses: readonly StoredStatus[] } & TimeSpan)
  | { readonly by: 'number'; readonly number: string }
  | ({ readonly by: 'email'; readonly emailHash: string } & TimeSpan);

/** When placed, from and to: ISO 8601 in UTC, or a day. */
export type TimeSpan = { readonly fromTime?: string; readonly toTime?: string };

/** Ids in order, up to the last that was asked for; `total` is exact to 1,000, then capped. */
export type OrderIds = { readonly ids: readonly string[]; readonly total: number; readonly capped: boolean };

/** Orders as the API reads them. */
export type OrderReader = {
  /** One order, read strongly; throws RowUnreadable. */
  readonly read: (id: string) => Promise<OrderItem | undefined>;
  /** These orders, read strongly, in the order of the ids; those that do not exist or cannot be read are left out. */
  readonly readMany: (ids: readonly string[]) => Promise<readonly OrderItem[]>;
  /** Up to the last row that is wanted, from 0. */
  readonly list: (listing: OrderListing, newestFirst: boolean, last: number) => Promise<OrderIds>;
};

const shards = ['0', '1', '2', '3'];

export const makeDynamoDbOrderReader = ({
  db,
  settings,
  logger,
}: {
  readonly db: DynamoDBDocumentClient;
  readonly settings: Pick<Settings, 'tableName'>;
  readonly logger: Logger;
}): OrderReader => {
  const table = settings.tableName('orders');
  const stored = makeStoredRows('orders', logger);

  return {
    read: async (id) => {
      const answer = await db.send(new GetCommand({ TableName: table, Key: { id }, ConsistentRead: true }));
      return answer.Item === undefined ? undefined : stored.one(orderItemSchema, answer.Item);
    },
    readMany: async (ids) => {
      const rows = await batchGetRows(db, { table, keys: [...new Set(ids)].map((id) => ({ id })), consistent: true });
      const byId = new Map(rows.map((row) => [String(row.id), stored.orSkip(orderItemSchema, row)]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
    list: async (listing, newestFirst, last) => {
      const { keys, ...counts } = await mergePartitions<{ readonly id: string; readonly recentAt?: string }>({
        db,
        table,
        last,
        partitions: queriesOf(listing).map((query) => ({ ...query, ScanIndexForward: !newestFirst })),
        compare: (left, right) =>
          (newestFirst ? -1 : 1) * compareText(left.recentAt ?? left.id, right.recentAt ?? right.id),
      });
      return { ids: keys.map(({ id }) => id), ...counts };
    },
  };
};

const queriesOf = (listing: OrderListing): readonly PartitionQuery[] => {
  if (listing.by === 'number') return [equals('by-number', 'number', listing.number)];
  if (listing.by === 'email') return [within(equals('by-email', 'emailHash', listing.emailHash), listing)];
  if (listing.by === 'recent')
    return shards.map((shard) => ofStatus(within(equals('recent', 'recentShard', shard), listing), listing.statuses));
  return listing.statuses.flatMap((status) =>
    shards.map((shard) => within(equals('open', 'openShard', `${status}#${shard}`), listing)),
  );
};

const equals = (index: string, attribute: string, value: string) => ({
  IndexName: index,
  KeyConditionExpression: '#key = :key',
  ExpressionAttributeNames: { '#key': attribute } as Record<string, string>,
  ExpressionAttributeValues: { ':key': value } as Record<string, string>,
});

const within = (query: ReturnType<typeof equals>, { fromTime, toTime }: TimeSpan): ReturnType<typeof equals> =>
  fromTime === undefined && toTime === undefined
    ? query
    : {
        ...query,
        // "~" sorts behind every time and id.
        KeyConditionExpression: '#key = :key AND recentAt BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ...query.ExpressionAttributeValues,
          ':from': fromTime ?? '0',
          ':to': `${toTime ?? ''}~`,
        },
      };

const ofStatus = (query: ReturnType<typeof equals>, statuses: readonly StoredStatus[] | undefined): PartitionQuery =>
  statuses === undefined
    ? query
    : {
        ...query,
        FilterExpression: `#status IN (${statuses.map((status) => `:${status}`).join(', ')})`,
        ExpressionAttributeNames: { ...query.ExpressionAttributeNames, '#status': 'status' },
        ExpressionAttributeValues: {
          ...query.ExpressionAttributeValues,
          ...Object.fromEntries(statuses.map((status) => [`:${status}`, status])),
        },
      };
