import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDynamoDbConnectionStore } from '#connection-store';
import { connectionStoreContract } from '#testing/connection-store-contract-suite';
import { makeMemoryConnectionStore } from '#testing/memory-connection-store';
import { hasTableEngine, startTableEngine, type TableEngine } from '#testing/table-engine';

const settings = { tableName: (table: string) => table };
const makeClock = () => {
  let now = 0;
  return { clock: { now: () => now }, setNow: (ms: number) => (now = ms) };
};

connectionStoreContract('memory', () => {
  const { clock, setNow } = makeClock();
  return { store: makeMemoryConnectionStore({ clock }), setNow };
});

describe.runIf(hasTableEngine)('on the embedded database', () => {
  let engine: TableEngine;
  beforeAll(async () => {
    engine = await startTableEngine(['connections']);
  });
  afterAll(() => engine.stop());

  connectionStoreContract('dynamodb', async () => {
    // The rows of the test before are still there: the database is emptied, because the suite counts listeners.
    engine.stop();
    engine = await startTableEngine(['connections']);
    const { clock, setNow } = makeClock();
    return { store: makeDynamoDbConnectionStore({ db: engine.db, settings, clock }), setNow };
  });
});

describe('[H2] the calls that read listeners', () => {
  const readListeners = async () => {
    const inputs: Record<string, unknown>[] = [];
    const pages = [{ Items: [], LastEvaluatedKey: { topic: 'product/assam', connectionId: 'a' } }, { Items: [] }];
    const db = {
      send: async ({ input }: { readonly input: Record<string, unknown> }) => {
        inputs.push(input);
        return pages[inputs.length - 1];
      },
    };
    const store = makeDynamoDbConnectionStore({ db: db as never, settings, clock: { now: () => 0 } });
    await store.connectionsOf('product/assam');
    return inputs;
  };

  it('are strongly consistent, on the table itself, and follow every page', async () => {
    const inputs = await readListeners();
    expect(inputs).toHaveLength(2);
    expect(inputs.every((input) => input.ConsistentRead === true && input.IndexName === undefined)).toBe(true);
    expect(inputs[1]?.ExclusiveStartKey).toEqual({ topic: 'product/assam', connectionId: 'a' });
  });
});
