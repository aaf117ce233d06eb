import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '@penstock/domain/clock';
import { type SnapshotProduct, snapshotChunkItemSchema, snapshotHeadItemSchema } from '@penstock/domain/items';
import { chunkSortKey } from '@penstock/domain/snapshot';
import { batchGetRows } from '#batch-get';
import type { Settings } from '#settings';

/** The catalogue as lists show it, all of it, archived products too. */
export type CatalogueSnapshot = { readonly rev: number; readonly products: readonly SnapshotProduct[] };

export type SnapshotReader = {
  /** From memory; the head is checked when the last check is older than `maxAgeMs`, and what has changed is read again. */
  readonly read: (maxAgeMs: number) => Promise<CatalogueSnapshot>;
};

const empty: CatalogueSnapshot = { rev: 0, products: [] };

/** The read side of the snapshot in `views`: one small read a check, chunks only when their rev has moved. */
export const makeSnapshotReader = (deps: {
  readonly db: DynamoDBDocumentClient;
  readonly settings: Pick<Settings, 'tableName'>;
  readonly clock: Clock;
}): SnapshotReader => {
  const table = deps.settings.tableName('views');
  const chunks = new Map<string, { readonly rev: number; readonly products: readonly SnapshotProduct[] }>();
  let current = empty;
  let checkedAtMs = Number.NEGATIVE_INFINITY;
  let checking: Promise<CatalogueSnapshot> | undefined;

  const check = async (): Promise<CatalogueSnapshot> => {
    const beganMs = deps.clock.now();
    const answer = await deps.db.send(
      new GetCommand({ TableName: table, Key: { pk: 'catalogue', sk: 'head' }, ConsistentRead: true }),
    );
    const head = answer.Item === undefined ? undefined : snapshotHeadItemSchema.parse(answer.Item);
    if (head !== undefined && head.rev !== current.rev) {
      const stale = Object.entries(head.chunks).filter(([name, rev]) => chunks.get(name)?.rev !== rev);
      const keys = stale.map(([name]) => ({ pk: 'catalogue', sk: chunkSortKey(name) }));
      for (const row of await batchGetRows(deps.db, { table, keys, consistent: true })) {
        const chunk = snapshotChunkItemSchema.parse(row);
        chunks.set(chunk.sk.slice(chunkSortKey('').length), { rev: chunk.rev, products: chunk.products });
      }
      current = { rev: head.rev, products: [...chunks.values()].flatMap((chunk) => chunk.products) };
    }
    checkedAtMs = beganMs;
    return current;
  };

  return {
    read: async (maxAgeMs) => {
      if (deps.clock.now() - checkedAtMs <= maxAgeMs) return current;
      checking ??= check().finally(() => {
        checking = undefined;
      });
      return checking;
    },
  };
};
