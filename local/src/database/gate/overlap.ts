import { own } from '@penstock/domain/own';
import type { GateCall } from '#database/gate/call';
import type { Json } from '#database/gate/json';

type KeyNamesOf = (table: string) => readonly string[];

/**
 * Rows that transactions have at this moment. DynamoDB locks nothing and queues nothing: a transaction that meets another
 * one on a row is cancelled, and so is a lone write that meets one (USENIX ATC'23, "Distributed Transactions at Scale").
 * Engines serialise instead, so the gate holds the rows from the door until the engine has answered. Lone writes and
 * reads that are not transactions pass each other.
 */
export type Overlaps = {
  /** For each member of the call, whether another transaction has its row. */
  readonly heldOf: (call: GateCall, keyNamesOf: KeyNamesOf) => readonly boolean[];
  /** Whether the same transaction (by its ClientRequestToken) is under way. */
  readonly isInProgress: (call: GateCall) => boolean;
  /** Holds the rows of a transaction that writes; what comes back lets them go. */
  readonly hold: (call: GateCall, keyNamesOf: KeyNamesOf) => () => void;
};

export const makeOverlaps = (): Overlaps => {
  const held = new Set<string>();
  const tokens = new Set<string>();
  const isConcerned = ({ kind, operation }: GateCall): boolean =>
    kind === 'transaction' || (kind === 'single' && loneWrites.has(operation));
  return {
    heldOf: (call, keyNamesOf) =>
      isConcerned(call)
        ? call.members.map(({ table, row }) => row !== undefined && held.has(nameOf(table, row, keyNamesOf(table))))
        : [],
    isInProgress: ({ body }) => typeof body.ClientRequestToken === 'string' && tokens.has(body.ClientRequestToken),
    hold: (call, keyNamesOf) => {
      if (call.operation !== 'TransactWriteItems') return () => undefined;
      const names = call.members.flatMap(({ table, row }) =>
        row === undefined ? [] : [nameOf(table, row, keyNamesOf(table))],
      );
      const token = call.body.ClientRequestToken;
      for (const name of names) held.add(name);
      if (typeof token === 'string') tokens.add(token);
      return () => {
        for (const name of names) held.delete(name);
        if (typeof token === 'string') tokens.delete(token);
      };
    },
  };
};

const loneWrites = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/** A row's name among all rows of all tables. */
const nameOf = (table: string, row: Json, keyNames: readonly string[]): string =>
  JSON.stringify([table, ...keyNames.map((name) => own(row, name))]);
