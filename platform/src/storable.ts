import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type marshallOptions as MarshallOptions, marshall } from '@aws-sdk/util-dynamodb';
import { faultKindOf } from '#table-fault';

/** Undefined members are dropped. */
export const marshallOptions = { removeUndefinedValues: true } as const satisfies MarshallOptions;

/**
 * A value that no table holds: a number beyond 2^53 - 1, an object that is none of plain data. Permanent, and the fault
 * of whoever made the value: nothing was sent.
 */
export class ValueNotStorable extends Error {
  readonly code = 'value-not-storable';
  constructor(cause: Error) {
    super(`A value cannot be stored: ${cause.message}`, { cause });
    this.name = 'ValueNotStorable';
  }
}

/** Why a row cannot be stored; undefined: it can. */
export const storageFault = (row: object): ValueNotStorable | undefined => {
  try {
    marshall(row, marshallOptions);
    return undefined;
  } catch (error) {
    return new ValueNotStorable(error instanceof Error ? error : new Error(String(error)));
  }
};

/**
 * Gives what the document client throws about a value its name. The SDK throws a plain Error there, as it does of missing
 * settings and much else; that the value is at fault is proven by the value.
 */
export const nameUnstorable = (db: DynamoDBDocumentClient): void => {
  db.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        const kind = faultKindOf(error);
        throw (kind === 'unknown' || kind === 'invalid' ? storageFault(args.input) : undefined) ?? error;
      }
    },
    // Inside of what paces, which must know what it was.
    { step: 'initialize', priority: 'low', name: 'penstockUnstorable' },
  );
};
