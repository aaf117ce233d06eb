import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type BasketItem, basketItemSchema } from '@penstock/domain/items';
import { limits } from '@penstock/domain/limits';
import { batchGetRows } from '#batch-get';
import type { Settings } from '#settings';

/** Baskets as staff list them: by the hour of their last change (docs/data.md). */
export type BasketLists = {
  /** Ids, last touched first; exact to 1,000, then capped. */
  readonly list: (
    newestFirst: boolean,
  ) => Promise<{ readonly ids: readonly string[]; readonly total: number; readonly capped: boolean }>;
  readonly readMany: (ids: readonly string[]) => Promise<readonly BasketItem[]>;
};

const shards = ['0', '1', '2', '3'];

export const makeDynamoDbBasketLists = ({
  db,
  settings,
}: {
  readonly db: DynamoDBDocumentClient;
  readonly settings: Pick<Settings, 'tableName'>;
}): BasketLists => {
  const table = settings.tableName('baskets');
  return {
    list: async (newestFirst) => {
      const parts = await Promise.all(
        shards.map((shard) =>
          db.send(
            new QueryCommand({
              TableName: table,
              IndexName: 'touched',
              KeyConditionExpression: 'touchedShard = :shard',
              ExpressionAttributeValues: { ':shard': shard },
              ScanIndexForward: !newestFirst,
              Limit: limits.totalExactMax + 1,
            }),
          ),
        ),
      );
      const sign = newestFirst ? -1 : 1;
      const keys = parts
        .flatMap((part) => (part.Items ?? []) as { id: string; touchedAt: string }[])
        .sort((left, right) => (left.touchedAt < right.touchedAt ? -sign : sign));
      return {
        ids: keys.slice(0, limits.totalExactMax).map((key) => key.id),
        total: Math.min(keys.length, limits.totalExactMax),
        capped: keys.length > limits.totalExactMax,
      };
    },
    readMany: async (ids) => {
      const rows = await batchGetRows(db, { table, keys: [...new Set(ids)].map((id) => ({ id })), consistent: true });
      const byId = new Map(rows.map((row) => [String(row.id), basketItemSchema.parse(row)]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
  };
};
