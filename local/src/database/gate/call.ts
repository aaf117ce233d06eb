import { own } from '@penstock/domain/own';
import * as z from 'zod';
import { equalitiesOf } from '#database/gate/equalities';
import { itemBytes } from '#database/gate/item-size';
import { isObject, type Json } from '#database/gate/json';
import { type Mode, transactionFactor, writeUnitsOf } from '#database/gate/units';

/** One thing that a call does, in the words of IAM and of the topology. */
type Permission = { readonly action: string; readonly resource: string };

/** One row, key or query of a call that capacity is charged for. */
type Member = Permission & {
  readonly table: string;
  readonly index?: string;
  readonly mode: Mode;
  /** Least cost, in units: taken at the door, so that calls in flight together cannot all pass on the same balance. */
  readonly units: number;
  /** What the call tells of the row: the item that a put brings, the key, what an update sets or a query asks for. */
  readonly row?: Json;
};

/** A call of table data (`single`, `transaction`, `batch`) or anything else (`other`), read as far as the gate needs. */
export type GateCall = {
  readonly operation: string;
  readonly kind: 'single' | 'transaction' | 'batch' | 'other';
  readonly body: Json;
  readonly members: readonly Member[];
  readonly permissions: readonly Permission[];
};

const text = z.string().min(1);
// plain-keys: names as AWS gives them, passed on as they are.
const item = z.record(z.string(), z.unknown());
const inTable = z.looseObject({ TableName: text, Item: item.optional(), Key: item.optional() });
const schemas = {
  single: z.looseObject({ TableName: text, IndexName: text.optional(), Item: item.optional() }),
  read: z.looseObject({ TableName: text, IndexName: text.optional(), ConsistentRead: z.boolean().optional() }),
  transactWrite: z.looseObject({
    TransactItems: z.array(
      z.union([
        z.strictObject({ Put: inTable.extend({ Item: item }) }),
        z.strictObject({ Update: inTable }),
        z.strictObject({ Delete: inTable }),
        z.strictObject({ ConditionCheck: inTable }),
      ]),
    ),
  }),
  transactGet: z.looseObject({ TransactItems: z.array(z.strictObject({ Get: inTable })) }),
  batchWrite: z.looseObject({
    // plain-keys: names as AWS gives them, passed on as they are.
    RequestItems: z.record(
      text,
      z.array(z.union([z.strictObject({ PutRequest: z.looseObject({ Item: item }) }), z.looseObject({})])),
    ),
  }),
  batchGet: z.looseObject({
    // plain-keys: names as AWS gives them, passed on as they are.
    RequestItems: z.record(text, z.looseObject({ Keys: z.array(z.unknown()), ConsistentRead: z.boolean().optional() })),
  }),
};

/** DynamoDB takes a table's ARN wherever it takes its name. */
const member = (
  operation: string,
  nameOrArn: string,
  mode: Mode,
  units: number,
  { index, row }: { readonly index?: string | undefined; readonly row?: unknown } = {},
): Member => {
  const table = tableNameOf(nameOrArn);
  return {
    action: `dynamodb:${operation}`,
    resource: index === undefined ? `table/${table}` : `table/${table}/index/${index}`,
    table,
    mode,
    units,
    ...(index !== undefined && { index }),
    ...(isObject(row) && { row }),
  };
};

/** The key of what an update or delete changes, with what it sets. */
const updatedRow = (write: Json): Json => ({
  ...equalitiesOf(write.UpdateExpression, write),
  ...(isObject(write.Key) && write.Key),
});

const keyOfDelete = ({ DeleteRequest }: Json): unknown => (isObject(DeleteRequest) ? DeleteRequest.Key : undefined);

const putUnits = (put: Json): number => writeUnitsOf(itemBytes(put));
/** Units of a small read: half when it may be stale. */
const readUnits = (isConsistent: boolean | undefined): number => (isConsistent === true ? 1 : 0.5);

const readers: Readonly<Record<string, (body: Json, operation: string) => readonly Member[]>> = {
  PutItem: (body, operation) => {
    const { TableName, Item } = schemas.single.parse(body);
    return [member(operation, TableName, 'write', putUnits(Item ?? {}), { row: Item })];
  },
  UpdateItem: (body, operation) => [
    member(operation, schemas.single.parse(body).TableName, 'write', 1, { row: updatedRow(body) }),
  ],
  DeleteItem: (body, operation) => [
    member(operation, schemas.single.parse(body).TableName, 'write', 1, { row: body.Key }),
  ],
  GetItem: (body, operation) => readOne(body, operation),
  Query: (body, operation) => readOne(body, operation),
  Scan: (body, operation) => readOne(body, operation),
  TransactWriteItems: (body) =>
    schemas.transactWrite.parse(body).TransactItems.flatMap((each) => {
      const done = 'Put' in each ? putUnits(each.Put.Item) : 1;
      return Object.entries(each).map(([verb, write]) =>
        member(
          verb === 'ConditionCheck' ? 'ConditionCheckItem' : `${verb}Item`,
          write.TableName,
          'write',
          done * transactionFactor,
          { row: write.Item ?? updatedRow(write) },
        ),
      );
    }),
  TransactGetItems: (body) =>
    schemas.transactGet
      .parse(body)
      .TransactItems.map(({ Get }) => member('GetItem', Get.TableName, 'read', transactionFactor, { row: Get.Key })),
  BatchWriteItem: (body, operation) =>
    Object.entries(schemas.batchWrite.parse(body).RequestItems).flatMap(([table, requests]) =>
      requests.map((request) => {
        const put = 'PutRequest' in request ? (request.PutRequest as { readonly Item: Json }).Item : undefined;
        return member(operation, table, 'write', put === undefined ? 1 : putUnits(put), {
          row: put ?? keyOfDelete(request),
        });
      }),
    ),
  BatchGetItem: (body, operation) =>
    Object.entries(schemas.batchGet.parse(body).RequestItems).flatMap(([table, { Keys, ConsistentRead }]) =>
      Keys.map((row) => member(operation, table, 'read', readUnits(ConsistentRead), { row })),
    ),
};

const readOne = (body: Json, operation: string): readonly Member[] => {
  const { TableName, IndexName, ConsistentRead } = schemas.read.parse(body);
  return [
    member(operation, TableName, 'read', readUnits(ConsistentRead), {
      index: IndexName,
      row: isObject(body.Key) ? body.Key : equalitiesOf(body.KeyConditionExpression, body),
    }),
  ];
};

const kinds: Readonly<Record<string, GateCall['kind']>> = {
  TransactWriteItems: 'transaction',
  TransactGetItems: 'transaction',
  BatchWriteItem: 'batch',
  BatchGetItem: 'batch',
};

/** Reads a call of the tables; throws a ZodError that names the field when its shape is not right. */
export const readTableCall = (operation: string, body: Json): GateCall => {
  const reader = own(readers, operation);
  if (reader === undefined) {
    const permissions = [{ action: `dynamodb:${operation}`, resource: resourceOf(body) }];
    return { operation, kind: 'other', body, members: [], permissions };
  }
  const members = reader(body, operation);
  return { operation, kind: own(kinds, operation) ?? 'single', body, members, permissions: distinct(members) };
};

/** Reads a call of the streams. `tableOf` tells the table of a shard iterator. */
export const readStreamCall = (
  operation: string,
  body: Json,
  tableOf: (iterator: string) => string | undefined,
): GateCall => {
  const { StreamArn, TableName, ShardIterator } = body;
  const table =
    typeof ShardIterator === 'string'
      ? tableOf(ShardIterator)
      : (tableNameIn(StreamArn) ?? (typeof TableName === 'string' ? TableName : undefined));
  const resource = table === undefined ? '*' : `table/${table}/stream`;
  const permissions = [{ action: `dynamodb:${operation}`, resource }];
  return { operation, kind: 'other', body, members: [], permissions };
};

const resourceOf = ({ TableName, ResourceArn, TableArn }: Json): string => {
  const table =
    typeof TableName === 'string' ? tableNameOf(TableName) : (tableNameIn(ResourceArn) ?? tableNameIn(TableArn));
  return table === undefined ? '*' : `table/${table}`;
};

/** A table's name, given as itself or as an ARN. */
export const tableNameOf = (nameOrArn: string): string => tableNameIn(nameOrArn) ?? nameOrArn;

/** The table that an ARN names. */
export const tableNameIn = (arn: unknown): string | undefined =>
  typeof arn === 'string' ? /:table\/([^/]+)/.exec(arn)?.[1] : undefined;

const distinct = (members: readonly Member[]): readonly Permission[] => [
  ...new Map(members.map(({ action, resource }) => [`${action} ${resource}`, { action, resource }])).values(),
];
