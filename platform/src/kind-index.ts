import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { compareText, mergePartitions } from '#merge-partitions';

/** A row of `operations` as its index `by-kind` orders it. */
export type KindKey = { readonly pk: string; readonly sk: string; readonly lastSeenAt: string };
/** Keys in order, up to the last that was asked for; `total` is exact to 1,000, then capped. */
export type KindListing = { readonly keys: readonly KindKey[]; readonly total: number; readonly capped: boolean };

export type KindQuery = {
  readonly db: DynamoDBDocumentClient;
  readonly table: string;
  readonly kinds: readonly string[];
  readonly newestFirst: boolean;
  /** The last row that is wanted, from 0. */
  readonly last: number;
  /** Only rows of this status. */
  readonly status?: string | undefined;
};

/**
 * The keys of these kinds, by the time of each, merged: one query a kind. Payloads do not travel, but they are paid for:
 * the index holds whole rows, and a query costs what it looks at.
 */
export const listByKind = ({ db, table, kinds, newestFirst, last, status }: KindQuery): Promise<KindListing> =>
  mergePartitions<KindKey>({
    db,
    table,
    last,
    partitions: kinds.map((kind) => ({
      IndexName: 'by-kind',
      KeyConditionExpression: '#kind = :kind',
      ProjectionExpression: 'pk, sk, lastSeenAt',
      ...(status === undefined ? {} : { FilterExpression: '#status = :status' }),
      ExpressionAttributeNames: { '#kind': 'kind', ...(status === undefined ? {} : { '#status': 'status' }) },
      ExpressionAttributeValues: { ':kind': kind, ...(status === undefined ? {} : { ':status': status }) },
      ScanIndexForward: !newestFirst,
    })),
    compare: (left, right) => (newestFirst ? -1 : 1) * compareText(left.lastSeenAt, right.lastSeenAt),
  });
