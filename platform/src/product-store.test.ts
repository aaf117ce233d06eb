import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { StaffDeedItem, StockEditItem } from '@penstock/domain/items';
import { afterAll, beforeAll, describe } from 'vitest';
import { makeDynamoDbProductStore } from '#product-store';
import { makeMemoryProductStore } from '#testing/memory-product-store';
import { makeMemoryTables } from '#testing/memory-tables';
import {
  contractDeedKey,
  contractProductId,
  describeProductStoreContract,
} from '#testing/product-store-contract-suite';
import { hasTableEngine, startTableEngine, type TableEngine } from '#testing/table-engine';

describeProductStoreContract('memory', async () => {
  const deeds: StaffDeedItem[] = [];
  const tables = { ...makeMemoryTables(), details: new Map(), ledger: [] as StockEditItem[], deeds };
  return {
    store: makeMemoryProductStore(tables),
    seed: async (offer) => void tables.offers.set(offer.id, offer),
    ledger: async (productId) => tables.ledger.filter((entry) => entry.productId === productId),
    deeds: async () => deeds,
  };
});

describe.runIf(hasTableEngine)('on the embedded database', () => {
  let engine: TableEngine;
  beforeAll(async () => {
    engine = await startTableEngine(['products', 'operations']);
  });
  afterAll(() => engine.stop());

  const rows = async (TableName: string, key: string, value: string) => {
    const answer = await engine.db.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': key },
        ExpressionAttributeValues: { ':value': value },
        ConsistentRead: true,
      }),
    );
    return answer.Items ?? [];
  };
  const deeds = () => rows('operations', 'pk', contractDeedKey);
  const ledgerOf = (id: string) => rows('operations', 'pk', `stock-edit#${id}`);

  describeProductStoreContract('dynamodb', async () => {
    const { db } = engine;
    for (const { id, part } of await rows('products', 'id', contractProductId))
      await db.send(new DeleteCommand({ TableName: 'products', Key: { id, part } }));
    for (const { pk, sk } of [...(await ledgerOf(contractProductId)), ...(await deeds())])
      await db.send(new DeleteCommand({ TableName: 'operations', Key: { pk, sk } }));
    const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
    const settings = { tableName: (table: string) => table };
    return {
      store: makeDynamoDbProductStore({ db, settings, random: Math.random, now: Date.now, logger }),
      seed: async (Item) => void (await db.send(new PutCommand({ TableName: 'products', Item }))),
      ledger: async (id) => (await ledgerOf(id)) as StockEditItem[],
      deeds: async () => (await deeds()) as StaffDeedItem[],
    };
  });
});
