import { type DynamoDBDocumentClient, GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import {
  itemSchemaNumber,
  type SnapshotHeadItem,
  type SnapshotProduct,
  snapshotChunkItemSchema,
  snapshotHeadItemSchema,
} from '@penstock/domain/items';
import { own } from '@penstock/domain/own';
import { chunkSortKey } from '@penstock/domain/snapshot';
import { batchGetRows } from '#batch-get';
import { isLostRace } from '#cancellation';
import type { Settings } from '#settings';

/** The head: the snapshot's rev, the rev of each chunk, and a fingerprint of the products announced last. */
export type SnapshotHead = Pick<SnapshotHeadItem, 'rev' | 'chunks' | 'announced'>;
/** A chunk as stored; rev 0 and no products while nothing is stored. */
export type SnapshotChunk = { readonly rev: number; readonly products: readonly SnapshotProduct[] };
export type SnapshotChunks = ReadonlyMap<string, SnapshotChunk>;

/** One step of the snapshot: the head as it was read, the head to be, and the chunks that change with it. */
export type SnapshotCommit = {
  readonly read: SnapshotHead | undefined;
  readonly head: SnapshotHead;
  readonly chunks: ReadonlyMap<string, { readonly readRev: number; readonly products: readonly SnapshotProduct[] }>;
};

/** The write side of the catalogue snapshot in `views`. Faults of the table are thrown. */
export type SnapshotStore = {
  /** Read strongly; undefined before the first product. */
  readonly readHead: () => Promise<SnapshotHead | undefined>;
  /** The named chunks. Those that memory holds at the head's rev are not read again; the rest are read strongly. */
  readonly readChunks: (head: SnapshotHead | undefined, names: readonly string[]) => Promise<SnapshotChunks>;
  /**
   * Writes head and chunks in one transaction, each on condition of the rev read; a changed chunk gets the new head's
   * rev. `conflict`: somebody was faster and nothing was written. At most 99 chunks and 4 MB (AWS).
   */
  readonly commit: (commit: SnapshotCommit) => Promise<'committed' | 'conflict'>;
};

export type SnapshotStoreDeps = {
  readonly db: DynamoDBDocumentClient;
  readonly settings: Pick<Settings, 'tableName'>;
};

const pk = 'catalogue';

export const makeDynamoDbSnapshotStore = ({ db, settings }: SnapshotStoreDeps): SnapshotStore => {
  const table = settings.tableName('views');
  const memory = new Map<string, SnapshotChunk>();

  return {
    readHead: async () => {
      const answer = await db.send(new GetCommand({ TableName: table, Key: { pk, sk: 'head' }, ConsistentRead: true }));
      return answer.Item === undefined ? undefined : snapshotHeadItemSchema.parse(answer.Item);
    },
    readChunks: async (head, names) => {
      const stale = names.filter((name) => {
        const rev = own(head?.chunks, name);
        return rev !== undefined && memory.get(name)?.rev !== rev;
      });
      const keys = stale.map((name) => ({ pk, sk: chunkSortKey(name) }));
      for (const row of await batchGetRows(db, { table, keys, consistent: true })) {
        const chunk = snapshotChunkItemSchema.parse(row);
        memory.set(chunk.sk.slice(chunkSortKey('').length), { rev: chunk.rev, products: chunk.products });
      }
      const empty: SnapshotChunk = { rev: 0, products: [] };
      return new Map(
        names.map((name) => [name, own(head?.chunks, name) === undefined ? empty : (memory.get(name) ?? empty)]),
      );
    },
    commit: async ({ read, head, chunks }) => {
      const headPut = {
        TableName: table,
        Item: { pk, sk: 'head', schema: itemSchemaNumber, ...head },
        ...revCondition(read?.rev ?? 0),
      };
      const chunkPuts = [...chunks].map(([name, { readRev, products }]) => ({
        Put: {
          TableName: table,
          Item: { pk, sk: chunkSortKey(name), schema: itemSchemaNumber, rev: head.rev, products },
          ...revCondition(readRev),
        },
      }));
      try {
        if (chunkPuts.length === 0) await db.send(new PutCommand(headPut));
        else await db.send(new TransactWriteCommand({ TransactItems: [{ Put: headPut }, ...chunkPuts] }));
      } catch (error) {
        if (isLostRace(error)) return 'conflict';
        throw error;
      }
      for (const [name, { products }] of chunks) memory.set(name, { rev: head.rev, products });
      return 'committed';
    },
  };
};

const revCondition = (rev: number) =>
  rev === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'rev = :read', ExpressionAttributeValues: { ':read': rev } };
