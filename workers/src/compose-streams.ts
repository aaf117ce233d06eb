import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { makeDynamoDb, makeSocketApi, makeSqs } from '@penstock/platform/clients';
import { makeDynamoDbConnectionStore } from '@penstock/platform/connection-store';
import { makeDynamoDbDeadLetterStore } from '@penstock/platform/dead-letter-store';
import { makeSqsDeferral } from '@penstock/platform/deferral';
import { makeDynamoDbLeaseReader } from '@penstock/platform/lease-reader';
import { makeLetterNews } from '@penstock/platform/letter-news';
import { makeLogger, toStdout } from '@penstock/platform/logger';
import { makeOperationsReader } from '@penstock/platform/operations-reader';
import { makeDynamoDbProductRows } from '@penstock/platform/product-rows';
import { readSettings } from '@penstock/platform/settings';
import { makeDynamoDbSnapshotStore } from '@penstock/platform/snapshot-store';
import { makeGatewaySocketPush } from '@penstock/platform/socket-push';
import { makeDynamoDbSwitchStore } from '@penstock/platform/switches';
import { makeDynamoDbTableCapacity } from '@penstock/platform/table-capacity';
import { watchQueueName } from '@penstock/platform/watch-queue';
import { makeSqsWriteQueue } from '@penstock/platform/write-queue';
import { makeFrameMemory } from '#core/frame-memory';
import { frameRules } from '#core/frame-rules';
import { makePostBudget, shareOfPosts } from '#core/post-budget';
import { makeAnnounceCatalogue } from '#flows/announce-catalogue';
import { makeBroadcast } from '#flows/broadcast';
import { makeKeepDeadLetters } from '#flows/keep-dead-letters';
import { makePostFrames } from '#flows/post-frames';
import { makePushOperations } from '#flows/push-operations';
import { makeBasketFrames, makeOrderFrames, makeProductFrames } from '#flows/table-frames';

/**
 * Posts a second go by equal parts (H4): one for each of the four stream readers, which run one at a time, and a fifth for
 * the ten executions of push-operations and keep-dead-letters together (topology.json; compose.test.ts compares).
 */
export const postingParts = { streamReader: 5, other: 50 } as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** What the stream readers and other unpaced workers stand on. Their calls are retried by the SDK: they have no pacer, and write on-demand tables only. */
const composeStreamParts = (environment: Environment, parts: number) => {
  const settings = readSettings(environment);
  const clock = { now: () => Date.now() };
  const random = () => Math.random();
  const logger = makeLogger({
    functionName: settings.functionName,
    level: settings.logLevel,
    now: clock.now,
    write: toStdout,
  });
  const db = makeDynamoDb('request');
  const connections = makeDynamoDbConnectionStore({ db, settings, clock });
  const budget = makePostBudget(shareOfPosts(settings.postsPerSecond, parts));
  const push = makeGatewaySocketPush({
    api: makeSocketApi(),
    random,
    takePlace: async () => {
      const waitMs = budget.reserve(clock.now()) - clock.now();
      if (waitMs > 0) await wait(waitMs);
    },
  });
  const postFrames = makePostFrames({
    connections,
    push,
    rules: frameRules,
    budget,
    memory: makeFrameMemory(),
    sleep: (delayMs) => wait(delayMs),
    clock,
    logger,
    mintId: () => randomUUID(),
  });
  return {
    db,
    settings,
    clock,
    random,
    logger,
    connections,
    push,
    postFrames,
    rows: makeDynamoDbProductRows({ db, settings }),
    snapshot: makeDynamoDbSnapshotStore({ db, settings }),
  };
};

/** broadcast-products, broadcast-baskets and broadcast-orders: one bundle, told apart by the records' table. */
export const composeBroadcast = (environment: Environment) => {
  const { settings, clock, logger, postFrames, rows, snapshot } = composeStreamParts(
    environment,
    postingParts.streamReader,
  );
  const frames = new Map([
    [settings.tableName('products'), makeProductFrames({ rows, logger })],
    [settings.tableName('baskets'), makeBasketFrames({ snapshot, logger })],
    [settings.tableName('orders'), makeOrderFrames({ logger })],
  ]);
  return makeBroadcast({ frames, postFrames, clock, logger });
};

/** views-products. */
export const composeAnnounceCatalogue = (environment: Environment) => {
  const { clock, random, logger, postFrames, rows, snapshot } = composeStreamParts(
    environment,
    postingParts.streamReader,
  );
  return makeAnnounceCatalogue({ rows, snapshot, postFrames, clock, random, logger });
};

/** push-operations: the meters of the write path to whoever has taken topic staff/operations. */
export const composePushOperations = (environment: Environment) => {
  const { db, settings, clock, logger, postFrames } = composeStreamParts(environment, postingParts.other);
  const sqs = makeSqs('request');
  const operations = makeOperationsReader({
    depth: makeSqsWriteQueue({ sqs, settings }).depth,
    leases: makeDynamoDbLeaseReader({ db, settings, clock }),
    switches: makeDynamoDbSwitchStore({ db, settings, clock }),
    capacity: makeDynamoDbTableCapacity({ db, settings }),
    settings,
    clock,
  });
  const deferral = makeSqsDeferral({ sqs, queueUrl: settings.queueUrl(watchQueueName) });
  return makePushOperations({ operations, postFrames, deferral, clock, sleep: (delayMs) => wait(delayMs), logger });
};

/** keep-dead-letters: what the queues and streams gave up, into rows. */
export const composeKeepDeadLetters = (environment: Environment) => {
  const { db, settings, clock, logger, connections, push } = composeStreamParts(environment, postingParts.other);
  const deadLetters = makeDynamoDbDeadLetterStore({ db, settings });
  return makeKeepDeadLetters({ deadLetters, news: makeLetterNews({ connections, push, logger }), clock, logger });
};
