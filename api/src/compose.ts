import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { KeyRing } from '@penstock/domain/receipt';
import { makeDynamoDbActivityReader, makeDynamoDbStaffLog } from '@penstock/platform/activity-log';
import { makeDynamoDbBasketLists } from '@penstock/platform/basket-lists';
import { makeDynamoDbBasketStore } from '@penstock/platform/basket-store';
import { makeDynamoDbCapacityLever } from '@penstock/platform/capacity-lever';
import { makeDynamoDb, makeS3, makeSocketApi, makeSqs, makeSsm } from '@penstock/platform/clients';
import { makeDynamoDbConnectionStore } from '@penstock/platform/connection-store';
import { makeDynamoDbDeadLetterDesk } from '@penstock/platform/dead-letter-desk';
import { makeDynamoDbDeadLetterReader } from '@penstock/platform/dead-letter-reader';
import { makeS3ImageStore } from '@penstock/platform/image-store';
import { makeDynamoDbLeaseReader } from '@penstock/platform/lease-reader';
import { makeLetterNews } from '@penstock/platform/letter-news';
import { makeDynamoDbLetterStates } from '@penstock/platform/letter-states';
import { makeLogger, toStdout } from '@penstock/platform/logger';
import { canMoveCapacity, makeOperationsReader } from '@penstock/platform/operations-reader';
import { makeDynamoDbOrderReader } from '@penstock/platform/order-reader';
import { makeDynamoDbPendingActs } from '@penstock/platform/pending-acts';
import { makeDynamoDbProductStore } from '@penstock/platform/product-store';
import { makeSqsRedriveQueue } from '@penstock/platform/redrive-queue';
import { makeRefetchNews } from '@penstock/platform/refetch-news';
import { makeSsmSecrets, type Secrets } from '@penstock/platform/secrets';
import { readSettings } from '@penstock/platform/settings';
import { makeSnapshotReader } from '@penstock/platform/snapshot-reader';
import { makeGatewaySocketPush } from '@penstock/platform/socket-push';
import { makeDynamoDbSwitchStore, makeSwitchReader } from '@penstock/platform/switches';
import { makeDynamoDbTableCapacity } from '@penstock/platform/table-capacity';
import { makeWaitEstimate } from '@penstock/platform/wait-estimate';
import { makeSqsWriteQueue, type WriteQueue } from '@penstock/platform/write-queue';
import * as z from 'zod';
import { makeAdmission } from '#core/admission';
import type { Crypto } from '#core/crypto';
import { makeServerStamps } from '#core/server-stamps';
import { emailKey } from '#http/email-key';

/** What the functions of both APIs are made of. Each handler calls what it needs; a bundle holds no more than that. */
export const composeShared = (environment: Readonly<Record<string, string | undefined>>) => {
  const settings = readSettings(environment);
  const clock = { now: () => Date.now() };
  const logger = makeLogger({
    functionName: settings.functionName,
    level: settings.logLevel,
    now: clock.now,
    write: toStdout,
  });
  const switches = makeSwitchReader({
    store: makeDynamoDbSwitchStore({ db: makeDynamoDb('api'), settings, clock }),
    clock,
  });
  return { settings, clock, logger, switches, random: () => Math.random(), mintId: () => randomUUID() };
};

export type Shared = ReturnType<typeof composeShared>;

// plain-keys: names of keys from the parameter store, looked up with own().
const keyRingSchema = z.object({ current: z.string().min(1), keys: z.record(z.string(), z.string().min(16)) });

export const nodeCrypto: Crypto = {
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  hmac: (key, text) => createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64url'),
  randomBytes: (count) => new Uint8Array(randomBytes(count)),
  randomId: () => randomUUID(),
};

export const composeSecrets = ({ settings }: Shared): Secrets => makeSsmSecrets({ ssm: makeSsm(), settings });

export const composeShopOrders = (shared: Shared, secrets: Secrets) => {
  const { settings, clock, logger, switches } = shared;
  const db = makeDynamoDb('api');
  const queue = makeSqsWriteQueue({ sqs: makeSqs('api'), settings });
  return {
    queue,
    orders: makeDynamoDbOrderReader({ db, settings, logger }),
    letters: makeDynamoDbDeadLetterReader({ db, settings }),
    wait: makeWaitEstimate({ ...waitParts(shared, db, queue), switches, queue: 'orders' }),
    admission: makeAdmission(settings.shedMs.orders),
    switches,
    keyRing: async (): Promise<KeyRing> => keyRingSchema.parse(JSON.parse(await secrets.read('receipt-keys'))),
    secrets,
    crypto: nodeCrypto,
    currency: settings.currency,
    clock,
    logger,
  };
};

type Db = ReturnType<typeof makeDynamoDb>;

const waitParts = ({ settings, clock }: Shared, db: Db, queue: Pick<WriteQueue, 'depth'>) => ({
  clock,
  depth: queue.depth,
  leases: makeDynamoDbLeaseReader({ db, settings, clock }),
  capacity: makeDynamoDbTableCapacity({ db, settings }),
});

export const composeShopBaskets = (shared: Shared) => {
  const { settings, clock, logger, switches } = shared;
  const db = makeDynamoDb('api');
  const queue = makeSqsWriteQueue({ sqs: makeSqs('api'), settings });
  return {
    queue,
    baskets: makeDynamoDbBasketStore({ db, settings }),
    snapshot: makeSnapshotReader({ db, settings, clock, logger }),
    wait: makeWaitEstimate({ ...waitParts(shared, db, queue), switches, queue: 'baskets' }),
    admission: makeAdmission(settings.shedMs.baskets),
    crypto: nodeCrypto,
    serverStamp: composeServerStamps(shared),
    clock,
    logger,
  };
};

export const composeServerStamps = ({ clock }: Shared) =>
  makeServerStamps(clock.now, randomBytes(6).toString('base64url'));

export const composeShopCatalogue = (shared: Shared) => {
  const { settings, clock, logger, random } = shared;
  const db = makeDynamoDb('api');
  return {
    switches: shared.switches,
    snapshot: makeSnapshotReader({ db, settings, clock, logger }),
    products: makeDynamoDbProductStore({ db, settings, logger, random, now: clock.now }),
    release: settings.release,
    clock,
    logger,
  };
};

export const composeAdminProducts = ({ settings, clock, logger, random, mintId }: Shared) => {
  const db = makeDynamoDb('api');
  return {
    snapshot: makeSnapshotReader({ db, settings, clock, logger }),
    products: makeDynamoDbProductStore({ db, settings, logger, random, now: clock.now }),
    currency: settings.currency,
    clock,
    mintId,
  };
};

/** What an act of staff that goes through a queue is written down with, and who hears of it (E5). */
const pendingParts = ({ settings, clock, logger, random }: Shared, db: Db) => ({
  pending: makeDynamoDbPendingActs({ db, settings }),
  letters: makeDynamoDbLetterStates({ db, settings }),
  news: makeRefetchNews({
    connections: makeDynamoDbConnectionStore({ db, settings, clock }),
    push: makeGatewaySocketPush({ api: makeSocketApi(), random }),
    logger,
  }),
  logger,
  clock,
});

export const composeAdminOrders = (shared: Shared, secrets: Secrets) => {
  const { settings, logger, mintId } = shared;
  const db = makeDynamoDb('api');
  return {
    ...pendingParts(shared, db),
    orders: makeDynamoDbOrderReader({ db, settings, logger }),
    queue: makeSqsWriteQueue({ sqs: makeSqs('api'), settings }),
    emailHashOf: async (email: string): Promise<string> =>
      nodeCrypto.hmac(await secrets.read('email-index-key'), emailKey(email)),
    mintId,
  };
};

export const composeAdminBaskets = (shared: Shared) => {
  const { settings, clock, logger, mintId } = shared;
  const db = makeDynamoDb('api');
  return {
    ...pendingParts(shared, db),
    log: makeDynamoDbStaffLog({ db, settings }),
    mintId,
    baskets: makeDynamoDbBasketStore({ db, settings }),
    lists: makeDynamoDbBasketLists({ db, settings, logger }),
    queue: makeSqsWriteQueue({ sqs: makeSqs('api'), settings }),
    snapshot: makeSnapshotReader({ db, settings, clock, logger }),
    serverStamp: composeServerStamps(shared),
  };
};

export const composeAdminUploads = ({ settings, mintId }: Shared) => ({
  images: makeS3ImageStore({ s3: makeS3(), settings }),
  sha256Hex: (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex'),
  mintId,
});

export const composeAdminOperations = (shared: Shared) => {
  const { settings, clock, logger, mintId } = shared;
  const db = makeDynamoDb('api');
  const switches = makeDynamoDbSwitchStore({ db, settings, clock });
  const queue = makeSqsWriteQueue({ sqs: makeSqs('api'), settings });
  return {
    operations: makeOperationsReader({ ...waitParts(shared, db, queue), switches, settings }),
    lever: makeDynamoDbCapacityLever({ db, settings }),
    canMoveCapacity: canMoveCapacity(settings),
    switches,
    log: makeDynamoDbStaffLog({ db, settings }),
    clock,
    mintId,
    logger,
  };
};

export const composeAdminDeadLetters = ({ settings, clock, logger, random }: Shared) => {
  const db = makeDynamoDb('api');
  return {
    desk: makeDynamoDbDeadLetterDesk({ db, settings, logger, random, now: clock.now }),
    activity: makeDynamoDbActivityReader({ db, settings, logger }),
    queue: makeSqsRedriveQueue({ sqs: makeSqs('api'), settings }),
    news: makeLetterNews({
      connections: makeDynamoDbConnectionStore({ db, settings, clock }),
      push: makeGatewaySocketPush({ api: makeSocketApi(), random }),
      logger,
    }),
    clock,
    logger,
  };
};
