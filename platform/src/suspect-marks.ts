import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '@penstock/domain/clock';
import { itemSchemaNumber } from '@penstock/domain/items';
import type { TableDeps } from '#table-calls';

/**
 * Marks of messages that are tried alone (G2): set before the trial, taken away after it. One that is left behind says that the
 * process ended meanwhile. Faults of the table are thrown.
 */
export type SuspectMarks = {
  /** Sets one more mark. Answers how many there are now. */
  readonly add: (queue: string, messageId: string) => Promise<number>;
  /** The trial came to an end, whatever that was. */
  readonly clear: (queue: string, messageId: string) => Promise<void>;
};

/** As long as SQS keeps a message; then the table's TTL removes the row. */
const keptSeconds = 14 * 24 * 60 * 60;

export const makeDynamoDbSuspectMarks = (deps: TableDeps & { readonly clock: Clock }): SuspectMarks => {
  const { db, settings, clock } = deps;
  const TableName = settings.tableName('operations');
  const keyOf = (queue: string, messageId: string) => ({ pk: `suspect#${queue}`, sk: messageId });
  return {
    add: async (queue, messageId) => {
      const { Attributes } = await db.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(queue, messageId),
          UpdateExpression: 'SET #schema = :schema, expiresAt = :expires ADD marks :one',
          ExpressionAttributeNames: { '#schema': 'schema' },
          ExpressionAttributeValues: {
            ':schema': itemSchemaNumber,
            ':expires': Math.floor(clock.now() / 1000) + keptSeconds,
            ':one': 1,
          },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Number(Attributes?.marks);
    },
    clear: async (queue, messageId) => {
      await db.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(queue, messageId),
          UpdateExpression: 'SET marks = :none',
          ExpressionAttributeValues: { ':none': 0 },
        }),
      );
    },
  };
};
