import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchGetRows } from '#batch-get';
import type { Settings } from '#settings';

/** The two rows of a product, not checked yet: a stream reader skips what it cannot read (H5). */
export type ProductRows = { readonly offer?: unknown; readonly details?: unknown };
export type ProductPart = 'offer' | 'details';

/** Reads rows of products for the stream readers. */
export type ProductRowsReader = {
  /** These parts of these products, read strongly. A product without rows is absent. */
  readonly read: (ids: readonly string[], parts: readonly ProductPart[]) => Promise<ReadonlyMap<string, ProductRows>>;
};

export const makeDynamoDbProductRows = (deps: {
  readonly db: DynamoDBDocumentClient;
  readonly settings: Pick<Settings, 'tableName'>;
}): ProductRowsReader => ({
  read: async (ids, parts) => {
    const keys = [...new Set(ids)].flatMap((id) => parts.map((part) => ({ id, part })));
    const rows = await batchGetRows(deps.db, { table: deps.settings.tableName('products'), keys, consistent: true });
    const found = new Map<string, ProductRows>();
    for (const row of rows) found.set(String(row.id), { ...found.get(String(row.id)), [String(row.part)]: row });
    return found;
  },
});
