import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import {
  type DetailsItem,
  detailsItemSchema,
  type OfferItem,
  offerItemSchema,
  type StaffDeedItem,
  type StockEditItem,
} from '@penstock/domain/items';
import { batchGetRows } from '#batch-get';
import { cancellationCodes } from '#cancellation';
import type { Logger } from '#logger';
import { patiently } from '#patient-call';
import type { Settings } from '#settings';
import { makeStoredRows, type StoredRows } from '#stored-rows';

export type StoredProduct = { readonly offer: OfferItem; readonly details: DetailsItem | undefined };

/** One edit of a product: the offer to be, its details when they change, its entry in the ledger when the stock does. */
export type ProductEdit = {
  /** Undefined: the product is new. */
  readonly read: Pick<OfferItem, 'version'> | undefined;
  readonly offer: Omit<OfferItem, 'stock' | 'rev'>;
  readonly details: DetailsItem | undefined;
  /** Units added; 0 leaves the stock alone. */
  readonly stockDelta: number;
  /** First rev of a new row. */
  readonly firstRev: number;
  readonly ledger: StockEditItem | undefined;
  /** What staff read of it in the list of what was done; undefined when the ledger says it all. */
  readonly deed: StaffDeedItem | undefined;
};

export type EditOutcome = 'written' | 'version-moved' | 'exists' | 'stock-short';

/** Products as staff edit them and as one page shows them. Throttling beyond the patience throws CallThrottled. */
export type ProductStore = {
  /** One product, read strongly; throws RowUnreadable. */
  readonly read: (id: string) => Promise<StoredProduct | undefined>;
  /** Several products, read strongly; those that do not exist or cannot be read are left out. */
  readonly readMany: (ids: readonly string[]) => Promise<ReadonlyMap<string, StoredProduct>>;
  /** Stock of several products, eventually consistent: a page's worth. */
  readonly readStock: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, Pick<OfferItem, 'stock' | 'rev' | 'priceMinor'>>>;
  /** Writes an edit in one transaction, on condition of the version seen and that the stock never falls below zero (E2). */
  readonly write: (edit: ProductEdit) => Promise<EditOutcome>;
};

export type ProductStoreDeps = {
  readonly db: DynamoDBDocumentClient;
  readonly settings: Pick<Settings, 'tableName'>;
  readonly logger: Logger;
  readonly random: () => number;
  readonly now: () => number;
};

/** How long a write of staff waits for a table that the workers keep full (E4). */
const patienceMs = 5000;

export const makeDynamoDbProductStore = ({ db, settings, logger, random, now }: ProductStoreDeps): ProductStore => {
  const table = settings.tableName('products');
  const stored = makeStoredRows('products', logger);
  const patient = <T>(what: string, call: () => Promise<T>): Promise<T> =>
    patiently({ what, patienceMs, random, now }, call);

  return {
    read: async (id) => {
      const answer = await patient('Reading a product', () =>
        db.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'id = :id',
            ExpressionAttributeValues: { ':id': id },
            ConsistentRead: true,
          }),
        ),
      );
      return productOf(answer.Items ?? [], stored.one);
    },
    readMany: async (ids) => {
      const keys = [...new Set(ids)].flatMap((id) => [
        { id, part: 'offer' },
        { id, part: 'details' },
      ]);
      const rows = await batchGetRows(db, { table, keys, consistent: true });
      const byId = Map.groupBy(rows, (row) => String(row.id));
      return new Map(
        [...byId].flatMap(([id, own]) => {
          const product = productOf(own, stored.orSkip);
          return product === undefined ? [] : [[id, product] as const];
        }),
      );
    },
    readStock: async (ids) => {
      const rows = await batchGetRows(db, {
        table,
        keys: [...new Set(ids)].map((id) => ({ id, part: 'offer' })),
        consistent: false,
      });
      return new Map(
        rows.flatMap((row) => {
          const offer = stored.orSkip(offerItemSchema, row);
          return offer === undefined ? [] : [[offer.id, offer] as const];
        }),
      );
    },
    write: (edit) =>
      patient('Writing a product', async () => {
        try {
          await db.send(
            new TransactWriteCommand({ TransactItems: itemsOf(edit, table, settings.tableName('operations')) }),
          );
          return 'written';
        } catch (error) {
          const [offerCode] = cancellationCodes(error);
          if (offerCode !== 'ConditionalCheckFailed') throw error;
          return edit.read === undefined ? 'exists' : await whyRefused(edit);
        }
      }),
  };

  /** The condition joins version and stock: one look at the row tells which of them did not hold. */
  async function whyRefused(edit: ProductEdit): Promise<EditOutcome> {
    const answer = await db.send(
      new GetCommand({ TableName: table, Key: { id: edit.offer.id, part: 'offer' }, ConsistentRead: true }),
    );
    return answer.Item?.version === edit.read?.version ? 'stock-short' : 'version-moved';
  }
};

const productOf = (
  rows: readonly Readonly<Record<string, unknown>>[],
  read: StoredRows['orSkip'],
): StoredProduct | undefined => {
  const stored = (part: string) => rows.find((row) => row.part === part);
  const [offerRow, detailsRow] = [stored('offer'), stored('details')];
  const offer = offerRow === undefined ? undefined : read(offerItemSchema, offerRow);
  const details = detailsRow === undefined ? undefined : read(detailsItemSchema, detailsRow);
  // Half of a product would be saved over the other half by the next edit.
  if (offer === undefined || (detailsRow !== undefined && details === undefined)) return undefined;
  return { offer, details };
};

type Actions = NonNullable<TransactWriteCommandInput['TransactItems']>;

const itemsOf = (edit: ProductEdit, products: string, operations: string): Actions => [
  edit.read === undefined ? createAction(edit, products) : updateAction(edit, edit.read.version, products),
  ...(edit.details === undefined ? [] : [{ Put: { TableName: products, Item: edit.details } }]),
  ...(edit.ledger === undefined ? [] : [{ Put: { TableName: operations, Item: edit.ledger } }]),
  ...(edit.deed === undefined ? [] : [{ Put: { TableName: operations, Item: edit.deed } }]),
];

const createAction = ({ offer, stockDelta, firstRev }: ProductEdit, table: string): Actions[number] => ({
  Put: {
    TableName: table,
    Item: { ...offer, stock: stockDelta, rev: firstRev },
    ConditionExpression: 'attribute_not_exists(id)',
  },
});

/** Staff never set the stock: it moves by a delta beside whatever sales do (E2). */
const updateAction = ({ offer, stockDelta }: ProductEdit, versionSeen: number, table: string): Actions[number] => {
  const { id, part, ...members } = offer;
  const names = Object.keys(members);
  return {
    Update: {
      TableName: table,
      Key: { id, part },
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}, stock = stock + :delta, rev = rev + :one`,
      ConditionExpression: '#version = :seen AND stock >= :needed',
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(members).map(([name, value]) => [`:${name}`, value])),
        ':delta': stockDelta,
        ':one': 1,
        ':seen': versionSeen,
        ':needed': Math.max(0, -stockDelta),
      },
    },
  };
};
