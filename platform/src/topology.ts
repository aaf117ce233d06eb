import { readFileSync } from 'node:fs';
import { own } from '@penstock/domain/own';
import * as z from 'zod';

/**
 * The system on one page: topology.json, read by the one-machine cloud, by Terraform and by the documents. The schema
 * refuses what AWS refuses (a FIFO queue with a standard dead-letter queue, maxReceiveCount over 1000) and what AWS
 * advises against (visibility under six time-outs and the window), each with the path of the fault.
 */
const environment = z.enum(['local', 'dev', 'staging', 'prod']);
const name = z.string().regex(/^[a-z][a-z0-9-]{2,40}$/, 'Use 3 to 41 lower-case letters, digits and hyphens.');
/** By names of ours. */
// plain-keys: topology.json is a file of the repository.
const named = <T extends z.ZodType>(value: T) => z.record(name, value);
/** Capacity units a second. An index has its table's. */
const capacity = z.union([
  z.literal('on-demand'),
  z.strictObject({ write: z.int().min(1).max(40_000), read: z.int().min(1).max(40_000) }),
]);

const tableSchema = z.strictObject({
  /** Key attributes are texts in every table and index. */
  key: z.strictObject({ partition: z.string().min(1), sort: z.string().min(1).optional() }),
  indexes: named(
    z.strictObject({
      partition: z.string().min(1),
      sort: z.string().min(1).optional(),
      projection: z.union([z.enum(['keys', 'all']), z.array(z.string()).min(1)]),
    }),
  ),
  /** New and old images. */
  stream: z.boolean(),
  /** Attribute with the expiry in seconds since 1970. */
  ttl: z.string().optional(),
  capacity: z.record(environment, capacity),
});

const queueSchema = z.strictObject({
  /** A FIFO queue's real name ends in .fifo. */
  kind: z.enum(['standard', 'fifo']),
  /** FIFO only: `high` is deduplication and limits per message group. */
  throughput: z.enum(['high', 'standard']).optional(),
  visibilitySeconds: z.int().min(0).max(43_200),
  retentionDays: z.int().min(1).max(14),
  deadLetter: z
    .strictObject({
      queue: name,
      maxReceiveCount: z.int().min(1).max(1000, 'AWS refuses a maxReceiveCount over 1000.'),
    })
    .optional(),
});

const bucketSchema = z.strictObject({
  purpose: z.enum(['site', 'images']),
  readers: z.array(z.string()).optional(),
  publicPrefixes: z.array(z.string()).optional(),
  // plain-keys: topology.json is a file of the repository.
  prefixes: z.record(z.string(), z.strictObject({ expireDays: z.int().min(1).optional() })).optional(),
  uploadOrigins: z.array(z.enum(['admin', 'shop'])).optional(),
  versioned: z.boolean(),
});

const grantSchema = z.strictObject({
  /** table/T, table/T/index/I, queue/Q, bucket/B/prefix*, secret/S, socket. */
  on: z.string().regex(/^(table|queue|bucket|secret)\/[A-Za-z0-9/*_-]+$|^socket$/),
  actions: z.array(z.string().regex(/^(dynamodb|sqs|s3|ssm|execute-api):[A-Za-z]+$/, 'Name one action: no wildcards.')),
});

const functionSchema = z.strictObject({
  workspace: z.enum(['api', 'workers']),
  entry: z.string().endsWith('.ts'),
  timeoutSeconds: z.int().min(1).max(900),
  memoryMb: z.int().min(128).max(10_240),
  /**
   * Instances at most: those of the one-machine cloud, and on AWS the reserved concurrency of what drains queues. Shares of
   * budgets reckon with it too.
   */
  concurrency: z.int().min(1).max(1000),
  grants: z.array(grantSchema),
});

const routeSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
  path: z.string().startsWith('/'),
  function: name,
});

const queueSourceSchema = z.strictObject({
  queue: name,
  function: name,
  batchSize: z.int().min(1).max(10_000),
  windowSeconds: z.int().min(0).max(300),
  concurrency: z.int().min(2, 'AWS takes a maximum concurrency of 2 to 1000.').max(1000),
  partialResponses: z.literal(true, 'A batch must report its failed messages one by one.'),
  enabled: z.boolean(),
});

const streamSourceSchema = z.strictObject({
  stream: name,
  function: name,
  batchSize: z.int().min(1).max(10_000),
  windowSeconds: z.int().min(0).max(300),
  parallelization: z.int().min(1).max(10),
  retries: z.int('An unbounded stream mapping blocks its shard for a day.').min(0).max(10_000),
  recordAgeSeconds: z.int().min(60).max(604_800),
  bisect: z.boolean(),
  partialResponses: z.literal(true, 'A batch must report its failed records one by one.'),
  onFailure: name,
  enabled: z.boolean(),
});

const shape = z.strictObject({
  schema: z.literal(1),
  service: name,
  /** One currency per deployment (ISO 4217). */
  currency: z.string().regex(/^[A-Z]{3}$/),
  tables: named(tableSchema),
  queues: named(queueSchema),
  buckets: named(bucketSchema),
  secrets: named(z.strictObject({ purpose: z.string(), shape: z.enum(['key', 'key-ring']) })),
  functions: named(functionSchema),
  routes: z.strictObject({ shop: z.array(routeSchema), admin: z.array(routeSchema) }),
  socket: z.strictObject({
    selection: z.string(),
    idleSeconds: z.int().min(1).max(600),
    lifeSeconds: z.int().min(1).max(7200),
    /** `answers`: a route response is set, so that what the function returns reaches the socket. */
    // plain-keys: topology.json is a file of the repository.
    routes: z.record(z.string(), z.strictObject({ function: name, answers: z.boolean() })),
  }),
  eventSources: named(z.union([queueSourceSchema, streamSourceSchema])),
  // plain-keys: topology.json is a file of the repository.
  alarms: z.record(z.string(), z.number()),
});

type Shape = z.infer<typeof shape>;
type Refuse = (path: readonly (string | number)[], message: string) => void;

const checkQueues = (topology: Shape, refuse: Refuse): void => {
  for (const [key, queue] of Object.entries(topology.queues)) {
    if (queue.kind === 'standard' && queue.throughput !== undefined)
      refuse(['queues', key, 'throughput'], 'Only a FIFO queue has a throughput mode.');
    if (queue.deadLetter === undefined) continue;
    const target = own(topology.queues, queue.deadLetter.queue);
    const path = ['queues', key, 'deadLetter', 'queue'];
    if (target === undefined) refuse(path, `There is no queue ${queue.deadLetter.queue}.`);
    else if (target.kind !== queue.kind)
      refuse(path, `AWS refuses it: the dead-letter queue of a ${queue.kind} queue is ${queue.kind}.`);
    else if (target.retentionDays < queue.retentionDays)
      refuse(path, 'A dead-letter queue must keep messages at least as long as its source.');
  }
};

/** A function that may not run as often as its queues call it bounces messages, which counts as receives. */
const checkConcurrency = (topology: Shape, refuse: Refuse): void => {
  for (const [key, called] of Object.entries(topology.functions)) {
    const needed = Object.values(topology.eventSources)
      .filter((source) => 'queue' in source && source.function === key)
      .reduce((sum, source) => sum + ('queue' in source ? source.concurrency : 0), 0);
    if (called.concurrency < needed)
      refuse(['functions', key, 'concurrency'], `Its queues call it ${needed} times at once: give it as many.`);
  }
};

const checkSources = (topology: Shape, refuse: Refuse): void => {
  for (const [key, source] of Object.entries(topology.eventSources)) {
    const called = own(topology.functions, source.function);
    if (called === undefined) {
      refuse(['eventSources', key, 'function'], `There is no function ${source.function}.`);
      continue;
    }
    if ('stream' in source) {
      const table = own(topology.tables, source.stream);
      if (table?.stream !== true) refuse(['eventSources', key, 'stream'], `Table ${source.stream} has no stream.`);
      if (own(topology.queues, source.onFailure)?.kind !== 'standard')
        refuse(['eventSources', key, 'onFailure'], 'Name a standard queue for failed records.');
      continue;
    }
    const queue = own(topology.queues, source.queue);
    if (queue === undefined) {
      refuse(['eventSources', key, 'queue'], `There is no queue ${source.queue}.`);
      continue;
    }
    const needed = 6 * called.timeoutSeconds + source.windowSeconds;
    if (queue.visibilitySeconds < needed)
      refuse(
        ['queues', source.queue, 'visibilitySeconds'],
        `AWS advises six time-outs of ${source.function} and the window: at least ${needed}.`,
      );
    // A net has no net of its own: what cannot be kept as a letter stays in it.
    if (queue.deadLetter === undefined && !isNet(topology, source.queue))
      refuse(['queues', source.queue, 'deadLetter'], 'A drained queue needs a dead-letter queue.');
    if (queue.kind === 'fifo' && (source.batchSize > 10 || source.windowSeconds > 0))
      refuse(['eventSources', key, 'batchSize'], 'A FIFO source takes at most 10 messages and no window.');
    if (queue.kind === 'standard' && source.batchSize > 10 && source.windowSeconds < 1)
      refuse(['eventSources', key, 'windowSeconds'], 'A batch above 10 needs a window of at least 1 s.');
  }
};

/** Whether a queue catches what another queue or a stream gave up. */
const isNet = (topology: Shape, name: string): boolean =>
  Object.values(topology.queues).some((queue) => queue.deadLetter?.queue === name) ||
  Object.values(topology.eventSources).some((source) => 'onFailure' in source && source.onFailure === name);

const checkReferences = (topology: Shape, refuse: Refuse): void => {
  for (const [api, routes] of Object.entries(topology.routes))
    for (const [index, route] of routes.entries())
      if (own(topology.functions, route.function) === undefined)
        refuse(['routes', api, index, 'function'], `There is no function ${route.function}.`);
  for (const [key, route] of Object.entries(topology.socket.routes))
    if (own(topology.functions, route.function) === undefined)
      refuse(['socket', 'routes', key, 'function'], `There is no function ${route.function}.`);
  for (const [key, called] of Object.entries(topology.functions))
    for (const [index, grant] of called.grants.entries()) {
      const path = ['functions', key, 'grants', index, 'on'];
      const [kind, resource = '', part, index2] = grant.on.split('/');
      if (kind === 'table' && own(topology.tables, resource) === undefined)
        refuse(path, `There is no table ${resource}.`);
      if (
        kind === 'table' &&
        part === 'index' &&
        own(own(topology.tables, resource)?.indexes, index2 ?? '') === undefined
      )
        refuse(path, `Table ${resource} has no index ${index2}.`);
      if (kind === 'queue' && own(topology.queues, resource) === undefined)
        refuse(path, `There is no queue ${resource}.`);
      if (kind === 'bucket' && own(topology.buckets, resource) === undefined)
        refuse(path, `There is no bucket ${resource}.`);
      if (kind === 'secret' && own(topology.secrets, resource) === undefined)
        refuse(path, `There is no secret ${resource}.`);
      if (grant.actions.includes('dynamodb:Scan'))
        refuse([...path.slice(0, -1), 'actions'], 'No function is granted Scan.');
    }
};

const checkLoops = (topology: Shape, refuse: Refuse): void => {
  for (const [key, source] of Object.entries(topology.eventSources)) {
    if (!('queue' in source)) continue;
    const sends = own(topology.functions, source.function)?.grants.some(
      (grant) => grant.on === `queue/${source.queue}` && grant.actions.includes('sqs:SendMessage'),
    );
    if (sends === true)
      refuse(
        ['eventSources', key],
        'A worker must not send to the queue that it drains: Lambda stops such loops after 16 rounds (F4).',
      );
  }
};

export const topologySchema = shape.superRefine((topology, context) => {
  const refuse: Refuse = (path, message) => context.addIssue({ code: 'custom', path: [...path], message });
  checkQueues(topology, refuse);
  checkSources(topology, refuse);
  checkConcurrency(topology, refuse);
  checkReferences(topology, refuse);
  checkLoops(topology, refuse);
});

export type Topology = z.infer<typeof topologySchema>;
export type TableTopology = Topology['tables'][string];
export type QueueTopology = Topology['queues'][string];
export type FunctionTopology = Topology['functions'][string];
export type QueueSource = z.infer<typeof queueSourceSchema>;
export type StreamSource = z.infer<typeof streamSourceSchema>;
export type EnvironmentName = z.infer<typeof environment>;

/** A topology that may not be deployed. The message lists every fault with its path. */
export class TopologyInvalid extends Error {
  readonly code = 'topology-invalid';
  constructor(faults: readonly string[]) {
    super(`topology.json is not valid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'TopologyInvalid';
  }
}

/** Checks a topology; throws TopologyInvalid with the path of every fault. */
export const parseTopology = (value: unknown): Topology => {
  const result = topologySchema.safeParse(value);
  if (result.success) return result.data;
  throw new TopologyInvalid(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
};

/** Reads and checks a topology file. */
export const loadTopology = (path: string | URL): Topology => parseTopology(JSON.parse(readFileSync(path, 'utf8')));

/** The name of a queue as SQS knows it: a FIFO queue's ends in .fifo. */
export const queueName = (key: string, queue: Pick<QueueTopology, 'kind'>): string =>
  queue.kind === 'fifo' ? `${key}.fifo` : key;
