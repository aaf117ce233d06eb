import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@penstock/domain/clock';
import * as z from 'zod';
import { readIndexTags, removeIndexTag, writeIndexTag } from '#database/gate/index-capacity-tags';
import { isStaleTable } from '#database/gate/stale-tables';
import { makeTableBuckets, type TableBuckets } from '#database/gate/table-buckets';
import {
  limitsOf,
  type TableDescription,
  type Throughput,
  tableDescriptionSchema,
  throughputOf,
} from '#database/gate/table-limits';
import { type Upstream, UpstreamRefused } from '#database/gate/upstream';

export type TablesDeps = { readonly upstream: Upstream; readonly clock: Clock; readonly burstSeconds: number };

/** The tables that the engine has, with their buckets. The engine keeps the capacities; the gate follows it. */
export type Tables = {
  /** The buckets of a table, asked of the engine at first use; undefined when there is no such table. */
  readonly bucketsOf: (table: string) => Promise<TableBuckets | undefined>;
  readonly known: () => ReadonlyMap<string, TableBuckets>;
  /** Reads every table; throws UpstreamFailed when the engine is away. */
  readonly learnAll: () => Promise<void>;
  /** Asks the engine again, now and every half second until the change is through. */
  readonly follow: (table: string) => Promise<void>;
  readonly forget: (table: string) => void;
  /** Index capacities that were ordered with success. An engine that does not keep them has the gate keep them. */
  readonly rememberIndexes: (table: string, ordered: ReadonlyMap<string, Throughput>) => Promise<void>;
  /** A description as callers should see it: with the index capacities that are in force. */
  readonly correct: (description: TableDescription) => TableDescription;
  /** A change is under way until then: the table keeps what it had and is UPDATING. Answers with its description. */
  readonly hold: (before: TableDescription, untilMs: number) => TableDescription;
  /** Takes a fresh description over: capacity may have been moved past the gate. */
  readonly apply: (description: TableDescription) => void;
  /** Throws UpstreamRefused (ResourceNotFoundException) for a table that is not there. */
  readonly describe: (table: string) => Promise<TableDescription>;
};

const followEveryMs = 500;
const followMaxMs = 10 * 60_000;

export const makeTables = ({ upstream, clock, burstSeconds }: TablesDeps): Tables => {
  const tables = new Map<string, TableBuckets>();
  const remembered = new Map<string, ReadonlyMap<string, Throughput>>();
  const holds = new Map<string, { readonly before: TableDescription; readonly untilMs: number }>();
  const learning = new Map<string, Promise<TableDescription | undefined>>();

  const describe = async (table: string): Promise<TableDescription> =>
    tableDescriptionSchema.parse((await upstream.call('DescribeTable', { TableName: table })).Table);

  /** The description of a table whose change is still under way. */
  const heldOf = (table: string): TableDescription | undefined => {
    const held = holds.get(table);
    if (held === undefined) return undefined;
    if (clock.now() < held.untilMs) return held.before;
    holds.delete(table);
    return undefined;
  };

  const apply = (description: TableDescription): void => {
    const name = description.TableName;
    const held = heldOf(name);
    const limits = held === undefined ? limitsOf(description, remembered.get(name)) : limitsOf(held);
    const present = tables.get(name);
    if (present === undefined) tables.set(name, makeTableBuckets(limits, burstSeconds, clock.now()));
    else present.apply(limits, clock.now());
  };

  const learn = async (table: string): Promise<TableDescription | undefined> => {
    try {
      const description = await describe(table);
      const hasIndexes = (description.GlobalSecondaryIndexes ?? []).length > 0;
      if (hasIndexes && !remembered.has(table))
        remembered.set(table, await readIndexTags(upstream, description.TableArn));
      apply(description);
      return heldOf(table) ?? description;
    } catch (error) {
      if (!(error instanceof UpstreamRefused) || error.type !== 'ResourceNotFoundException') throw error;
      forget(table);
      return undefined;
    }
  };

  /** Many calls may meet a table for the first time together: one of them asks. */
  const learnOnce = (table: string): Promise<TableDescription | undefined> => {
    const present = learning.get(table);
    if (present !== undefined) return present;
    const started = learn(table).finally(() => learning.delete(table));
    learning.set(table, started);
    return started;
  };

  const forget = (table: string): void => {
    tables.delete(table);
    remembered.delete(table);
    holds.delete(table);
  };

  const follow = async (table: string): Promise<void> => {
    const description = await learn(table);
    if (description === undefined || limitsOf(description).isSettled) return;
    void followOn(table, clock.now() + followMaxMs);
  };

  const followOn = async (table: string, untilMs: number): Promise<void> => {
    while (clock.now() < untilMs) {
      await sleep(followEveryMs, undefined, { ref: false });
      try {
        const description = await learn(table);
        if (description === undefined || limitsOf(description).isSettled) return;
      } catch (error) {
        console.error(
          `The change of table ${table} could not be followed; the next try is in ${followEveryMs} ms.`,
          error,
        );
      }
    }
  };

  const rememberIndexes = async (table: string, ordered: ReadonlyMap<string, Throughput>): Promise<void> => {
    const description = await describe(table);
    const kept = new Map(remembered.get(table));
    for (const { IndexName, IndexStatus, ProvisionedThroughput } of description.GlobalSecondaryIndexes ?? []) {
      const wanted = ordered.get(IndexName);
      if (wanted === undefined || IndexStatus === 'UPDATING') continue;
      const present = throughputOf(ProvisionedThroughput);
      const isKept = present?.write === wanted.write && present.read === wanted.read;
      if (!isKept) {
        kept.set(IndexName, wanted);
        await writeIndexTag(upstream, description.TableArn, IndexName, wanted);
      } else if (kept.delete(IndexName)) await removeIndexTag(upstream, description.TableArn, IndexName);
    }
    remembered.set(table, kept);
    apply(description);
  };

  return {
    bucketsOf: async (table) => tables.get(table) ?? ((await learnOnce(table)) && tables.get(table)),
    known: () => tables,
    learnAll: async () => {
      for (const name of await listTables(upstream)) await learnOnce(name);
    },
    follow,
    forget,
    rememberIndexes,
    hold: (before, untilMs) => {
      const held = { ...before, TableStatus: 'UPDATING' };
      holds.set(before.TableName, { before: held, untilMs });
      return held;
    },
    correct: (description) => {
      const held = heldOf(description.TableName);
      if (held !== undefined) return held;
      const overlay = remembered.get(description.TableName);
      if (overlay === undefined || overlay.size === 0) return description;
      return { ...description, GlobalSecondaryIndexes: description.GlobalSecondaryIndexes?.map(withOverlay(overlay)) };
    },
    apply,
    describe,
  };
};

type Described = NonNullable<TableDescription['GlobalSecondaryIndexes']>[number];

const withOverlay =
  (overlay: ReadonlyMap<string, Throughput>) =>
  (index: Described): Described => {
    const kept = overlay.get(index.IndexName);
    if (kept === undefined) return index;
    return {
      ...index,
      ProvisionedThroughput: {
        ...index.ProvisionedThroughput,
        ReadCapacityUnits: kept.read,
        WriteCapacityUnits: kept.write,
      },
    };
  };

const pageSchema = z.looseObject({ TableNames: z.array(z.string()), LastEvaluatedTableName: z.string().optional() });

const listTables = async (upstream: Upstream): Promise<readonly string[]> => {
  const names: string[] = [];
  let from: string | undefined;
  do {
    const page = pageSchema.parse(
      await upstream.call('ListTables', from === undefined ? {} : { ExclusiveStartTableName: from }),
    );
    names.push(...page.TableNames.filter((name) => !isStaleTable(name)));
    from = page.LastEvaluatedTableName;
  } while (from !== undefined);
  return names;
};
