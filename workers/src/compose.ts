import { setTimeout as wait } from 'node:timers/promises';
import { makeDynamoDbBasketStore } from '@penstock/platform/basket-store';
import { makeDynamoDb, makeSqs } from '@penstock/platform/clients';
import { makeDynamoDbDeadLetterStore } from '@penstock/platform/dead-letter-store';
import { makeSqsDeferral } from '@penstock/platform/deferral';
import { makeDynamoDbOrderStore } from '@penstock/platform/dynamodb-order-store';
import { makeLogger } from '@penstock/platform/logger';
import { makeDynamoDbMoveStore } from '@penstock/platform/move-store';
import { readSettings } from '@penstock/platform/settings';
import { makeSqsWriteQueue } from '@penstock/platform/write-queue';
import { makeFoldBaskets } from '#flows/fold-baskets';
import { makeLeftovers } from '#flows/leftovers';
import { makeMoveOrders } from '#flows/move-orders';
import { makePlaceOrders } from '#flows/place-orders';

type Environment = Readonly<Record<string, string | undefined>>;

/** What every drain stands on. `queue` is the name in letters and logs, `sqsName` the one in its URL. */
const composeDrainParts = (environment: Environment, queue: string, sqsName: string) => {
  const settings = readSettings(environment);
  const clock = { now: () => Date.now() };
  const random = () => Math.random();
  const logger = makeLogger({
    functionName: settings.functionName,
    level: settings.logLevel,
    now: clock.now,
    write: (line) => console.log(line),
  });
  const db = makeDynamoDb('worker');
  const sqs = makeSqs('worker');
  const deadLetters = makeDynamoDbDeadLetterStore({ db, settings });
  const deferral = makeSqsDeferral({ sqs, queueUrl: settings.queueUrl(sqsName) });
  const leftovers = makeLeftovers({ queue, deadLetters, deferral, clock, random, logger });
  return { settings, clock, random, logger, db, sqs, leftovers, sleep: (delayMs: number) => wait(delayMs) };
};

export const composePlaceOrders = (environment: Environment) => {
  const parts = composeDrainParts(environment, 'orders', 'orders');
  return makePlaceOrders({ ...parts, orders: makeDynamoDbOrderStore(parts), queue: makeSqsWriteQueue(parts) });
};

export const composeFoldBaskets = (environment: Environment) => {
  const parts = composeDrainParts(environment, 'baskets', 'baskets.fifo');
  return makeFoldBaskets({ ...parts, baskets: makeDynamoDbBasketStore(parts) });
};

export const composeMoveOrders = (environment: Environment) => {
  const parts = composeDrainParts(environment, 'moves', 'moves.fifo');
  return makeMoveOrders({ ...parts, moves: makeDynamoDbMoveStore(parts) });
};
