import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { loadTopology } from '#topology';

/** The embedded database, in memory, with tables of the topology: contract suites of stores run on it. */
export type TableEngine = { readonly db: DynamoDBDocumentClient; readonly stop: () => void };

const root = new URL('../../../', import.meta.url);
const binary = fileURLToPath(new URL('node_modules/@dynoxide/linux-x64/dynoxide', root));

/** The embedded database has a package for Linux x64 alone; elsewhere the suites run on the stores in memory. */
export const hasTableEngine = existsSync(binary);

export const startTableEngine = async (tables: readonly string[]): Promise<TableEngine> => {
  const port = await freePort();
  const engine = spawn(binary, ['serve', '--port', String(port)], { stdio: 'ignore' });
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
  });
  await answering(`http://127.0.0.1:${port}`, engine);
  for (const table of tables) await client.send(createCall(table));
  return {
    db: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    stop: () => {
      client.destroy();
      engine.kill('SIGKILL');
    },
  };
};

const createCall = (name: string): CreateTableCommand => {
  const table = loadTopology(new URL('topology.json', root)).tables[name];
  if (table === undefined) throw new Error(`The topology has no table ${name}.`);
  const keysOf = ({ partition, sort }: { readonly partition: string; readonly sort?: string | undefined }) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' as const }]),
  ];
  const indexes = Object.entries(table.indexes);
  const names = [table.key, ...indexes.map(([, index]) => index)].flatMap((keys) => [keys.partition, keys.sort ?? '']);
  return new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keysOf(table.key),
    AttributeDefinitions: [...new Set(names)]
      .filter((each) => each !== '')
      .map((each) => ({ AttributeName: each, AttributeType: 'S' })),
    ...(indexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: indexes.map(([index, keys]) => ({
            IndexName: index,
            KeySchema: keysOf(keys),
            Projection: { ProjectionType: keys.projection === 'all' ? 'ALL' : 'KEYS_ONLY' },
          })),
        }),
  });
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

const answering = async (url: string, engine: ChildProcess): Promise<void> => {
  for (let tries = 0; tries < 100; tries += 1) {
    if (engine.exitCode !== null) throw new Error(`The database ended with code ${engine.exitCode}.`);
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await wait(50);
  }
  throw new Error('The database did not answer within 5 s.');
};
