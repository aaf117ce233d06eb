import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { limits } from '@penstock/domain/limits';

/** One partition of an index. */
export type PartitionQuery = Omit<QueryCommandInput, 'TableName' | 'Limit' | 'ExclusiveStartKey'>;

export type MergedList<Key> = {
  /** In order, up to the last row that was asked for. */
  readonly keys: readonly Key[];
  /** Exact to 1,000; of a list that is looked at further down, as far as it was looked at. */
  readonly total: number;
  /** There are more than the total says. */
  readonly capped: boolean;
};

export type Merge<Key> = {
  readonly db: DynamoDBDocumentClient;
  readonly table: string;
  readonly partitions: readonly PartitionQuery[];
  readonly compare: (left: Key, right: Key) => number;
  /** The last row that is wanted, from 0. */
  readonly last: number;
};

/** Rows further down than this are reached by a filter on the time, not by paging: every page reads all keys before it. */
export const depthMax = 10_000;
/** Pages of one partition: a filter that finds nothing must not read an index to its end. */
const pagesMax = 20;

type Partition<Key> = {
  readonly keys: Key[];
  start: QueryCommandInput['ExclusiveStartKey'];
  pages: number;
  isEnded: boolean;
};

/**
 * Merges the partitions of an index in order, and reads no more keys than the page and an exact total need: a quarter of
 * them from each of four, and more only of those whose keys run out first.
 */
export const mergePartitions = async <Key>(merge: Merge<Key>): Promise<MergedList<Key>> => {
  const { compare, last } = merge;
  const wanted = Math.min(Math.max(last + 1, limits.totalExactMax), depthMax) + 1;
  const limit = Math.ceil(wanted / merge.partitions.length) + 1;
  const parts = merge.partitions.map((): Partition<Key> => ({ keys: [], start: undefined, pages: 0, isEnded: false }));
  const certainKeys = (): readonly Key[] => {
    // What was looked at last, a filter's leavings too: an index names its own key and the table's there.
    const [first] = parts.flatMap(({ start }) => (start === undefined ? [] : [start as Key])).sort(compare);
    const all = parts.flatMap(({ keys }) => keys).sort(compare);
    return first === undefined ? all : all.filter((key) => compare(key, first) <= 0);
  };
  let certain: readonly Key[] = [];
  while (certain.length < wanted) {
    const open = parts.flatMap((part, index) => (part.isEnded || part.pages === pagesMax ? [] : [{ part, index }]));
    if (open.length === 0) break;
    await Promise.all(open.map(({ part, index }) => readOn(merge, part, merge.partitions[index], limit)));
    certain = certainKeys();
  }
  const isWhole = parts.every(({ isEnded }) => isEnded);
  const total = Math.min(certain.length, Math.max(limits.totalExactMax, last + 1), depthMax);
  return { keys: certain.slice(0, Math.min(last + 1, depthMax)), total, capped: !isWhole || certain.length > total };
};

const readOn = async <Key>(
  { db, table }: Merge<Key>,
  part: Partition<Key>,
  query: PartitionQuery | undefined,
  limit: number,
): Promise<void> => {
  const answer = await db.send(
    new QueryCommand({
      TableName: table,
      ...query,
      Limit: limit,
      ...(part.start === undefined ? {} : { ExclusiveStartKey: part.start }),
    }),
  );
  part.keys.push(...((answer.Items ?? []) as Key[]));
  part.start = answer.LastEvaluatedKey;
  part.pages += 1;
  part.isEnded = part.start === undefined;
};

export const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
