import * as z from 'zod';
import type { Json } from '#database/gate/json';
import { limitsOf, type TableDescription, type Throughput } from '#database/gate/table-limits';
import type { TableUpdates } from '#database/gate/table-updates';
import type { Tables } from '#database/gate/tables';
import { typeOf, UpstreamRefused } from '#database/gate/upstream';

const perSecond = z.int().min(1).max(40_000).optional();
// plain-keys: tables, read as pairs; one that is not there is refused by name.
const ordersSchema = z.record(
  z.string(),
  z.strictObject({
    writePerSecond: perSecond,
    readPerSecond: perSecond,
    /** How much unused capacity is kept. */
    burstSeconds: z.number().min(0).max(300).optional(),
  }),
);

/** An order that is not right. The message names the field. */
export class CapacityRefused extends Error {
  readonly code = 'capacity-refused';
  constructor(message: string) {
    super(message);
    this.name = 'CapacityRefused';
  }
}

type OrdersDeps = {
  readonly tables: Tables;
  readonly updates: TableUpdates;
  readonly nowMs: () => number;
};

/**
 * Moves capacity live, by the same UpdateTable that anybody may call; the indexes of a table follow it. All orders are
 * checked before the first is carried out. Throws CapacityRefused, or UpstreamFailed when the engine is away.
 */
export const orderCapacity = async (value: unknown, deps: OrdersDeps): Promise<void> => {
  const orders = ordersSchema.safeParse(value);
  if (!orders.success) throw new CapacityRefused(z.prettifyError(orders.error));
  const planned = [];
  for (const [table, order] of Object.entries(orders.data)) {
    const description = deps.tables.correct(await describe(table, deps.tables));
    const present = limitsOf(description).throughput;
    const { writePerSecond: write, readPerSecond: read } = order;
    if (present === undefined && (write ?? read) !== undefined)
      throw new CapacityRefused(`${table}: The table is on-demand and has no capacity to move.`);
    const wanted = present && { write: write ?? present.write, read: read ?? present.read };
    const update = wanted && updateOf(description, wanted);
    const refused = update && (await deps.updates.refusalOf(update.body));
    if (refused !== undefined) throw new CapacityRefused(`${table}: ${String(refused.body.message)}`);
    planned.push({ table, update, burstSeconds: order.burstSeconds });
  }
  for (const { table, update, burstSeconds } of planned) {
    if (update !== undefined) await carryOut(table, update, deps);
    if (burstSeconds !== undefined) (await deps.tables.bucketsOf(table))?.setBurst(burstSeconds, deps.nowMs());
  }
};

const describe = async (table: string, tables: Tables): Promise<TableDescription> => {
  try {
    return await tables.describe(table);
  } catch (error) {
    if (!(error instanceof UpstreamRefused)) throw error;
    throw new CapacityRefused(`${table}: There is no such table.`);
  }
};

/** An UpdateTable, and the index capacities that it orders. */
type Update = { readonly body: Json; readonly indexes: ReadonlyMap<string, Throughput> };

/** DynamoDB refuses a change that changes nothing, so only what differs is asked for. */
const updateOf = (description: TableDescription, wanted: Throughput): Update | undefined => {
  const { throughput, indexes } = limitsOf(description);
  const differs = (present: Throughput | undefined) => present?.write !== wanted.write || present.read !== wanted.read;
  const units = { ReadCapacityUnits: wanted.read, WriteCapacityUnits: wanted.write };
  const moved = [...indexes].filter(([, { throughput: present }]) => differs(present)).map(([name]) => name);
  const body: Json = {
    TableName: description.TableName,
    ...(differs(throughput) && { ProvisionedThroughput: units }),
    ...(moved.length > 0 && {
      GlobalSecondaryIndexUpdates: moved.map((name) => ({
        Update: { IndexName: name, ProvisionedThroughput: units },
      })),
    }),
  };
  if (!differs(throughput) && moved.length === 0) return undefined;
  return { body, indexes: new Map(moved.map((name) => [name, wanted])) };
};

const carryOut = async (table: string, { body, indexes }: Update, { updates, tables }: OrdersDeps): Promise<void> => {
  const reply = await updates.send(body);
  if (reply.status !== 200)
    throw new UpstreamRefused(typeOf(reply.body), String(reply.body.message ?? reply.body.Message ?? reply.status));
  await tables.follow(table);
  if (indexes.size > 0) await tables.rememberIndexes(table, indexes);
};
