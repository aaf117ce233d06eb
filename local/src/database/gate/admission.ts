import type { GateCall } from '#database/gate/call';
import {
  type Answer,
  cancelledByThrottle,
  type MemberFault,
  type ThrottlingReason,
  throttled,
} from '#database/gate/refusals';
import type { Shortage, TableBuckets } from '#database/gate/table-buckets';
import type { Target } from '#database/gate/units';

/** May a call go in now? `withheld` are the tables of a batch that must wait: their part stays unprocessed. */
export type Verdict =
  | ({ readonly admitted: true; readonly withheld: ReadonlySet<string> } & Exhausted)
  | ({ readonly admitted: false; readonly answer: Answer } & Exhausted);

/** What turned the call or a part of it away, and where that was a single key. */
type Exhausted = { readonly exhausted: readonly Target[]; readonly hotKeys: readonly Target[] };

type TablesByName = ReadonlyMap<string, TableBuckets | undefined>;

/** Decides by the balances alone; takes nothing. A table that is not known has no bucket, and the engine answers. */
export const admit = (call: GateCall, tables: TablesByName, nowMs: number): Verdict => {
  const shortages = call.members.map((member) => tables.get(member.table)?.shortagesOf(member, nowMs) ?? []);
  const refused = call.members.filter((_member, position) => (shortages[position] ?? []).length > 0);
  if (refused.length === 0) return { admitted: true, withheld: new Set(), exhausted: [], hotKeys: [] };
  const all = shortages.flat();
  const exhausted = targetsOf([...refused, ...all.map(({ target }) => target)]);
  const hotKeys = targetsOf(all.filter(({ isKeyRange }) => isKeyRange).map(({ target }) => target));
  if (call.kind === 'transaction')
    return { admitted: false, answer: cancelledByThrottle(shortages.map(faultOf)), exhausted, hotKeys };
  if (call.kind === 'batch' && refused.length < call.members.length)
    return { admitted: true, withheld: new Set(refused.map(({ table }) => table)), exhausted, hotKeys };
  return { admitted: false, answer: throttled(distinctReasons(all), isScaling(all)), exhausted, hotKeys };
};

/** AWS names an on-demand table's limits with another exception: the table is about to grow. */
const isScaling = (shortages: readonly Shortage[]): boolean => shortages.every(({ isOnDemand }) => isOnDemand);

const faultOf = (shortages: readonly Shortage[]): MemberFault | undefined =>
  shortages.length === 0
    ? undefined
    : { reasons: shortages.map(({ reason }) => reason), isScaling: isScaling(shortages) };

const distinctReasons = (shortages: readonly Shortage[]): readonly ThrottlingReason[] => [
  ...new Map(shortages.map(({ reason }) => [`${reason.reason} ${reason.resource}`, reason])).values(),
];

/** The tables and indexes of some members, each once. */
export const targetsOf = (targets: readonly Target[]): readonly Target[] => [
  ...new Map(
    targets.map(({ table, index, mode }) => [
      `${table}/${index ?? ''}/${mode}`,
      { table, mode, ...(index !== undefined && { index }) },
    ]),
  ).values(),
];
