import { type EngineProcess, findFreePort, startEngineProcess } from '#database/engine-process';
import { dynamoDbLocal, engineFolder } from '#engines/catalogue';

export type DynamoDbLocalOptions = {
  /** 0 takes a free port. */
  readonly port: number;
  /** Folder of its file; absent keeps everything in memory. */
  readonly dataDir?: string;
};

const startMaxMs = 30_000;

/**
 * Starts DynamoDB Local (Java 17) from where `npm run engines` put it: the second engine of the table contract, and the
 * way where the embedded database has no package. It has no option to listen on the loopback address alone.
 */
export const startDynamoDbLocal = async ({ port, dataDir }: DynamoDbLocalOptions): Promise<EngineProcess> => {
  const folder = engineFolder(dynamoDbLocal);
  const chosen = port === 0 ? await findFreePort() : port;
  return startEngineProcess({
    name: 'DynamoDB Local',
    command: 'java',
    args: [
      '-Xmx256m',
      `-Djava.library.path=${folder}`,
      '-cp',
      `${folder}/*`,
      'com.amazonaws.services.dynamodbv2.local.main.ServerRunner',
      '-disableTelemetry',
      // One database for all: it would keep one a caller otherwise.
      '-sharedDb',
      ...(dataDir === undefined ? ['-inMemory'] : ['-dbPath', dataDir]),
      '-port',
      `${chosen}`,
    ],
    endpoint: `http://127.0.0.1:${chosen}`,
    startMaxMs,
  });
};
