import { marshall } from '@aws-sdk/util-dynamodb';
import type { RawStreamRecord } from '#stream-records';

export type TestChange = {
  readonly table: string;
  readonly sequence: string;
  /** Absent: the row was removed. */
  readonly newRow?: object;
  readonly oldRow?: object;
  /** Seconds since 1970. */
  readonly atSeconds?: number;
};

/** A stream record as Lambda hands it over, from plain rows. */
export const makeStreamRecord = ({ table, sequence, newRow, oldRow, atSeconds = 0 }: TestChange): RawStreamRecord => {
  const image = (row: object | undefined) => (row === undefined ? undefined : marshall(row, marshallOptions));
  return {
    eventName: newRow === undefined ? 'REMOVE' : oldRow === undefined ? 'INSERT' : 'MODIFY',
    eventSourceARN: `arn:aws:dynamodb:eu-west-2:000000000000:table/${table}/stream/2025-11-23T10:00:00.000`,
    dynamodb: {
      SequenceNumber: sequence,
      NewImage: image(newRow),
      OldImage: image(oldRow),
      ApproximateCreationDateTime: atSeconds,
    },
  };
};

const marshallOptions = { removeUndefinedValues: true };
