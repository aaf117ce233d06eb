import type { DeadLetterItem } from '@penstock/domain/items';
import { batchGetRows } from '#batch-get';
import { deadLetterKey } from '#dead-letter-store';
import type { TableDeps } from '#table-calls';

/** How letters stand, by their ids; of one that does not exist, nothing. Read strongly. */
export type LetterStates = {
  readonly readMany: (ids: readonly string[]) => Promise<ReadonlyMap<string, DeadLetterItem['status']>>;
};

export const makeDynamoDbLetterStates = ({ db, settings }: TableDeps): LetterStates => ({
  readMany: async (ids) => {
    const keys = [...new Set(ids)].map((id) => ({ ...deadLetterKey(id) }));
    const rows = await batchGetRows(db, { table: settings.tableName('operations'), keys, consistent: true });
    return new Map(rows.map((row) => [String(row.id), row.status as DeadLetterItem['status']]));
  },
});
