import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { itemSchemaNumber } from '@penstock/domain/items';
import type * as z from 'zod';
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

/** A row in our words; undefined when this release cannot read it: N reads N-1 and N+1 (A6). */
export const readableRow = <Row extends { readonly schema: number }>(
  schema: z.ZodType<Row>,
  item: unknown,
): Row | undefined => {
  const { data } = schema.safeParse(item);
  return data === undefined || data.schema > itemSchemaNumber + 1 ? undefined : data;
};
