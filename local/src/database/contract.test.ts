import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeTableContract, type TableEndpoint } from '#database/contract-suite';
import { startDynamoDbLocal } from '#database/dynamodb-local';
import { startDatabaseEngine } from '#database/engine';
import { startGate } from '#database/gate/server';
import { absenceOf, dynamoDbLocal } from '#engines/catalogue';

const openGate = (upstreamUrl: string) =>
  startGate({ port: 0, upstreamUrl, burstSeconds: 0, authorise: ({ caller }) => caller === 'operator' });

const openOurs = async (): Promise<TableEndpoint> => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-database-'));
  const dbFile = join(folder, 'tables.sqlite');
  let engine = await startDatabaseEngine({ dbFile });
  const gate = await openGate(engine.endpoint);
  return {
    endpoint: gate.endpoint,
    killAndRestart: async () => {
      process.kill(engine.pid, 'SIGKILL');
      await engine.exited;
      engine = await startDatabaseEngine({ dbFile, endpoint: engine.endpoint });
    },
    close: async () => {
      await gate.close();
      await engine.stop();
      rmSync(folder, { recursive: true });
    },
  };
};

const openDynamoDbLocal = async (): Promise<TableEndpoint> => {
  const engine = await startDynamoDbLocal({ port: 0 });
  const gate = await openGate(engine.endpoint);
  return {
    endpoint: gate.endpoint,
    close: async () => {
      await gate.close();
      await engine.stop();
    },
  };
};

describeTableContract('our engine behind the gate', {
  open: openOurs,
  isDurable: true,
  differs: { 'no-record-of-a-no-op': 'writes a MODIFY with two equal images' },
});

describeTableContract('DynamoDB Local behind the gate', {
  open: openDynamoDbLocal,
  isDurable: false,
  skip: absenceOf(dynamoDbLocal),
  differs: { 'transaction-of-one-costs-two': 'reports 4 for a transaction of one small put, as for one of two' },
});
