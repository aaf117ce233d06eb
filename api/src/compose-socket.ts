import { randomUUID } from 'node:crypto';
import { makeDynamoDb, makeSqs } from '@penstock/platform/clients';
import { makeDynamoDbConnectionStore } from '@penstock/platform/connection-store';
import { makeLogger, toStdout } from '@penstock/platform/logger';
import { isInNetworks } from '@penstock/platform/networks';
import { readSettings } from '@penstock/platform/settings';
import { makeSqsWatchQueue } from '@penstock/platform/watch-queue';
import { makeSocketRoute } from '#flows/socket-route';

/** The socket function: it needs the connections table and who may be staff, nothing else. */
export const composeSocket = (environment: Readonly<Record<string, string | undefined>>) => {
  const settings = readSettings(environment);
  const clock = { now: () => Date.now() };
  return makeSocketRoute({
    connections: makeDynamoDbConnectionStore({ db: makeDynamoDb('api'), settings, clock }),
    rules: {
      shopOrigins: settings.shopOrigins,
      adminOrigins: settings.adminOrigins,
      isStaffNetwork: (address) => isInNetworks(address, settings.staffNetworks),
    },
    watches: makeSqsWatchQueue({ sqs: makeSqs('api'), settings }),
    clock,
    random: () => Math.random(),
    logger: makeLogger({
      functionName: settings.functionName,
      level: settings.logLevel,
      now: clock.now,
      write: toStdout,
    }),
    mintId: () => randomUUID(),
  });
};
