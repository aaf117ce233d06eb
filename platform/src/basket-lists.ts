import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type BasketItem, basketItemSchema } from '@penstock/domain/items';
import { batchGetRows } from '#batch-get';
import type { Logger } from '#logger';
import { compareText, mergePartitions } from '#merge-partitions';
import type { Settings } from '#settings';
import { makeStoredRows } from '#stored-rows';

/** Baskets as staff list them: by the hour of their last change (docs/data.md). */
export type BasketLists = {
  /** Ids, last touched first, up to the last that is wanted (from 0); the total is exact to 1,000, then capped. */
  readonly list: (
    newestFirst: boolean,
    last: number,
  ) => Promise<{ readonly ids: readonly string[]; readonly total: number; readonly capped: boolean }>;
  /** Those that do not exist or cannot be read are left out. */
  readonly readMany: (ids: readonly string[]) => Promise<readonly BasketItem[]>;
};

const shards = ['0', '1', '2', '3'];

export const makeDynamoDbBasketLists = ({
  db,
  settings,
  logger,
}: {
  readonly db: DynamoDBDocumentClient;
  readonly settings: Pick<Settings, 'tableName'>;
  readonly logger: Logger;
}): BasketLists => {
  const table = settings.tableName('baskets');
  const stored = makeStoredRows('baskets', logger);
  return {
    list: async (newestFirst, last) => {
      const { keys, ...counts } = await mergePartitions<{ readonly id: string; readonly touchedAt: string }>({
        db,
        table,
        last,
        partitions: shards.map((shard) => ({
          IndexName: 'touched',
          KeyConditionExpression: 'touchedShard = :shard',
          ExpressionAttributeValues: { ':shard': shard },
          ScanIndexForward: !newestFirst,
        })),
        compare: (left, right) => (newestFirst ? -1 : 1) * compareText(left.touchedAt, right.touchedAt),
      });
      return { ids: keys.map(({ id }) => id), ...counts };
    },
    readMany: async (ids) => {
      const rows = await batchGetRows(db, { table, keys: [...new Set(ids)].map((id) => ({ id })), consistent: true });
      const byId = new Map(rows.map((row) => [String(row.id), stored.orSkip(basketItemSchema, row)]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
  };
};
