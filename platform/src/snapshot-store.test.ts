import { afterAll, beforeAll, describe } from 'vitest';
import { makeDynamoDbSnapshotStore } from '#snapshot-store';
import { makeMemorySnapshotStore } from '#testing/memory-snapshot-store';
import { snapshotStoreContract } from '#testing/snapshot-store-contract-suite';
import { hasTableEngine, startTableEngine, type TableEngine } from '#testing/table-engine';

snapshotStoreContract('memory', async () => {
  const store = makeMemorySnapshotStore();
  return [store, store];
});

describe.runIf(hasTableEngine)('on the embedded database', () => {
  let engine: TableEngine;
  beforeAll(async () => {
    engine = await startTableEngine(['views']);
  });
  afterAll(() => engine.stop());

  snapshotStoreContract('dynamodb', async () => {
    engine.stop();
    engine = await startTableEngine(['views']);
    const settings = { tableName: (table: string) => table };
    return [
      makeDynamoDbSnapshotStore({ db: engine.db, settings }),
      makeDynamoDbSnapshotStore({ db: engine.db, settings }),
    ];
  });
});
