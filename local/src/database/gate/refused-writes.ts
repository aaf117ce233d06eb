import type { GateCall } from '#database/gate/call';
import { itemBytes } from '#database/gate/item-size';
import { isObject, type Json, without } from '#database/gate/json';
import { type Charge, transactionFactor, writeUnitsOf } from '#database/gate/units';

/**
 * Writes that changed nothing cost all the same on AWS, and no engine reports it: a failed condition costs what the
 * write of the larger of both items would (at least 1), a cancelled transaction that, twice, for each member. The gate
 * has the engine return the stored items to know their size, and takes them out again for callers that did not ask.
 */
const askForItem = 'ReturnValuesOnConditionCheckFailure';

/** The call as the engine gets it. Legacy conditions (`Expected`) have no such answer and count by the new item. */
export const askForRefusedItems = ({ operation, body }: GateCall): Json => {
  if (operation !== 'TransactWriteItems') return withItem(body);
  const members = Array.isArray(body.TransactItems) ? body.TransactItems : [];
  return {
    ...body,
    TransactItems: members.map((member) => mapValues(member as Json, (inner) => withItem(inner as Json))),
  };
};

const withItem = (write: Json): Json =>
  write.ConditionExpression === undefined ? write : { ...write, [askForItem]: 'ALL_OLD' };

const mapValues = (value: Json, change: (inner: unknown) => unknown): Json =>
  Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner)]));

/** The cost of a write whose condition failed. */
export const chargeOfFailed = (call: GateCall, reply: Json): readonly Charge[] =>
  call.members.map(({ table, mode, units }) => ({ table, mode, units: Math.max(units, storedUnits(reply)) }));

/** The cost of a cancelled transaction, a charge a member. */
export const chargesOfCancelled = (call: GateCall, reply: Json): readonly Charge[] => {
  const reasons = Array.isArray(reply.CancellationReasons) ? reply.CancellationReasons : [];
  return call.members.map(({ table, mode, units }, position) => ({
    table,
    mode,
    units: Math.max(units, transactionFactor * storedUnits(reasons[position])),
  }));
};

const storedUnits = (reply: unknown): number => (isObject(reply) ? writeUnitsOf(itemBytes(reply.Item)) : 0);

/** The refusal without the items that the caller did not ask for. */
export const stripRefusedItems = ({ operation, body }: GateCall, reply: Json): Json => {
  if (operation !== 'TransactWriteItems') return body[askForItem] === 'ALL_OLD' ? reply : without(reply, 'Item');
  const members = Array.isArray(body.TransactItems) ? body.TransactItems : [];
  const reasons = Array.isArray(reply.CancellationReasons) ? reply.CancellationReasons : [];
  const strip = (reason: unknown, position: number): unknown => {
    const [write] = Object.values((members[position] ?? {}) as Json);
    return isObject(write) && write[askForItem] === 'ALL_OLD' ? reason : without(reason as Json, 'Item');
  };
  return { ...reply, CancellationReasons: reasons.map(strip) };
};
