/**
 * The words that topology.ts is written in. Each builds one entry in the form of topology.json, which platform/src/topology.ts checks by
 * schema when it is read.
 */

type Units = { readonly write: number; readonly read: number };
type Environment = 'local' | 'dev' | 'staging' | 'prod';
export type Capacity = Readonly<Record<Environment, Units | 'on-demand'>>;

/** Paid by use in every environment: no capacity is planned, none is idle. */
export const onDemand: Capacity = { local: 'on-demand', dev: 'on-demand', staging: 'on-demand', prod: 'on-demand' };

type Key = readonly [partition: string] | readonly [partition: string, sort: string];
const keyOf = ([partition, sort]: Key) => (sort === undefined ? { partition } : { partition, sort });

/** A global secondary index. It holds the keys, and of a projection only what is named. */
export const index = (key: Key, ...attributes: readonly string[]) => ({
  ...keyOf(key),
  projection: attributes.length === 0 ? ('keys' as const) : [...attributes],
});

/** An index that holds whole rows: each write of a row is paid twice. */
export const wholeIndex = (key: Key) => ({ ...keyOf(key), projection: 'all' as const });

type TableOptions<I> = {
  readonly capacity: Capacity;
  readonly indexes?: I;
  readonly stream?: boolean;
  readonly ttl?: string;
};

/** A table: its keys are texts. `ttl` names the attribute with the expiry, in seconds since 1970. */
export const table = <I extends Readonly<Record<string, object>> = Readonly<Record<never, object>>>(
  key: Key,
  { capacity, indexes, stream = false, ttl }: TableOptions<I>,
) => ({ key: keyOf(key), indexes: indexes ?? ({} as I), stream, ...(ttl === undefined ? {} : { ttl }), capacity });

/** What AWS keeps at most, so that no accepted write expires in a long outage. */
const retentionDays = 14;

/** Messages in any order, at least once. */
export const standardQueue = (visibilitySeconds: number) => ({
  kind: 'standard' as const,
  visibilitySeconds,
  retentionDays,
});

/** Messages of a group in their order; limits and deduplication per group, because those of a whole queue are 300 a second. */
export const fifoQueue = (visibilitySeconds: number) => ({
  kind: 'fifo' as const,
  visibilitySeconds,
  retentionDays,
  throughput: 'high' as const,
});

type Queue = ReturnType<typeof standardQueue> | ReturnType<typeof fifoQueue>;

type WithDeadLetters<Name extends string> = Readonly<
  Record<Name | `${Name}-dead`, Queue & { readonly deadLetter?: object }>
>;

/** Gives each queue a dead-letter queue of its own kind, `NAME-dead`, for what was received a thousand times (AWS's most). */
export const withDeadLetters = <Name extends string>(queues: Readonly<Record<Name, Queue>>) => {
  const named = Object.entries<Queue>(queues);
  return Object.fromEntries([
    ...named.map(([name, queue]) => [name, { ...queue, deadLetter: { queue: `${name}-dead`, maxReceiveCount: 1000 } }]),
    ...named.map(([name, queue]) => [`${name}-dead`, queue]),
  ]) as WithDeadLetters<Name>;
};

type Grant = { readonly on: string; readonly actions: readonly string[] };

/** The words for what a function may do, with the names of these tables, queues and secrets alone. */
export const grantsOn = <
  T extends Readonly<Record<string, { readonly indexes: object }>>,
  Q extends Readonly<Record<string, object>>,
  S extends Readonly<Record<string, object>>,
>(
  _tables: T,
  _queues: Q,
  _secrets: S,
) => ({
  /** Calls of DynamoDB on a table: `rows('orders', 'GetItem')`. */
  rows: (name: keyof T & string, ...calls: readonly string[]): Grant => ({
    on: `table/${name}`,
    actions: calls.map((call) => `dynamodb:${call}`),
  }),
  /** Queries of an index. */
  queries: <N extends keyof T & string>(name: N, by: keyof T[N]['indexes'] & string): Grant => ({
    on: `table/${name}/index/${by}`,
    actions: ['dynamodb:Query'],
  }),
  sends: (queue: keyof Q & string): Grant => ({ on: `queue/${queue}`, actions: ['sqs:SendMessage'] }),
  /** Reads how many messages wait. */
  measures: (queue: keyof Q & string): Grant => ({ on: `queue/${queue}`, actions: ['sqs:GetQueueAttributes'] }),
  reads: (secret: keyof S & string): Grant => ({ on: `secret/${secret}`, actions: ['ssm:GetParameter'] }),
  /** Calls of S3 on objects below a prefix, or on a bucket itself. */
  objects: (place: `images${string}`, ...calls: readonly string[]): Grant => ({
    on: `bucket/${place}`,
    actions: calls.map((call) => `s3:${call}`),
  }),
  /** Posts frames to sockets, and ends them. */
  posts: { on: 'socket', actions: ['execute-api:ManageConnections'] } satisfies Grant,
});

type FunctionOptions = {
  readonly entry: string;
  readonly timeoutSeconds: number;
  readonly memoryMb?: number;
  /** Instances at most: those of the one-machine cloud, and on AWS the reserved concurrency of what drains queues. */
  readonly concurrency: number;
  readonly grants: readonly Grant[];
};

const lambda =
  (workspace: 'api' | 'workers') =>
  ({ memoryMb = 256, ...options }: FunctionOptions) => ({ workspace, ...options, memoryMb });

export const apiFunction = lambda('api');
export const worker = lambda('workers');

/** A worker polls a queue: at most `concurrency` at a time, ten messages each, and reports those that failed one by one. */
export const drains = <Q extends string, F extends string>(queue: Q, called: F, concurrency = 2) => ({
  queue,
  function: called,
  batchSize: 10,
  windowSeconds: 0,
  concurrency,
  partialResponses: true,
  enabled: true,
});

type StreamOptions = {
  readonly batchSize: number;
  readonly windowSeconds?: number;
  readonly retries: number;
  readonly recordAgeSeconds: number;
};

/** A worker follows a table's stream, one batch a shard at a time; what it gives up goes to `stream-failures`. */
export const follows = <T extends string, F extends string>(
  stream: T,
  called: F,
  { batchSize, windowSeconds = 0, retries, recordAgeSeconds }: StreamOptions,
) => ({
  stream,
  function: called,
  batchSize,
  windowSeconds,
  parallelization: 1,
  retries,
  recordAgeSeconds,
  bisect: true,
  partialResponses: true,
  onFailure: 'stream-failures',
  enabled: true,
});

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Routes of one function, as `METHOD /path`. */
export const routes = <F extends string>(called: F, ...calls: readonly `${Method} /${string}`[]) =>
  calls.map((call) => {
    const [method = '', path = ''] = call.split(' ');
    return { method, path, function: called };
  });
