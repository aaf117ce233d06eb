import { errorFields, type Logger } from '@penstock/platform/logger';
import { faultOf } from '@penstock/platform/row-fault';
import { type RawStreamRecord, type RowChange, readStreamRecord } from '@penstock/platform/stream-records';
import type * as z from 'zod';
import type { RowVersion } from '#core/entity-changes';

/** A row of the batch, with its place in it. */
export type PlacedChange = RowChange & { readonly position: number };

/** The records of a batch that can be read at all; the others are logged and left out (H5). */
export const readRecords = (records: readonly RawStreamRecord[], logger: Logger): readonly PlacedChange[] =>
  records.flatMap((record, position) => {
    try {
      return [{ ...readStreamRecord(record), position }];
    } catch (error) {
      logger.error('stream-record-unreadable', errorFields(error));
      return [];
    }
  });

/**
 * The rows of the batch as a schema reads them. A row that it refuses is logged by the path of its fault, never by its
 * values, and left out (H5). `wanted` tells rows of other kinds in the same table apart.
 */
export const readVersions = <Row>(
  changes: readonly PlacedChange[],
  schema: z.ZodType<Row>,
  logger: Logger,
  wanted: (image: Readonly<Record<string, unknown>>) => boolean = () => true,
): readonly RowVersion<Row>[] =>
  changes.flatMap(({ position, createdAtMs, newImage, oldImage }) => {
    const image = newImage ?? oldImage;
    if (image !== undefined && !wanted(image)) return [];
    const parsed = schema.safeParse(image);
    if (!parsed.success) {
      logger.error('stream-row-unreadable', { reason: faultOf(parsed.error) });
      return [];
    }
    const isRemoved = newImage === undefined;
    return [
      {
        position,
        createdAtMs,
        newRow: isRemoved ? undefined : parsed.data,
        oldRow: isRemoved ? parsed.data : undefined,
      },
    ];
  });
