import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type DeadLetterItem, itemSchemaNumber } from '@penstock/domain/items';
import type { TableDeps } from '#table-calls';

/** A message that cannot be worked, with its reason. `id` says what it is about (G3): see deadLetterIds of the drains. */
export type DeadLetter = Pick<
  DeadLetterItem,
  'id' | 'queue' | 'reason' | 'detail' | 'payload' | 'attempt' | 'receives' | 'correlationId'
> & {
  /** ISO 8601. */
  readonly seenAt: string;
};

export type DeadLetterStore = {
  /**
   * Keeps a letter, before its message is acknowledged. `known`: this attempt, or a later one, is kept already. A
   * letter of a lower attempt is replaced and opened again, or a redriven message that fails again would vanish (G3).
   * Throws when the table does: the message is then not acknowledged.
   */
  readonly keep: (letter: DeadLetter) => Promise<'kept' | 'known'>;
};

/** Bytes of a payload that are kept whole: DynamoDB takes 400 KB a row, a queue 1 MiB a message. */
export const payloadBytesMax = 340 * 1024;

/**
 * The payload as a row can hold it. What is cut has its size in the detail, and is never sent again. Half a character, from
 * the sender or from the cut, becomes U+FFFD: the table refuses the whole row for it.
 */
export const storedPayload = (letter: DeadLetter): Pick<DeadLetterItem, 'payload' | 'detail' | 'isCut'> => {
  const { detail } = letter;
  const bytes = Buffer.from(letter.payload);
  const payload = bytes.toString();
  const size = bytes.byteLength;
  if (size <= payloadBytesMax) return { payload, detail, isCut: false };
  // A quarter of the characters fits whatever they are: UTF-8 takes four bytes at most.
  return {
    payload: Buffer.from(payload.slice(0, payloadBytesMax / 4)).toString(),
    detail: `${detail} (cut from ${size} bytes)`,
    isCut: true,
  };
};

/** The key of a letter in `operations`. */
export const deadLetterKey = (id: string) => ({ pk: `dead-letter#${id}`, sk: 'letter' as const });

export const makeDynamoDbDeadLetterStore = ({ db, settings }: TableDeps): DeadLetterStore => ({
  keep: async ({ seenAt, ...letter }) => {
    const members = {
      ...letter,
      ...storedPayload({ ...letter, seenAt }),
      schema: itemSchemaNumber,
      kind: 'dead-letter',
      status: 'open',
      lastSeenAt: seenAt,
    } satisfies Partial<DeadLetterItem>;
    const names = Object.keys(members);
    const sets = names.map((name) => `#${name} = :${name}`).join(', ');
    try {
      await db.send(
        new UpdateCommand({
          TableName: settings.tableName('operations'),
          Key: deadLetterKey(letter.id),
          UpdateExpression: `SET ${sets}, firstSeenAt = if_not_exists(firstSeenAt, :lastSeenAt) REMOVE expiresAt`,
          ConditionExpression: 'attribute_not_exists(pk) OR #attempt < :attempt',
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: Object.fromEntries(
            Object.entries(members).map(([key, value]) => [`:${key}`, value]),
          ),
        }),
      );
      return 'kept';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'known';
      throw error;
    }
  },
});
