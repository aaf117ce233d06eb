import { own } from '@penstock/domain/own';
import { type GateCall, tableNameOf } from '#database/gate/call';
import { isObject, type Json } from '#database/gate/json';
import { copyTable, dropStaleTables, staleNameOf } from '#database/gate/stale-tables';
import type { Upstream } from '#database/gate/upstream';

/**
 * Index queries and eventually consistent reads as of a while ago (fault `staleMs`). Beside each table the engine then
 * holds a second one that gets every write that passes the gate, that much later; such reads are answered from it, so
 * that conditions, projections and pages are the engine's own. Writes past the gate are not seen by it.
 */
export type StaleReads = {
  /** From now on reads are this old, ms; 0 ends it. Resolves when it is so. */
  readonly set: (staleMs: number, tables: readonly string[]) => Promise<void>;
  /** The call as the engine gets it: from the stale table when it may be stale. */
  readonly redirect: (call: GateCall, body: Json) => Json;
  /** A reply of the stale table, in the table's own name. */
  readonly restore: (call: GateCall, reply: Json) => Json;
  /** Takes over what a write has left behind; resolves when that is read. */
  readonly follow: (call: GateCall, keyNamesOf: (table: string) => readonly string[]) => Promise<void>;
};

type Row = { readonly table: string; readonly key: Json };

export const makeStaleReads = (upstream: Upstream): StaleReads => {
  let staleMs = 0;
  let copied: ReadonlySet<string> = new Set();
  /** Writes come to the stale tables one after the other, and after the copy. */
  let line: Promise<unknown> = dropStaleTables(upstream).catch(() => undefined);

  const inLine = (turn: () => Promise<unknown>): Promise<unknown> => {
    const mine = line.then(turn);
    line = mine.catch(() => undefined);
    return mine;
  };

  const apply = async ({ table, key }: Row, item: unknown): Promise<void> => {
    if (!copied.has(table)) return;
    const TableName = staleNameOf(table);
    try {
      if (item === undefined) await upstream.call('DeleteItem', { TableName, Key: key });
      else await upstream.call('PutItem', { TableName, Item: item });
    } catch (error) {
      // The engine was away for a moment: the row stays as old as it is.
      console.error(`A stale row of ${table} could not follow:`, error);
    }
  };

  const isStale = (table: unknown): table is string => typeof table === 'string' && copied.has(tableNameOf(table));

  return {
    set: async (wantedMs, tables) => {
      staleMs = wantedMs;
      if (wantedMs > 0 && copied.size > 0) return;
      if (wantedMs === 0) {
        if (copied.size === 0) return;
        copied = new Set();
        await inLine(() => dropStaleTables(upstream));
        return;
      }
      // Writes are followed from here on, and wait in line behind the copy.
      copied = new Set(tables);
      await inLine(async () => {
        for (const table of tables) await copyTable(upstream, table);
      });
    },
    redirect: ({ operation }, body) => {
      if (copied.size === 0) return body;
      if (operation === 'BatchGetItem') {
        const wanted = Object.entries(body.RequestItems as Json).map(([table, keys]) =>
          isStale(table) && mayBeStale(keys as Json) ? [staleNameOf(tableNameOf(table)), keys] : [table, keys],
        );
        return { ...body, RequestItems: Object.fromEntries(wanted) };
      }
      return reads.has(operation) && mayBeStale(body) && isStale(body.TableName)
        ? { ...body, TableName: staleNameOf(tableNameOf(body.TableName)) }
        : body;
    },
    restore: ({ operation, members }, reply) => {
      const plainNames = new Map(members.map(({ table }) => [staleNameOf(table), table]));
      const named = (entry: unknown): unknown =>
        isObject(entry) && typeof entry.TableName === 'string'
          ? { ...entry, TableName: plainNames.get(entry.TableName) ?? entry.TableName }
          : entry;
      const { ConsumedCapacity: consumed } = reply;
      const units =
        consumed === undefined
          ? {}
          : { ConsumedCapacity: Array.isArray(consumed) ? consumed.map(named) : named(consumed) };
      const keyed = (name: string): Json => {
        const value = own(reply, name);
        if (operation !== 'BatchGetItem' || !isObject(value)) return {};
        return {
          [name]: Object.fromEntries(
            Object.entries(value).map(([table, each]) => [plainNames.get(table) ?? table, each]),
          ),
        };
      };
      return { ...reply, ...units, ...keyed('Responses'), ...keyed('UnprocessedKeys') };
    },
    follow: async ({ members }, keyNamesOf) => {
      const delayMs = staleMs;
      if (copied.size === 0 || delayMs === 0) return;
      const rows = members.flatMap(({ table, row, mode }): readonly Row[] =>
        row === undefined || mode !== 'write' || !copied.has(table)
          ? []
          : [{ table, key: Object.fromEntries(keyNamesOf(table).map((name) => [name, own(row, name)])) }],
      );
      const images = await Promise.all(
        rows.map(({ table, key }) => upstream.call('GetItem', { TableName: table, Key: key, ConsistentRead: true })),
      );
      const later = () => {
        for (const [position, row] of rows.entries()) void inLine(() => apply(row, images[position]?.Item));
      };
      setTimeout(later, delayMs).unref();
    },
  };
};

const reads = new Set(['GetItem', 'Query', 'Scan']);
const mayBeStale = ({ ConsistentRead }: Json): boolean => ConsistentRead !== true;
