import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { limits } from '@penstock/domain/limits';
import { makeDynamoDbMoveLog } from '@penstock/platform/activity-log';
import { makeDynamoDbBasketStore } from '@penstock/platform/basket-store';
import { makeDynamoDb, makeSocketApi, makeSqs } from '@penstock/platform/clients';
import { makeDynamoDbConnectionStore } from '@penstock/platform/connection-store';
import { makeDynamoDbDeadLetterStore } from '@penstock/platform/dead-letter-store';
import { makeSqsDeferral } from '@penstock/platform/deferral';
import { makeDynamoDbOrderStore } from '@penstock/platform/dynamodb-order-store';
import { makeDynamoDbLeaseReader } from '@penstock/platform/lease-reader';
import { makeDynamoDbLeaseWriter } from '@penstock/platform/lease-writer';
import { makeLetterNews } from '@penstock/platform/letter-news';
import { makeLogger, toStdout } from '@penstock/platform/logger';
import { makeDynamoDbMoveStore } from '@penstock/platform/move-store';
import { paceCalls } from '@penstock/platform/pacing';
import { makeDynamoDbPendingActs } from '@penstock/platform/pending-acts';
import { makeSqsReceiver } from '@penstock/platform/queue-receiver';
import { within } from '@penstock/platform/reading';
import { readSettings, type WritePath } from '@penstock/platform/settings';
import { makeGatewaySocketPush } from '@penstock/platform/socket-push';
import { makeDynamoDbSuspectMarks } from '@penstock/platform/suspect-marks';
import { makeDynamoDbSwitchStore, makeSwitchReader } from '@penstock/platform/switches';
import { makeDynamoDbTableCapacity } from '@penstock/platform/table-capacity';
import { makeWaitEstimate } from '@penstock/platform/wait-estimate';
import { makeSqsWriteQueue } from '@penstock/platform/write-queue';
import type { Drain } from '#flows/drain';
import { makeFoldBaskets } from '#flows/fold-baskets';
import { makeLeftovers } from '#flows/leftovers';
import { makeMoveOrders } from '#flows/move-orders';
import { makePacing } from '#flows/pacing';
import { makePlaceOrders } from '#flows/place-orders';
import { withSuspects } from '#flows/suspects';
import type { PacedTable } from '#flows/table-buckets';
import { withTopUp } from '#flows/top-up';
import { withoutDeferral, withoutPatience } from '#flows/without-pacer';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Tables and who writes them. Staff write products too: the drains leave them 3 % (E4). Of the others 2 % stay, because
 * clocks and rounding differ: at exactly the whole capacity every other plan comes a moment too early.
 */
const paced = {
  orders: { table: 'orders', queues: ['orders', 'moves'], reserve: 0.02 },
  products: { table: 'products', queues: ['orders', 'moves'], reserve: limits.staffShareOfProducts },
  baskets: { table: 'baskets', queues: ['baskets'], reserve: 0.02 },
} as const satisfies Readonly<Record<string, PacedTable>>;

/** What goes back at the deadline waits no longer than this for how long its queue takes to drain. */
const drainReadMs = 500;

type Queue = { readonly queue: 'orders' | 'baskets' | 'moves'; readonly sqsName: string };

/** The write paths whose one retry layer is the SDK (docs/decisions/006). */
type BySdk = 'sdk-default' | 'sdk-adaptive';
const isBySdk = (path: WritePath): path is BySdk => path === 'sdk-default' || path === 'sdk-adaptive';

/**
 * What every drain stands on. `queue` is the name in letters, leases and logs, `sqsName` the one in its URL. Of the write
 * paths that rest on the SDK nothing is paced and nothing deferred: `bySdk` says so, and the client retries by itself.
 */
export const composeDrainParts = (
  environment: Environment,
  { queue, sqsName }: Queue,
  tables: readonly PacedTable[],
  path: WritePath = readSettings(environment).writePath,
) => {
  const settings = readSettings(environment);
  const bySdk = isBySdk(path);
  const clock = { now: () => Date.now() };
  const random = () => Math.random();
  const logger = makeLogger({
    functionName: settings.functionName,
    level: settings.logLevel,
    now: clock.now,
    write: toStdout,
  });
  const profile = isBySdk(path) ? path : 'worker';
  const db = makeDynamoDb(profile);
  /** What an instance says of itself, and what it cannot work, goes past the pacer: it must not wait behind the writes (F7). */
  const own = makeDynamoDb(profile);
  const sleep = (delayMs: number) => wait(delayMs);
  const capacity = makeDynamoDbTableCapacity({ db: own, settings });
  const leases = makeDynamoDbLeaseReader({ db: own, settings, clock });
  const pacing = makePacing({
    queue,
    instance: randomUUID(),
    tables,
    tableName: settings.tableName,
    capacity,
    leases,
    leaseWriter: makeDynamoDbLeaseWriter({ db: own, settings }),
    clock,
    random,
    sleep,
    logger,
  });
  if (!bySdk) paceCalls(db, pacing.pace);
  const sqs = makeSqs('worker');
  const switches = makeSwitchReader({ store: makeDynamoDbSwitchStore({ db: own, settings, clock }), clock });
  const { depth } = makeSqsWriteQueue({ sqs, settings });
  const estimate = makeWaitEstimate({ depth, leases, switches, capacity, clock, queue });
  const expectedDrainMs = async () => {
    const reading = await within(drainReadMs, estimate.read());
    return reading?.kind === 'known' ? reading.waitMs : undefined;
  };
  const deadLetters = makeDynamoDbDeadLetterStore({ db: own, settings });
  const deferral = makeSqsDeferral({ sqs, queueUrl: settings.queueUrl(sqsName) });
  const news = makeLetterNews({
    connections: makeDynamoDbConnectionStore({ db: own, settings, clock }),
    push: makeGatewaySocketPush({ api: makeSocketApi(), random }),
    logger,
  });
  const leftovers = makeLeftovers({ queue, deadLetters, deferral, expectedDrainMs, news, clock, random, logger });
  const marks = makeDynamoDbSuspectMarks({ db: own, settings, clock });
  /** Whatever may end the process is worked apart from the rest (G2). */
  const apart = (drain: Drain): Drain => withSuspects({ queue, leases, marks, leftovers, logger }, drain);
  const shared = { settings, clock, random, logger, db, own, sqs, sleep, pacing, apart };
  if (!bySdk) return { ...shared, leftovers, around: pacing.around };
  return {
    ...shared,
    leftovers: withoutDeferral(leftovers),
    around: (drain: Drain) => pacing.around(withoutPatience(drain)),
  };
};

/** Orders that a plan has room for: the row of one is below 1 KB and written in a transaction. */
const roomOf = (units: number | undefined): number | undefined => (units === undefined ? undefined : units / 2);

export const composePlaceOrders = (environment: Environment) => {
  const parts = composeDrainParts(environment, { queue: 'orders', sqsName: 'orders' }, [paced.orders, paced.products]);
  const orders = makeDynamoDbOrderStore(parts);
  const { planUnitsMax, waitMs, applied, due } = parts.pacing;
  const receiver = makeSqsReceiver({ sqs: parts.sqs, queueUrl: parts.settings.queueUrl('orders') });
  const roomMax = () => roomOf(planUnitsMax('orders'));
  const drain = makePlaceOrders({ ...parts, orders, queue: makeSqsWriteQueue(parts), planUnitsMax, due });
  return parts.around(withTopUp({ ...parts, queue: 'orders', receiver, waitMs, roomMax, applied }, parts.apart(drain)));
};

export const composeFoldBaskets = (environment: Environment) => {
  const parts = composeDrainParts(environment, { queue: 'baskets', sqsName: 'baskets.fifo' }, [paced.baskets]);
  return parts.around(parts.apart(makeFoldBaskets({ ...parts, baskets: makeDynamoDbBasketStore(parts) })));
};

export const composeMoveOrders = (environment: Environment) => {
  const parts = composeDrainParts(environment, { queue: 'moves', sqsName: 'moves.fifo' }, [
    paced.orders,
    paced.products,
  ]);
  return parts.around(
    parts.apart(
      makeMoveOrders({
        ...parts,
        moves: makeDynamoDbMoveStore(parts),
        log: makeDynamoDbMoveLog({ ...parts, db: parts.own }),
        pending: makeDynamoDbPendingActs({ ...parts, db: parts.own }),
      }),
    ),
  );
};
