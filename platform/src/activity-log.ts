import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ActivityKind } from '@penstock/domain/dead-letters';
import {
  type ActivityItem,
  itemSchemaNumber,
  letterActItemSchema,
  type MoveActItem,
  moveActItemSchema,
  type SettledMove,
  type StaffDeedItem,
  staffDeedItemSchema,
  stockEditItemSchema,
} from '@penstock/domain/items';
import { batchGetRows } from '#batch-get';
import { type KindKey, type KindListing, listByKind } from '#kind-index';
import type { Logger } from '#logger';
import { makeStoredRows } from '#stored-rows';
import type { TableDeps } from '#table-calls';

/** What was done, newest first, by the index `by-kind` of `operations`. */
export type ActivityReader = {
  readonly list: (kinds: readonly ActivityKind[], newestFirst: boolean, last: number) => Promise<KindListing>;
  /** The rows of these keys, in their order; those that do not exist or cannot be read are left out. */
  readonly readMany: (keys: readonly Pick<KindKey, 'pk' | 'sk'>[]) => Promise<readonly ActivityItem[]>;
};

/** Notes what staff did elsewhere than in a table's own transaction. Faults are thrown. */
export type StaffLog = { readonly note: (deed: StaffDeedItem) => Promise<void> };

/** Notes moves of orders, each once. Faults are thrown. */
export type MoveLog = { readonly note: (move: SettledMove) => Promise<void> };

const activityItemSchema = {
  'stock-edit': stockEditItemSchema,
  move: moveActItemSchema,
  redrive: letterActItemSchema,
  discard: letterActItemSchema,
  'product-create': staffDeedItemSchema,
  'product-edit': staffDeedItemSchema,
  'product-archive': staffDeedItemSchema,
  'product-restore': staffDeedItemSchema,
  'basket-clear': staffDeedItemSchema,
  capacity: staffDeedItemSchema,
  switches: staffDeedItemSchema,
} as const;

const isActivityKind = (kind: unknown): kind is ActivityKind =>
  typeof kind === 'string' && Object.hasOwn(activityItemSchema, kind);

export const makeDynamoDbActivityReader = ({
  db,
  settings,
  logger,
}: TableDeps & { readonly logger: Logger }): ActivityReader => {
  const table = settings.tableName('operations');
  const stored = makeStoredRows('operations', logger);
  return {
    list: (kinds, newestFirst, last) => listByKind({ db, table, kinds, newestFirst, last }),
    readMany: async (wanted) => {
      const keys = wanted.map(({ pk, sk }) => ({ pk, sk }));
      const rows = await batchGetRows(db, { table, keys, consistent: true });
      const byKey = new Map(rows.map((row) => [`${row.pk} ${row.sk}`, row]));
      return keys.flatMap(({ pk, sk }) => {
        const row = byKey.get(`${pk} ${sk}`);
        // An id is a key that a caller may make up: rows of other kinds are nobody's business here.
        if (row === undefined || !isActivityKind(row.kind)) return [];
        return stored.orSkip<ActivityItem>(activityItemSchema[row.kind], row) ?? [];
      });
    },
  };
};

export const makeDynamoDbStaffLog = ({ db, settings }: TableDeps): StaffLog => ({
  note: async (deed) => {
    await db.send(new PutCommand({ TableName: settings.tableName('operations'), Item: deed }));
  },
});

export const makeDynamoDbMoveLog = ({ db, settings }: TableDeps): MoveLog => ({
  note: async ({ at, ...move }) => {
    const item: MoveActItem = {
      pk: `move#${move.orderId}`,
      sk: move.moveId,
      schema: itemSchemaNumber,
      kind: 'move',
      ...move,
      lastSeenAt: at,
    };
    try {
      await db.send(
        new PutCommand({
          TableName: settings.tableName('operations'),
          Item: item,
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    } catch (error) {
      // Noted by an earlier delivery of the same move.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
});
