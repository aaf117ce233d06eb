import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/** A record as an event source hands it over (Lambda's DynamoDBRecord). */
export type RawStreamRecord = {
  readonly eventName?: string | undefined;
  readonly eventSourceARN?: string | undefined;
  readonly dynamodb?:
    | {
        readonly SequenceNumber?: string | undefined;
        readonly Keys?: object | undefined;
        readonly NewImage?: object | undefined;
        readonly OldImage?: object | undefined;
        readonly ApproximateCreationDateTime?: number | undefined;
      }
    | undefined;
};

/** A change of one row, in plain values. Images are not checked yet: a schema belongs right behind. */
export type RowChange = {
  /** Where the shard's reader may begin again. Compare for equality alone. */
  readonly sequence: string;
  /** The table's real name, from the stream's ARN. */
  readonly table: string;
  readonly newImage: Readonly<Record<string, unknown>> | undefined;
  readonly oldImage: Readonly<Record<string, unknown>> | undefined;
  /** When the change was made, ms since 1970; the stream knows whole seconds. */
  readonly createdAtMs: number;
};

/** Reads a record; throws when it is none (no sequence number, images that are no DynamoDB values). */
export const readStreamRecord = (record: RawStreamRecord): RowChange => {
  const sequence = record.dynamodb?.SequenceNumber;
  if (sequence === undefined) throw new TypeError('The record has no sequence number.');
  return {
    sequence,
    table: /:table\/([^/]+)\/stream\//.exec(record.eventSourceARN ?? '')?.[1] ?? '',
    newImage: plainImage(record.dynamodb?.NewImage),
    oldImage: plainImage(record.dynamodb?.OldImage),
    createdAtMs: (record.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000,
  };
};

const plainImage = (image: object | undefined): Readonly<Record<string, unknown>> | undefined =>
  image === undefined ? undefined : unmarshall(image as Record<string, AttributeValue>);
