import { type GateCall, tableNameIn, tableNameOf } from '#database/gate/call';
import { type Json, parseObject } from '#database/gate/json';
import { orderedIndexes } from '#database/gate/ordered-capacity';
import type { Answer } from '#database/gate/refusals';
import { markIterator, plainIterator, tableOfIterator } from '#database/gate/shard-iterators';
import { isStaleTable } from '#database/gate/stale-tables';
import { tableDescriptionSchema } from '#database/gate/table-limits';
import type { TableUpdates } from '#database/gate/table-updates';
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

type PassDeps = { readonly upstream: Upstream; readonly tables: Tables; readonly updates: TableUpdates };

/** Any other call. Those that change or describe a table are followed, so that capacity changes live. */
export const passOther = async (
  { operation, body }: GateCall,
  { upstream, tables, updates }: PassDeps,
): Promise<Answer> => {
  const reply =
    operation === 'UpdateTable'
      ? await updates.send(body)
      : await sendCall(upstream, `DynamoDB_20120810.${operation}`, body);
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
