import { type GateCall, tableNameOf } from '#database/gate/call';
import { isObject, type Json } from '#database/gate/json';

/** A batch without the tables that must wait, for the engine. */
export const withholdTables = (call: GateCall, withheld: ReadonlySet<string>): GateCall => {
  if (withheld.size === 0) return call;
  const RequestItems = keep(call.body, (table) => !withheld.has(table));
  const members = call.members.filter(({ table }) => !withheld.has(table));
  return { ...call, members, body: { ...call.body, RequestItems } };
};

/** The reply of a batch with the withheld part among what was not processed, as AWS answers a partial batch. */
export const addUnprocessed = (call: GateCall, withheld: ReadonlySet<string>, reply: Json): Json => {
  if (withheld.size === 0) return reply;
  const name = call.operation === 'BatchGetItem' ? 'UnprocessedKeys' : 'UnprocessedItems';
  const left = reply[name];
  return { ...reply, [name]: { ...(isObject(left) && left), ...keep(call.body, (table) => withheld.has(table)) } };
};

const keep = ({ RequestItems }: Json, isKept: (table: string) => boolean): Json =>
  Object.fromEntries(Object.entries(RequestItems as Json).filter(([table]) => isKept(tableNameOf(table))));
