import { type DynamoDBDocumentClient, GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import {
  type DeadLetterItem,
  deadLetterItemSchema,
  itemSchemaNumber,
  type LetterActItem,
  type OrderItem,
} from '@penstock/domain/items';
import { limits } from '@penstock/domain/limits';
import { batchGetRows } from '#batch-get';
import { cancellationCodes } from '#cancellation';
import { deadLetterKey } from '#dead-letter-store';
import { type KindListing, listByKind } from '#kind-index';
import type { Logger } from '#logger';
import { patiently } from '#patient-call';
import type { Settings } from '#settings';
import { makeStoredRows } from '#stored-rows';

/** Who settles a letter and why. `at` is ISO 8601. */
export type Settling = {
  readonly staffName: string;
  readonly reason: string;
  readonly at: string;
  readonly correlationId: string;
};

/**
 * `settled`: somebody else redrove or discarded it before, or its order is stored. `gone`: there is no such letter.
 * `reopened`: a later attempt of its message failed meanwhile, and the letter is about that one now.
 */
export type SettleOutcome = 'done' | 'settled' | 'gone' | 'reopened';

/** Dead letters as staff work on them (G5). Throttling beyond the patience throws CallThrottled. */
export type DeadLetterDesk = {
  /** Letters of a status, or all, up to the last that is wanted (from 0); the total is exact to 1,000, then capped. */
  readonly list: (
    status: DeadLetterItem['status'] | undefined,
    newestFirst: boolean,
    last?: number,
  ) => Promise<KindListing>;
  /** One letter, read strongly; throws RowUnreadable. */
  readonly read: (id: string) => Promise<DeadLetterItem | undefined>;
  /** These letters, read strongly, in the order of the ids; those that do not exist or cannot be read are left out. */
  readonly readMany: (ids: readonly string[]) => Promise<readonly DeadLetterItem[]>;
  /** Marks a letter as sent again, on condition that it is still open and about this attempt. Sent first, marked after. */
  readonly markRequeued: (letter: DeadLetterItem, by: Settling) => Promise<SettleOutcome>;
  /** Marks a letter as discarded; with an order, writes that row in the same transaction, if none is stored. */
  readonly discard: (letter: DeadLetterItem, by: Settling, refusal: OrderItem | undefined) => Promise<SettleOutcome>;
};

export type DeadLetterDeskDeps = {
  readonly db: DynamoDBDocumentClient;
  readonly settings: Pick<Settings, 'tableName'>;
  readonly logger: Logger;
  readonly random: () => number;
  readonly now: () => number;
};

/** A settled letter is kept this long: to answer questions, and no longer, for it may hold a name and an address. */
export const settledLetterLifeMs = 90 * 24 * 60 * 60 * 1000;
const patienceMs = 3000;

export const makeDynamoDbDeadLetterDesk = ({
  db,
  settings,
  logger,
  random,
  now,
}: DeadLetterDeskDeps): DeadLetterDesk => {
  const table = settings.tableName('operations');
  const orders = settings.tableName('orders');
  const stored = makeStoredRows('operations', logger);

  const read = async (id: string): Promise<DeadLetterItem | undefined> => {
    const call = new GetCommand({ TableName: table, Key: deadLetterKey(id), ConsistentRead: true });
    const { Item } = await db.send(call);
    return Item === undefined ? undefined : stored.one(deadLetterItemSchema, Item);
  };

  const readMany = async (ids: readonly string[]): Promise<readonly DeadLetterItem[]> => {
    const keys = [...new Set(ids)].map((id) => ({ ...deadLetterKey(id) }));
    const rows = await batchGetRows(db, { table, keys, consistent: true });
    const byId = new Map(rows.map((row) => [String(row.id), stored.orSkip(deadLetterItemSchema, row)]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  };

  const transact = (actions: TransactActions): Promise<readonly string[]> =>
    patiently({ what: 'Settling a dead letter', patienceMs, random, now }, async () => {
      try {
        await db.send(new TransactWriteCommand({ TransactItems: [...actions] }));
        return [];
      } catch (error) {
        const codes = cancellationCodes(error);
        if (!codes.includes('ConditionalCheckFailed')) throw error;
        return codes;
      }
    });

  /** Why a mark was refused: the letter as it is now tells. */
  const whyRefused = async ({ id, attempt }: DeadLetterItem): Promise<SettleOutcome> => {
    const now = await read(id);
    if (now === undefined) return 'gone';
    return now.attempt > attempt ? 'reopened' : 'settled';
  };

  return {
    list: (status, newestFirst, last = limits.totalExactMax - 1) =>
      listByKind({
        db,
        table,
        kinds:
          status === undefined ? [kindOf.open, kindOf.settled] : [status === 'open' ? kindOf.open : kindOf.settled],
        newestFirst,
        last,
        // Both kinds of settled letters share a key of the index.
        status: status === 'open' ? undefined : status,
      }),
    read,
    readMany,
    markRequeued: async (letter, by) => {
      const act = actOf(letter, 'redrive', by);
      const codes = await transact([
        markAction(table, letter, 'requeued', by),
        { Put: { TableName: table, Item: act } },
      ]);
      if (codes.length === 0) return 'done';
      const outcome = await whyRefused(letter);
      // It was sent and has come back already: what was done is noted, though there is nothing left to mark.
      if (outcome === 'reopened') await db.send(new PutCommand({ TableName: table, Item: act }));
      return outcome;
    },
    discard: async (letter, by, refusal) => {
      const mark = markAction(table, letter, 'discarded', by);
      const act = { Put: { TableName: table, Item: actOf(letter, 'discard', by) } };
      if (refusal !== undefined) {
        const put = { TableName: orders, Item: refusal, ConditionExpression: 'attribute_not_exists(id)' };
        const [markCode, , putCode] = await transact([mark, act, { Put: put }]).then(codesOrNone);
        if (markCode === undefined && putCode === undefined) return 'done';
        if (markCode === failed) return whyRefused(letter);
        // The order is stored: there is nothing to refuse any more, and the letter has no purpose.
      }
      const codes = await transact([mark, act]);
      if (codes.length > 0) return whyRefused(letter);
      return refusal === undefined ? 'done' : 'settled';
    },
  };
};

type TransactActions = NonNullable<ConstructorParameters<typeof TransactWriteCommand>[0]['TransactItems']>;

const failed = 'ConditionalCheckFailed';
const kindOf = { open: 'dead-letter', settled: 'dead-letter-settled' } as const;

/** Positions whose condition failed. */
const codesOrNone = (codes: readonly string[]): readonly (string | undefined)[] =>
  codes.map((code) => (code === failed ? code : undefined));

const markAction = (
  table: string,
  { id, attempt }: DeadLetterItem,
  status: 'requeued' | 'discarded',
  { at, staffName: by, reason }: Settling,
): TransactActions[number] => ({
  Update: {
    TableName: table,
    Key: deadLetterKey(id),
    UpdateExpression: 'SET #status = :status, #kind = :kind, settled = :settled, expiresAt = :expiresAt',
    ConditionExpression: '#attempt = :attempt AND #status = :open',
    ExpressionAttributeNames: { '#status': 'status', '#kind': 'kind', '#attempt': 'attempt' },
    ExpressionAttributeValues: {
      ':status': status,
      ':kind': kindOf.settled,
      ':settled': { at, by, reason },
      ':expiresAt': Math.ceil((Date.parse(at) + settledLetterLifeMs) / 1000),
      ':attempt': attempt,
      ':open': 'open',
    },
  },
});

const actOf = (
  { id, queue, attempt }: DeadLetterItem,
  kind: 'redrive' | 'discard',
  { at, staffName, reason, correlationId }: Settling,
): LetterActItem => ({
  pk: deadLetterKey(id).pk,
  sk: `${kind}#${String(attempt).padStart(6, '0')}`,
  schema: itemSchemaNumber,
  kind,
  letterId: id,
  queue,
  attempt,
  reason,
  staffName,
  lastSeenAt: at,
  correlationId,
});
