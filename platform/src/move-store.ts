import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type OrderItem, orderItemSchema } from '@penstock/domain/items';
import { type RowRead, readableRow, sumUnits, type TableDeps } from '#table-calls';
import { actionReasonOf, type TableFault, tableFault } from '#table-fault';

/** The order as it was read: every write of a move holds only while it is still so (E3). */
type OrderAsRead = Pick<OrderItem, 'id' | 'rev' | 'status'>;

export type AppliedMove = {
  readonly read: OrderAsRead;
  /** Goes to the end of the history: the new status, when, by whom, and the move id. */
  readonly entry: OrderItem['history'][number];
  /** Key in the index `open`; undefined takes the order out of it. */
  readonly openShard: string | undefined;
  /** Units that go back into stock in the same transaction. A product that is not there makes the move `lost`. */
  readonly returns: readonly { readonly productId: string; readonly units: number }[];
};

export type RefusedMove = {
  readonly read: OrderAsRead;
  readonly refusedMove: NonNullable<OrderItem['refusedMove']>;
  readonly refusedMoveIds: readonly string[];
};

export type MoveAnswer =
  | { readonly outcome: 'written'; readonly wcu: number }
  /** The order has changed since it was read, or one of the products does not exist: nothing was written. */
  | { readonly outcome: 'lost'; readonly missing: readonly string[] }
  | TableFault;

/** Moves of stored orders. Faults come back as values. */
export type MoveStore = {
  readonly read: (orderId: string) => Promise<RowRead<OrderItem>>;
  readonly apply: (move: AppliedMove) => Promise<MoveAnswer>;
  /** Writes the refusal and nothing else; rev + 1, so that a frame tells of it. */
  readonly refuse: (move: RefusedMove) => Promise<MoveAnswer>;
};

export const makeDynamoDbMoveStore = ({ db, settings }: TableDeps): MoveStore => {
  const orders = settings.tableName('orders');
  const products = settings.tableName('products');
  return {
    read: async (id) => {
      try {
        const { Item } = await db.send(new GetCommand({ TableName: orders, Key: { id }, ConsistentRead: true }));
        if (Item === undefined) return { outcome: 'absent' };
        const row = readableRow(orderItemSchema, Item);
        return row === undefined ? { outcome: 'unreadable' } : { outcome: 'found', row };
      } catch (error) {
        return tableFault(error);
      }
    },
    apply: async (move) => {
      const update = moveUpdate(orders, move);
      const returns = move.returns.map(({ productId, units }) =>
        stockReturn(products, productId, units, move.entry.at),
      );
      return written(
        move.returns.map(({ productId }) => productId),
        async () => {
          if (returns.length === 0) return [(await db.send(new UpdateCommand(update))).ConsumedCapacity ?? {}];
          const actions = [{ Update: update }, ...returns.map((each) => ({ Update: each }))];
          const call = new TransactWriteCommand({ TransactItems: actions, ReturnConsumedCapacity: 'TOTAL' });
          return (await db.send(call)).ConsumedCapacity;
        },
      );
    },
    refuse: async ({ read, refusedMove, refusedMoveIds }) =>
      written([], async () => {
        const call = new UpdateCommand({
          ...asRead(orders, read),
          UpdateExpression: 'SET rev = rev + :one, refusedMove = :refused, refusedMoveIds = :ids',
          ExpressionAttributeValues: {
            ...readValues(read),
            ':one': 1,
            ':refused': refusedMove,
            ':ids': refusedMoveIds,
          },
        });
        return [(await db.send(call)).ConsumedCapacity ?? {}];
      }),
  };
};

const asRead = (table: string, { id }: OrderAsRead) => ({
  TableName: table,
  Key: { id },
  ConditionExpression: 'rev = :rev AND #status = :status',
  ExpressionAttributeNames: { '#status': 'status' },
  ReturnConsumedCapacity: 'TOTAL' as const,
});

const readValues = ({ rev, status }: OrderAsRead) => ({ ':rev': rev, ':status': status });

const moveUpdate = (table: string, { read, entry, openShard }: AppliedMove) => ({
  ...asRead(table, read),
  ExpressionAttributeNames: { '#status': 'status', '#history': 'history' },
  UpdateExpression: `SET #status = :to, rev = rev + :one, #history = list_append(#history, :entry)${
    openShard === undefined ? ' REMOVE openShard' : ', openShard = :open'
  }`,
  ExpressionAttributeValues: {
    ...readValues(read),
    ':to': entry.status,
    ':one': 1,
    ':entry': [entry],
    ...(openShard === undefined ? {} : { ':open': openShard }),
  },
});

const stockReturn = (table: string, productId: string, units: number, at: string) => ({
  TableName: table,
  Key: { id: productId, part: 'offer' },
  UpdateExpression: 'SET stock = stock + :units, rev = rev + :one, updatedAt = :at',
  ConditionExpression: 'attribute_exists(id)',
  ExpressionAttributeValues: { ':units': units, ':one': 1, ':at': at },
});

const written = async (
  productIds: readonly string[],
  write: () => Promise<Parameters<typeof sumUnits>[0]>,
): Promise<MoveAnswer> => {
  try {
    return { outcome: 'written', wcu: sumUnits(await write()) };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { outcome: 'lost', missing: [] };
    return error instanceof TransactionCanceledException ? lostOrFault(productIds, error) : tableFault(error);
  }
};

/** A condition that did not hold decides; else the first other reason does. */
const lostOrFault = (productIds: readonly string[], error: TransactionCanceledException): MoveAnswer => {
  const reasons = (error.CancellationReasons ?? []).map(({ Code }) => actionReasonOf(Code));
  const missing = productIds.filter((_, index) => reasons[index + 1] === 'condition');
  if (reasons.includes('condition')) return { outcome: 'lost', missing };
  const fault = reasons.find((reason) => reason !== 'none');
  return { outcome: 'fault', fault: fault === undefined || fault === 'condition' ? 'unknown' : fault, error };
};
