import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { deadLetterKey } from '#dead-letter-store';
import type { Settings } from '#settings';

/** Whether an accepted order waits for staff: its message became a dead letter that is still open (G5). */
export type DeadLetterReader = { readonly isHeld: (orderId: string) => Promise<boolean> };

export const makeDynamoDbDeadLetterReader = ({
  db,
  settings,
}: {
  readonly db: DynamoDBDocumentClient;
  readonly settings: Pick<Settings, 'tableName'>;
}): DeadLetterReader => ({
  isHeld: async (orderId) => {
    const answer = await db.send(
      new GetCommand({
        TableName: settings.tableName('operations'),
        Key: deadLetterKey(orderId),
        ConsistentRead: true,
      }),
    );
    return answer.Item?.status === 'open';
  },
});
