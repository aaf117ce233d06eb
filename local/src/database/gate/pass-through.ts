import * as z from 'zod';
import { type GateCall, tableNameIn, tableNameOf } from '#database/gate/call';
import { type Json, parseObject } from '#database/gate/json';
import type { Answer } from '#database/gate/refusals';
import { markIterator, plainIterator, tableOfIterator } from '#database/gate/shard-iterators';
import { isStaleTable } from '#database/gate/stale-tables';
import { type Throughput, tableDescriptionSchema } from '#database/gate/table-limits';
import type { Tables } from '#database/gate/tables';
import { type Upstream, UpstreamFailed } from '#database/gate/upstream';

const sendCall = async (upstream: Upstream, target: string, body: Json): Promise<Answer> => {
  const reply = await upstream.send(target, JSON.stringify(body));
  // Some calls are answered with nothing at all.
  const json = reply.body.length === 0 ? {} : parseObject(reply.body.toString('utf8'));
  if (json === undefined) throw new UpstreamFailed('The engine did not answer in JSON.', true, undefined);
  return { status: reply.status, body: json };
};

/** A call of the streams, which cost no capacity of the table. */
export const passStream = async ({ operation, body }: GateCall, upstream: Upstream): Promise<Answer> => {
  const given = body.ShardIterator;
  const asked = typeof given === 'string' ? { ...body, ShardIterator: plainIterator(given) } : body;
  const reply = await sendCall(upstream, `DynamoDBStreams_20120810.${operation}`, asked);
  if (reply.status !== 200) return reply;
  const table = typeof given === 'string' ? tableOfIterator(given) : tableNameIn(body.StreamArn);
  if (table === undefined) return reply;
  const mark = (name: 'ShardIterator' | 'NextShardIterator'): Json => {
    const made = reply.body[name];
    return typeof made === 'string' ? { [name]: markIterator(table, made) } : {};
  };
  return { ...reply, body: { ...reply.body, ...mark('ShardIterator'), ...mark('NextShardIterator') } };
};

/** Any other call. Those that change or describe a table are followed, so that capacity changes live. */
export const passOther = async (
  { operation, body }: GateCall,
  { upstream, tables }: { readonly upstream: Upstream; readonly tables: Tables },
): Promise<Answer> => {
  const reply = await sendCall(upstream, `DynamoDB_20120810.${operation}`, body);
  if (operation === 'ListTables' && Array.isArray(reply.body.TableNames))
    return { ...reply, body: { ...reply.body, TableNames: reply.body.TableNames.filter(isShown) } };
  if (reply.status !== 200 || typeof body.TableName !== 'string') return reply;
  const table = tableNameOf(body.TableName);
  if (operation === 'DescribeTable') return describe(reply, tables);
  if (operation !== 'CreateTable' && operation !== 'UpdateTable' && operation !== 'DeleteTable') return reply;
  try {
    if (operation !== 'UpdateTable') tables.forget(table);
    await tables.follow(table);
    const ordered = orderedIndexes(body);
    if (ordered.size > 0) await tables.rememberIndexes(table, ordered);
  } catch (error) {
    // The engine has done the call; the table is asked for again at its next use.
    tables.forget(table);
    console.error(`The change of table ${table} could not be followed:`, error);
  }
  return reply;
};

/** The tables of stale reads are the gate's own. */
const isShown = (table: unknown): boolean => typeof table !== 'string' || !isStaleTable(table);

const describe = (reply: Answer, tables: Tables): Answer => {
  const description = tableDescriptionSchema.parse(reply.body.Table);
  tables.apply(description);
  return { ...reply, body: { Table: tables.correct(description) } };
};

const updates = z.looseObject({
  GlobalSecondaryIndexUpdates: z
    .array(
      z.looseObject({
        Update: z
          .looseObject({
            IndexName: z.string(),
            ProvisionedThroughput: z
              .looseObject({ ReadCapacityUnits: z.number(), WriteCapacityUnits: z.number() })
              .optional(),
          })
          .optional(),
      }),
    )
    .optional(),
});

/** The index capacities that an UpdateTable orders. */
const orderedIndexes = (body: Json): ReadonlyMap<string, Throughput> =>
  new Map(
    (updates.parse(body).GlobalSecondaryIndexUpdates ?? []).flatMap(({ Update }) =>
      Update?.ProvisionedThroughput === undefined
        ? []
        : [
            [
              Update.IndexName,
              {
                write: Update.ProvisionedThroughput.WriteCapacityUnits,
                read: Update.ProvisionedThroughput.ReadCapacityUnits,
              },
            ] as const,
          ],
    ),
  );
