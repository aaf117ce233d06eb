import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { actionReasonOf, faultKindOf } from '#table-fault';

/** Units by the full name of a table. */
export type Units = ReadonlyMap<string, number>;

/** What a write cost its table, and each index that it reached. */
export type Spent = { readonly own: number; readonly indexes: Readonly<Record<string, number>> };

/** Who decides how fast tables are written. */
export type Pace = {
  /**
   * Waits until all of the tables may be written, and the key, and charges the estimate. False: that would take too long;
   * do not send. `key` names what a lone write writes; a transaction has none.
   */
  readonly admit: (estimate: Units, key?: string) => Promise<boolean>;
  /** What a write cost that was let in on an estimate of so many units for its table. */
  readonly settle: (table: string, spent: Spent, estimated: number) => void;
  /** What is charged beyond an estimate; negative: it was never spent. */
  readonly correct: (table: string, units: number) => void;
  /** Of a table, or of the index that the reason names and of nothing else. */
  readonly throttled: (table: string, index?: string) => void;
  /** The same three for reads, in read units (F5). */
  readonly admitRead: (estimate: Units) => Promise<boolean>;
  readonly correctRead: (table: string, units: number) => void;
  readonly readThrottled: (table: string) => void;
  /** A transaction was cancelled because another one wrote the same rows at that moment. */
  readonly overlapped: (tables: readonly string[]) => void;
  /** A key is written more than its range bears: nobody else has to slow down (F3). */
  readonly keyThrottled: (key: string) => void;
};

/** The pacer says that a write has to wait longer than it may: DynamoDB was not asked. It counts as a throttle. */
export class PacedOut extends Error {
  constructor(tables: readonly string[]) {
    super(`The pacer lets nothing into ${tables.join(', ')} for now.`);
    this.name = 'ThrottlingException';
  }
}

type Consumed = {
  readonly TableName?: string;
  readonly CapacityUnits?: number;
  readonly Table?: { readonly CapacityUnits?: number };
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits?: number }>>;
};
type Action = Readonly<Record<string, { readonly TableName?: string } | undefined>>;
type Wanted = { readonly Keys?: readonly unknown[]; readonly ConsistentRead?: boolean };
type Row = { readonly id?: unknown; readonly pk?: unknown };
type Input = {
  readonly TableName?: string;
  readonly TransactItems?: readonly Action[];
  readonly RequestItems?: Readonly<Record<string, Wanted>>;
  readonly ConsistentRead?: boolean;
  readonly Key?: Row;
  readonly Item?: Row;
};
type Output = {
  readonly ConsumedCapacity?: Consumed | readonly Consumed[];
  readonly UnprocessedKeys?: Readonly<Record<string, unknown>>;
};

/**
 * Puts every call of a client under a pace (F2, F3, F5): it waits to be let in, is charged what it consumed, and a
 * throttle slows the tables that it names.
 */
export const paceCalls = (db: DynamoDBDocumentClient, pace: Pace): void => {
  db.middlewareStack.add(
    (next, context) => async (args) => {
      const input = args.input as Input;
      if (reads.has(context.commandName ?? '')) return pacedRead(pace, input, (more) => next({ ...args, input: more }));
      if (!writes.has(context.commandName ?? '')) return next(args);
      const touched = tablesOf(input);
      const estimate = estimateOf(touched, input.TransactItems === undefined ? 1 : 2);
      const key = keyOf(input);
      if (!(await pace.admit(estimate, key))) throw new PacedOut([...estimate.keys()]);
      try {
        const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' } });
        for (const consumed of [(answer.output as Output).ConsumedCapacity ?? []].flat()) {
          const table = consumed.TableName ?? '';
          pace.settle(table, spentOf(consumed), estimate.get(table) ?? 0);
        }
        return answer;
      } catch (error) {
        const throttled = throttledOf(error, touched);
        if (key !== undefined && isKeyRange(error)) pace.keyThrottled(key);
        else for (const table of throttled) tellThrottle(pace, table, error);
        if (isOverlap(error)) pace.overlapped([...estimate.keys()]);
        if (throttled.length > 0 || wasNotTried(error))
          for (const [table, units] of estimate) pace.correct(table, -units);
        throw error;
      }
    },
    { step: 'initialize', name: 'penstockPacing' },
  );
};

type Answered = { readonly output: unknown };

/** A read under a pace: let in on an estimate, charged what it consumed. */
const pacedRead = async <Answer extends Answered>(
  pace: Pace,
  input: Input,
  next: (input: Input & { readonly ReturnConsumedCapacity: 'TOTAL' }) => Promise<Answer>,
): Promise<Answer> => {
  const estimate = readEstimateOf(input);
  if (!(await pace.admitRead(estimate))) throw new PacedOut([...estimate.keys()]);
  try {
    const answer = await next({ ...input, ReturnConsumedCapacity: 'TOTAL' });
    for (const { TableName = '', CapacityUnits = 0 } of [(answer.output as Output).ConsumedCapacity ?? []].flat())
      pace.correctRead(TableName, CapacityUnits - (estimate.get(TableName) ?? 0));
    // Of a batch that was throttled in part, the rest comes back without an error.
    for (const table of Object.keys((answer.output as Output).UnprocessedKeys ?? {})) pace.readThrottled(table);
    return answer;
  } catch (error) {
    if (faultKindOf(error) === 'throttled')
      for (const [table, units] of estimate) {
        pace.readThrottled(table);
        pace.correctRead(table, -units);
      }
    throw error;
  }
};

/** At least this is charged: a unit for each key read strongly, half of one eventually. A query is a key. */
const readEstimateOf = ({ TableName = '', ConsistentRead, RequestItems }: Input): Units =>
  new Map(
    Object.entries(RequestItems ?? { [TableName]: { Keys: [undefined], ConsistentRead } }).map(([table, wanted]) => [
      table,
      (wanted.Keys?.length ?? 1) * (wanted.ConsistentRead === true ? 1 : 0.5),
    ]),
  );

const reads: ReadonlySet<string> = new Set([
  'GetItemCommand',
  'BatchGetItemCommand',
  'QueryCommand',
  'GetCommand',
  'BatchGetCommand',
]);
const writes: ReadonlySet<string> = new Set([
  'PutItemCommand',
  'UpdateItemCommand',
  'DeleteItemCommand',
  'TransactWriteItemsCommand',
  'PutCommand',
  'UpdateCommand',
  'DeleteCommand',
  'TransactWriteCommand',
]);

/** The table of each action, in order. */
const tablesOf = ({ TableName, TransactItems }: Input): readonly string[] =>
  TransactItems === undefined
    ? [TableName ?? '']
    : TransactItems.map(
        (action) => Object.values(action).find((part) => part?.TableName !== undefined)?.TableName ?? '',
      );

/** Table and partition key of a lone write: tables of the topology call theirs `id` or `pk`. */
const keyOf = ({ TableName, Key, Item }: Input): string | undefined => {
  const row = Key ?? Item;
  return row === undefined ? undefined : `${TableName} ${JSON.stringify(row.id ?? row.pk)}`;
};

type Reason = { readonly reason?: string; readonly resource?: string };
type Reasoned = { readonly ThrottlingReasons?: readonly Reason[]; readonly throttlingReasons?: readonly Reason[] };

/** The two spellings are those of the API's two errors. */
const reasonsOf = (error: unknown): readonly Reason[] => {
  const { ThrottlingReasons, throttlingReasons } = error as Reasoned;
  return ThrottlingReasons ?? throttlingReasons ?? [];
};

/** Whether a throttle names a key range and nothing wider. */
const isKeyRange = (error: unknown): boolean => {
  const reasons = reasonsOf(error);
  return reasons.length > 0 && reasons.every(({ reason }) => reason?.endsWith('KeyRangeThroughputExceeded'));
};

/** At least this is charged: one unit an action, two inside a transaction. */
const estimateOf = (touched: readonly string[], unitsEach: number): Units => {
  const estimate = new Map<string, number>();
  for (const table of touched) estimate.set(table, (estimate.get(table) ?? 0) + unitsEach);
  return estimate;
};

const spentOf = ({ CapacityUnits = 0, Table, GlobalSecondaryIndexes = {} }: Consumed): Spent => ({
  own: Table === undefined ? CapacityUnits : (Table.CapacityUnits ?? 0),
  indexes: Object.fromEntries(
    Object.entries(GlobalSecondaryIndexes).map(([index, { CapacityUnits: units = 0 }]) => [index, units]),
  ),
});

/** A reason that names an index slows that index; without one, as inside a transaction, the whole table slows. */
const tellThrottle = (pace: Pace, table: string, error: unknown): void => {
  const reasons = reasonsOf(error);
  const named = reasons.map(({ reason, resource }) =>
    reason?.startsWith('Index') === true ? /\/index\/([^/]+)$/.exec(resource ?? '')?.[1] : undefined,
  );
  if (named.length === 0 || named.includes(undefined)) pace.throttled(table);
  for (const index of new Set(named)) if (index !== undefined) pace.throttled(table, index);
};

type Cancelled = { readonly CancellationReasons?: readonly { readonly Code?: string }[] };

/** Inside a transaction the position names the table (F3); reasons there carry no resource. */
const throttledOf = (error: unknown, touched: readonly string[]): readonly string[] => {
  const { CancellationReasons: reasons } = error as Cancelled;
  if (reasons !== undefined)
    return [...new Set(touched.filter((_, index) => actionReasonOf(reasons[index]?.Code) === 'throttled'))];
  return faultKindOf(error) === 'throttled' ? [...new Set(touched)] : [];
};

/**
 * A throttled call costs nothing, nor does one whose form was refused before any row was looked at; any other refusal is
 * charged and tells no units, so the estimate stands.
 */
const wasNotTried = (error: unknown): boolean => faultKindOf(error) === 'invalid';

const isOverlap = (error: unknown): boolean =>
  ((error as Cancelled).CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict');
