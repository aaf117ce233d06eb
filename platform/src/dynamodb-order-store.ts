import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type OfferItem, type OrderItem, offerItemSchema, orderItemSchema } from '@penstock/domain/items';
import { own } from '@penstock/domain/own';
import type * as z from 'zod';
import type { OrderPlan, OrderStore, PlanAnswer, PlanRead, StockDecrement } from '#order-store';
import { storageFault, ValueNotStorable } from '#storable';
import { readableRow, sumUnits, type TableDeps } from '#table-calls';
import { actionReasonOf, tableFault } from '#table-fault';

/** Keys that one BatchGetItem takes (AWS). */
const keysPerCall = 100;

/** Orders and stock on DynamoDB. One round a call: waiting and trying again is the drain's business (F1). */
export const makeDynamoDbOrderStore = ({ db, settings }: TableDeps): OrderStore => {
  const orders = settings.tableName('orders');
  const products = settings.tableName('products');
  const actionsOf = (plan: OrderPlan): TransactItems => [
    ...plan.orders.map((order) => ({ Put: putOf(orders, order) })),
    ...plan.decrements.map((decrement) => ({ Update: decrementOf(products, decrement, plan.at) })),
  ];

  return {
    readForPlan: async (orderIds, productIds) => {
      const keys = [
        ...[...new Set(orderIds)].map((id) => ({ table: orders, key: { id } })),
        ...[...new Set(productIds)].map((id) => ({ table: products, key: { id, part: 'offer' } })),
      ];
      const read = emptyRead();
      try {
        for (let start = 0; start < keys.length; start += keysPerCall) {
          const chunk = keys.slice(start, start + keysPerCall);
          const answer = await db.send(new BatchGetCommand({ RequestItems: requestOf(chunk) }));
          for (const row of own(answer.Responses, orders) ?? []) keep(read, orderItemSchema, row, read.orders);
          for (const row of own(answer.Responses, products) ?? []) keep(read, offerItemSchema, row, read.offers);
          for (const { Keys = [] } of Object.values(answer.UnprocessedKeys ?? {}))
            for (const key of Keys) read.unread.add(String(key.id));
        }
      } catch (error) {
        return tableFault(error);
      }
      return { outcome: 'read', ...read } satisfies PlanRead;
    },

    commitPlan: async (plan) => {
      const actions = actionsOf(plan);
      try {
        const answer = await db.send(
          new TransactWriteCommand({
            TransactItems: actions,
            ClientRequestToken: tokenOf(actions),
            ReturnConsumedCapacity: 'TOTAL',
          }),
        );
        return { outcome: 'committed', wcu: sumUnits(answer.ConsumedCapacity) };
      } catch (error) {
        if (error instanceof TransactionCanceledException) return cancelledOf(plan, error);
        return error instanceof ValueNotStorable ? unstorableOf(plan, error) : tableFault(error);
      }
    },

    putIfAbsent: async (order) => {
      try {
        const answer = await db.send(new PutCommand({ ...putOf(orders, order), ReturnConsumedCapacity: 'TOTAL' }));
        return { outcome: 'written', wcu: answer.ConsumedCapacity?.CapacityUnits ?? 0 };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) return tableFault(error);
        return { outcome: 'exists', stored: orderOf(error.Item) };
      }
    },
  };
};

/** Nothing was sent: the rows tell which of them it was, so that nobody has to look for it by halves. */
const unstorableOf = (plan: OrderPlan, error: ValueNotStorable): PlanAnswer => ({
  outcome: 'cancelled',
  orders: plan.orders.map((row) => (storageFault(row) === undefined ? 'none' : 'invalid')),
  decrements: plan.decrements.map((each) => (storageFault(each) === undefined ? 'none' : 'invalid')),
  stored: new Map(),
  error,
});

/** 128 bits in hex over the exact request: an equal token never meets other parameters (D5). AWS takes 36 characters. */
export const tokenOf = (actions: TransactItems): string =>
  createHash('sha256').update(JSON.stringify(actions)).digest('hex').slice(0, 32);

export type TransactItems = NonNullable<TransactWriteCommandInput['TransactItems']>;

const putOf = (table: string, order: OrderItem) => ({
  TableName: table,
  Item: order,
  ConditionExpression: 'attribute_not_exists(id)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

const decrementOf = (table: string, { productId, units, priceMinor }: StockDecrement, at: string) => ({
  TableName: table,
  Key: { id: productId, part: 'offer' },
  UpdateExpression: 'SET stock = stock - :units, rev = rev + :one, updatedAt = :at',
  ConditionExpression: 'attribute_exists(id) AND stock >= :units AND priceMinor = :price AND archived = :no',
  ExpressionAttributeValues: { ':units': units, ':one': 1, ':at': at, ':price': priceMinor, ':no': false },
});

const requestOf = (keys: readonly { readonly table: string; readonly key: Readonly<Record<string, string>> }[]) =>
  Object.fromEntries(
    [...new Set(keys.map(({ table }) => table))].map((table) => [
      table,
      { Keys: keys.filter((each) => each.table === table).map(({ key }) => key), ConsistentRead: true },
    ]),
  );

const emptyRead = () => ({
  orders: new Map<string, OrderItem>(),
  offers: new Map<string, OfferItem>(),
  unread: new Set<string>(),
  unreadable: new Set<string>(),
});

const keep = <Row extends { readonly id: string; readonly schema: number }>(
  read: ReturnType<typeof emptyRead>,
  schema: z.ZodType<Row>,
  row: Readonly<Record<string, unknown>>,
  into: Map<string, Row>,
): void => {
  const readable = readableRow(schema, row);
  if (readable === undefined) read.unreadable.add(String(row.id));
  else into.set(readable.id, readable);
};

const cancelledOf = (plan: OrderPlan, { CancellationReasons = [] }: TransactionCanceledException): PlanAnswer => {
  const count = plan.orders.length + plan.decrements.length;
  const named = CancellationReasons.length === count;
  const reasons = named
    ? CancellationReasons.map(({ Code }) => actionReasonOf(Code))
    : Array.from({ length: count }, () => 'unknown' as const);
  const rows = CancellationReasons.slice(0, plan.orders.length).flatMap(({ Item }) => orderOf(Item) ?? []);
  return {
    outcome: 'cancelled',
    orders: reasons.slice(0, plan.orders.length),
    decrements: reasons.slice(plan.orders.length),
    stored: new Map(rows.map((row) => [row.id, row])),
  };
};

/** A row as it comes with an error: not yet a plain value. One that cannot be read is found by the next read instead. */
const orderOf = (item: Parameters<typeof unmarshall>[0] | undefined): OrderItem | undefined =>
  item === undefined ? undefined : readableRow(orderItemSchema, unmarshall(item));
