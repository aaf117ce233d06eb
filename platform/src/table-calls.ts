import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Settings } from '#settings';
import type { TableFault } from '#table-fault';

/** What every store on DynamoDB stands on. */
export type TableDeps = {
  readonly db: DynamoDBDocumentClient;
  readonly settings: Pick<Settings, 'tableName'>;
};

/** One row, read strongly. */
export type RowRead<Row> =
  | { readonly outcome: 'found'; readonly row: Row }
  | { readonly outcome: 'absent' }
  /** Stored, but not in a form that this release can read (A6). */
  | { readonly outcome: 'unreadable' }
  | TableFault;

/** The capacity units that a call consumed, summed over its tables. */
export const sumUnits = (consumed: readonly { readonly CapacityUnits?: number | undefined }[] | undefined): number =>
  (consumed ?? []).reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
