import { type DynamoDBDocumentClient, GetCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { type OrderItem, orderItemSchema } from '@penstock/domain/items';
import { limits } from '@penstock/domain/limits';
import type { StoredStatus } from '@penstock/domain/order-states';
import { batchGetRows } from '#batch-get';
import type { Settings } from '#settings';

/** What an order list is served by: exactly one index each (docs/data.md). */
export type OrderListing =
  | { readonly by: 'recent'; readonly status?: StoredStatus; readonly fromTime?: string; readonly toTime?: string }
  | { readonly by: 'open'; readonly status: StoredStatus }
  | { readonly by: 'number'; readonly number: string }
  | { readonly by: 'email'; readonly emailHash: string };

/** Ids in order; `total` is exact to 1,000, then capped. */
export type OrderIds = { readonly ids: readonly string[]; readonly total: number; readonly capped: boolean };

/** Orders as the API reads them. */
export type OrderReader = {
  /** One order, read strongly. */
  readonly read: (id: string) => Promise<OrderItem | undefined>;
  /** These orders, read strongly, in the order of the ids; those that do not exist are left out. */
  readonly readMany: (ids: readonly string[]) => Promise<readonly OrderItem[]>;
  readonly list: (listing: OrderListing, newestFirst: boolean) => Promise<OrderIds>;
};

const shards = ['0', '1', '2', '3'];

export const makeDynamoDbOrderReader = ({
  db,
  settings,
}: {
  readonly db: DynamoDBDocumentClient;
  readonly settings: Pick<Settings, 'tableName'>;
}): OrderReader => {
  const table = settings.tableName('orders');

  /** Keys of one partition of an index, as many as a total needs. */
  const keysOf = async (
    query: Omit<QueryCommandInput, 'TableName'>,
  ): Promise<readonly { id: string; recentAt?: string }[]> => {
    const keys: { id: string; recentAt?: string }[] = [];
    let start: QueryCommandInput['ExclusiveStartKey'];
    do {
      const answer = await db.send(
        new QueryCommand({
          TableName: table,
          ...query,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          Limit: limits.totalExactMax + 1,
        }),
      );
      keys.push(...((answer.Items ?? []) as { id: string; recentAt?: string }[]));
      start = answer.LastEvaluatedKey;
    } while (start !== undefined && keys.length <= limits.totalExactMax);
    return keys;
  };

  const queriesOf = (listing: OrderListing): readonly Omit<QueryCommandInput, 'TableName'>[] => {
    if (listing.by === 'number') return [equals('by-number', 'number', listing.number)];
    if (listing.by === 'email') return [equals('by-email', 'emailHash', listing.emailHash)];
    if (listing.by === 'open') return shards.map((shard) => equals('open', 'openShard', `${listing.status}#${shard}`));
    return shards.map((shard) => recentQuery(shard, listing));
  };

  return {
    read: async (id) => {
      const answer = await db.send(new GetCommand({ TableName: table, Key: { id }, ConsistentRead: true }));
      return answer.Item === undefined ? undefined : orderItemSchema.parse(answer.Item);
    },
    readMany: async (ids) => {
      const rows = await batchGetRows(db, { table, keys: [...new Set(ids)].map((id) => ({ id })), consistent: true });
      const byId = new Map(rows.map((row) => [String(row.id), orderItemSchema.parse(row)]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
    list: async (listing, newestFirst) => {
      const parts = await Promise.all(
        queriesOf(listing).map((query) => keysOf({ ...query, ScanIndexForward: !newestFirst })),
      );
      const sign = newestFirst ? -1 : 1;
      const keys = parts
        .flat()
        .sort((left, right) => sign * compareText(left.recentAt ?? left.id, right.recentAt ?? right.id));
      const capped = keys.length > limits.totalExactMax;
      return {
        ids: keys.slice(0, limits.totalExactMax).map((key) => key.id),
        total: Math.min(keys.length, limits.totalExactMax),
        capped,
      };
    },
  };
};

const equals = (index: string, attribute: string, value: string): Omit<QueryCommandInput, 'TableName'> => ({
  IndexName: index,
  KeyConditionExpression: '#key = :key',
  ExpressionAttributeNames: { '#key': attribute },
  ExpressionAttributeValues: { ':key': value },
});

const recentQuery = (
  shard: string,
  { status, fromTime, toTime }: Extract<OrderListing, { by: 'recent' }>,
): Omit<QueryCommandInput, 'TableName'> => ({
  IndexName: 'recent',
  // "~" sorts behind every time and id.
  KeyConditionExpression: 'recentShard = :shard AND recentAt BETWEEN :from AND :to',
  ExpressionAttributeValues: {
    ':shard': shard,
    ':from': fromTime ?? '0',
    ':to': `${toTime ?? ''}~`,
    ...(status === undefined ? {} : { ':status': status }),
  },
  ...(status === undefined
    ? {}
    : { FilterExpression: '#status = :status', ExpressionAttributeNames: { '#status': 'status' } }),
});

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
