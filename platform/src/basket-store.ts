import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type BasketItem, basketItemSchema } from '@penstock/domain/items';
import { type RowRead, readableRow, type TableDeps } from '#table-calls';
import { type TableFault, tableFault } from '#table-fault';

export type BasketAnswer =
  | { readonly outcome: 'written'; readonly wcu: number }
  /** Somebody wrote since it was read: nothing was written. */
  | { readonly outcome: 'lost' }
  | TableFault;

/** Basket rows. Faults come back as values. */
export type BasketStore = {
  /** Read strongly. A row past its TTL counts until it is gone (C7). */
  readonly read: (basketId: string) => Promise<RowRead<BasketItem>>;
  /** Writes the whole row while the stored rev is `readRev`; undefined: while nothing is stored. */
  readonly write: (basket: BasketItem, readRev: number | undefined) => Promise<BasketAnswer>;
};

/** Members that a newer release added survive a write of this one (A6). */
const storedSchema = basketItemSchema.loose();

export const makeDynamoDbBasketStore = ({ db, settings }: TableDeps): BasketStore => {
  const table = settings.tableName('baskets');
  return {
    read: async (id) => {
      try {
        const { Item } = await db.send(new GetCommand({ TableName: table, Key: { id }, ConsistentRead: true }));
        if (Item === undefined) return { outcome: 'absent' };
        const row = readableRow(storedSchema, Item);
        return row === undefined ? { outcome: 'unreadable' } : { outcome: 'found', row };
      } catch (error) {
        return tableFault(error);
      }
    },
    write: async (basket, readRev) => {
      const condition =
        readRev === undefined
          ? { ConditionExpression: 'attribute_not_exists(id)' }
          : { ConditionExpression: 'rev = :read', ExpressionAttributeValues: { ':read': readRev } };
      try {
        const answer = await db.send(
          new PutCommand({ TableName: table, Item: rowOf(basket), ...condition, ReturnConsumedCapacity: 'TOTAL' }),
        );
        return { outcome: 'written', wcu: answer.ConsumedCapacity?.CapacityUnits ?? 0 };
      } catch (error) {
        return error instanceof ConditionalCheckFailedException ? { outcome: 'lost' } : tableFault(error);
      }
    },
  };
};

/**
 * The lines as a Map: the marshaller knows a plain object by its `constructor`, and refuses one whose own key is called
 * so (aws-sdk-js-v3#1865). Product ids are keys here.
 */
const rowOf = ({ lines, ...basket }: BasketItem) => ({ ...basket, lines: new Map(Object.entries(lines)) });
