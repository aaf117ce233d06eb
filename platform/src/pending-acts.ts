import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { itemSchemaNumber, type PendingActItem, pendingActItemSchema, type StaffAct } from '@penstock/domain/items';
import { batchGetRows } from '#batch-get';
import { readableRow, type TableDeps } from '#table-calls';

/** What staff asked for and is not stored yet: one act a record (E5). Faults are thrown. */
export type PendingActs = {
  /** Read strongly; of a row that this release cannot read, nothing. */
  readonly read: (record: string) => Promise<StaffAct | undefined>;
  readonly readMany: (records: readonly string[]) => Promise<ReadonlyMap<string, StaffAct>>;
  /** Writes it down before it is sent, in place of the one that was seen. `other`: somebody was faster. */
  readonly keep: (act: StaffAct, seenActId: string | undefined) => Promise<'kept' | 'other'>;
  /** The queue took it. */
  readonly confirm: (act: Pick<StaffAct, 'record' | 'actId'>) => Promise<void>;
  /** It is stored, was refused, or was never sent. Another act of the record is left alone. */
  readonly forget: (act: Pick<StaffAct, 'record' | 'actId'>) => Promise<void>;
};

/** A message lives for 14 days in a queue; one more, and nothing can be waiting any more. */
const lifeMs = 15 * 24 * 60 * 60 * 1000;

const pendingActKey = (record: string) => ({ pk: `pending#${record}`, sk: 'pending' as const });

export const makeDynamoDbPendingActs = ({ db, settings }: TableDeps): PendingActs => {
  const TableName = settings.tableName('operations');
  return {
    read: async (record) => {
      const { Item } = await db.send(new GetCommand({ TableName, Key: pendingActKey(record), ConsistentRead: true }));
      return actOf(Item);
    },
    readMany: async (records) => {
      const keys = [...new Set(records)].map((record) => ({ ...pendingActKey(record) }));
      const rows = await batchGetRows(db, { table: TableName, keys, consistent: true });
      return new Map(rows.map(actOf).flatMap((act) => (act === undefined ? [] : [[act.record, act] as const])));
    },
    keep: async (act, seenActId) => {
      const item: PendingActItem = {
        ...pendingActKey(act.record),
        schema: itemSchemaNumber,
        ...act,
        expiresAt: Math.ceil((Date.parse(act.since) + lifeMs) / 1000),
      };
      const written = await onCondition(() =>
        db.send(
          new PutCommand({
            TableName,
            Item: item,
            ConditionExpression: 'attribute_not_exists(pk) OR actId = :own OR actId = :seen',
            ExpressionAttributeValues: { ':own': act.actId, ':seen': seenActId ?? act.actId },
          }),
        ),
      );
      return written ? 'kept' : 'other';
    },
    confirm: async ({ record, actId }) => {
      // On condition, or a worker that was faster would find its row made anew.
      await onCondition(() =>
        db.send(
          new UpdateCommand({
            TableName,
            Key: pendingActKey(record),
            UpdateExpression: 'SET sent = :yes',
            ConditionExpression: 'actId = :act',
            ExpressionAttributeValues: { ':act': actId, ':yes': true },
          }),
        ),
      );
    },
    forget: async ({ record, actId }) => {
      await onCondition(() =>
        db.send(
          new DeleteCommand({
            TableName,
            Key: pendingActKey(record),
            ConditionExpression: 'actId = :act',
            ExpressionAttributeValues: { ':act': actId },
          }),
        ),
      );
    },
  };
};

const actOf = (item: unknown): StaffAct | undefined => {
  if (item === undefined) return undefined;
  const row = readableRow(pendingActItemSchema, item);
  if (row === undefined) return undefined;
  const { record, actId, status, staffName, since, correlationId, sent } = row;
  return {
    record,
    actId,
    ...(status === undefined ? {} : { status }),
    staffName,
    since,
    correlationId,
    ...(sent === undefined ? {} : { sent }),
  };
};

const onCondition = async (call: () => Promise<unknown>): Promise<boolean> => {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};
