import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { limits } from '@penstock/domain/limits';

/** A row of `operations` as its index `by-kind` orders it. */
export type KindKey = { readonly pk: string; readonly sk: string; readonly lastSeenAt: string };
/** Keys in order; `total` is exact to 1,000, then capped. */
export type KindListing = { readonly keys: readonly KindKey[]; readonly total: number; readonly capped: boolean };

export type KindQuery = {
  readonly db: DynamoDBDocumentClient;
  readonly table: string;
  readonly kinds: readonly string[];
  readonly newestFirst: boolean;
};

/** The keys of these kinds, by the time of each, merged: one query a kind. Payloads stay where they are. */
export const listByKind = async ({ db, table, kinds, newestFirst }: KindQuery): Promise<KindListing> => {
  const parts = await Promise.all(kinds.map((kind) => keysOf(db, table, kind, newestFirst)));
  const sign = newestFirst ? -1 : 1;
  const keys = parts.flat().sort((left, right) => (left.lastSeenAt < right.lastSeenAt ? -sign : sign));
  return {
    keys: keys.slice(0, limits.totalExactMax),
    total: Math.min(keys.length, limits.totalExactMax),
    capped: keys.length > limits.totalExactMax,
  };
};

const keysOf = async (
  db: DynamoDBDocumentClient,
  table: string,
  kind: string,
  newestFirst: boolean,
): Promise<readonly KindKey[]> => {
  const keys: KindKey[] = [];
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const answer = await db.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'by-kind',
        KeyConditionExpression: '#kind = :kind',
        ProjectionExpression: 'pk, sk, lastSeenAt',
        ExpressionAttributeNames: { '#kind': 'kind' },
        ExpressionAttributeValues: { ':kind': kind },
        ScanIndexForward: !newestFirst,
        Limit: limits.totalExactMax + 1,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    keys.push(...((answer.Items ?? []) as KindKey[]));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined && keys.length <= limits.totalExactMax);
  return keys;
};
