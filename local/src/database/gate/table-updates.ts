import type { Clock } from '@penstock/domain/clock';
import { tableNameOf } from '#database/gate/call';
import { type Json, parseObject } from '#database/gate/json';
import { orderedIndexes, orderedThroughput } from '#database/gate/ordered-capacity';
import { type Answer, limitExceeded, resourceInUse } from '#database/gate/refusals';
import { limitsOf, type TableDescription, type Throughput } from '#database/gate/table-limits';
import type { Tables } from '#database/gate/tables';
import { type Upstream, UpstreamFailed, UpstreamRefused } from '#database/gate/upstream';

/** How UpdateTable behaves in time. Engines do it at once and as often as one likes. */
export type UpdateRules = {
  /** A table is UPDATING for so long, and keeps its old capacity meanwhile; 0: at once. AWS takes seconds to minutes. */
  readonly updatingMs: number;
  /**
   * Decreases of one table or index in a UTC day that need no waiting; beyond them one is allowed when the last is an
   * hour old. AWS: 4 (guide, "Service quotas", decreasing provisioned throughput). Undefined: as many as one likes.
   */
  readonly decreasesPerDay?: number;
};

export type TableUpdates = {
  /** Why an UpdateTable would be refused now; undefined when it would not. */
  readonly refusalOf: (body: Json) => Promise<Answer | undefined>;
  readonly send: (body: Json) => Promise<Answer>;
};

type TableUpdatesDeps = {
  readonly upstream: Upstream;
  readonly tables: Tables;
  readonly clock: Clock;
  readonly rules: UpdateRules;
};

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

export const makeTableUpdates = ({ upstream, tables, clock, rules }: TableUpdatesDeps): TableUpdates => {
  /** When each table and index was decreased, in order. */
  const decreases = new Map<string, readonly number[]>();
  const { updatingMs, decreasesPerDay } = rules;

  const present = async (body: Json): Promise<TableDescription | undefined> => {
    if (typeof body.TableName !== 'string') return undefined;
    try {
      return tables.correct(await tables.describe(tableNameOf(body.TableName)));
    } catch (error) {
      // The engine refuses the update in its own words.
      if (error instanceof UpstreamRefused) return undefined;
      throw error;
    }
  };

  const mayDecrease = (target: string): boolean => {
    const now = clock.now();
    const today = (decreases.get(target) ?? []).filter((atMs) => Math.floor(atMs / dayMs) === Math.floor(now / dayMs));
    return decreasesPerDay === undefined || today.length < decreasesPerDay || now - (today.at(-1) ?? 0) >= hourMs;
  };

  const refuse = (before: TableDescription, body: Json): Answer | undefined => {
    if (updatingMs > 0 && before.TableStatus === 'UPDATING') return resourceInUse(before.TableName);
    const refused = decreasedBy(before, body).find((target) => !mayDecrease(target));
    return refused === undefined ? undefined : limitExceeded(refused);
  };

  return {
    refusalOf: async (body) => {
      const before = await present(body);
      return before && refuse(before, body);
    },
    send: async (body) => {
      const before = await present(body);
      const refused = before && refuse(before, body);
      if (refused !== undefined) return refused;
      const reply = await upstream.send('DynamoDB_20120810.UpdateTable', JSON.stringify(body));
      const json = parseObject(reply.body.toString('utf8'));
      if (json === undefined) throw new UpstreamFailed('The engine did not answer in JSON.', true, undefined);
      if (reply.status !== 200 || before === undefined) return { status: reply.status, body: json };
      for (const target of decreasedBy(before, body))
        decreases.set(target, [...(decreases.get(target) ?? []), clock.now()]);
      if (updatingMs === 0) return { status: 200, body: json };
      return { status: 200, body: { TableDescription: tables.hold(before, clock.now() + updatingMs) } };
    },
  };
};

/** The table and indexes whose reads or writes an UpdateTable would decrease. */
const decreasedBy = (before: TableDescription, body: Json): readonly string[] => {
  const { throughput, indexes } = limitsOf(before);
  const isLess = (wanted: Throughput | undefined, now: Throughput | undefined): boolean =>
    wanted !== undefined && now !== undefined && (wanted.write < now.write || wanted.read < now.read);
  return [
    ...(isLess(orderedThroughput(body), throughput) ? [before.TableName] : []),
    ...[...orderedIndexes(body)]
      .filter(([index, wanted]) => isLess(wanted, indexes.get(index)?.throughput))
      .map(([index]) => `${before.TableName}/index/${index}`),
  ];
};
