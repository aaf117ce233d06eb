import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { deadLetterItemSchema, type OfferItem, offerItemSchema, orderItemSchema } from '@penstock/domain/items';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDynamoDbBasketStore } from '#basket-store';
import { deadLetterKey, makeDynamoDbDeadLetterStore } from '#dead-letter-store';
import { makeDynamoDbOrderStore } from '#dynamodb-order-store';
import { makeDynamoDbLeaseReader } from '#lease-reader';
import { makeDynamoDbLeaseWriter } from '#lease-writer';
import { makeDynamoDbMoveStore } from '#move-store';
import { makeDynamoDbPendingActs } from '#pending-acts';
import { makeDynamoDbSuspectMarks } from '#suspect-marks';
import { describeBasketStoreContract } from '#testing/basket-store-contract-suite';
import { describeDeadLetterStoreContract } from '#testing/dead-letter-store-contract-suite';
import { orderOf } from '#testing/drain-rows';
import { describeLeaseContract } from '#testing/lease-contract-suite';
import { makeMemoryLeases } from '#testing/memory-leases';
import { makeMemoryPendingActs } from '#testing/memory-pending-acts';
import {
  makeMemoryBasketStore,
  makeMemoryDeadLetterStore,
  makeMemoryMoveStore,
  makeMemoryOrderStore,
  makeMemoryTables,
} from '#testing/memory-tables';
import { describeMoveStoreContract } from '#testing/move-store-contract-suite';
import { describeOrderStoreContract } from '#testing/order-store-contract-suite';
import { describePendingActsContract } from '#testing/pending-acts-contract-suite';
import { hasTableEngine, startTableEngine, type TableEngine } from '#testing/table-engine';

describeOrderStoreContract('memory', async () => {
  const tables = makeMemoryTables();
  return { store: makeMemoryOrderStore(tables), seed: async (row) => void tables.offers.set(row.id, row) };
});
describeMoveStoreContract('memory', async (orders, offers) => {
  const tables = makeMemoryTables();
  for (const order of orders) tables.orders.set(order.id, order);
  for (const offer of offers) tables.offers.set(offer.id, offer);
  return { store: makeMemoryMoveStore(tables), offer: async (id) => tables.offers.get(id) };
});
describeBasketStoreContract('memory', async () => makeMemoryBasketStore(makeMemoryTables()));
describeDeadLetterStoreContract('memory', async () => {
  const tables = makeMemoryTables();
  return { store: makeMemoryDeadLetterStore(tables), letter: async (id) => tables.letters.get(id) };
});
describePendingActsContract('memory', async () => makeMemoryPendingActs());
describeLeaseContract('memory', async (clock) => makeMemoryLeases(clock));

describe.runIf(hasTableEngine)('on the embedded database', () => {
  let engine: TableEngine;
  const settings = { tableName: (table: string) => table };
  const names = ['products', 'orders', 'baskets', 'operations'];
  const renew = async () => {
    engine.stop();
    engine = await startTableEngine(names);
  };
  beforeAll(async () => {
    engine = await startTableEngine(names);
  });
  afterAll(() => engine.stop());
  const deps = () => ({ db: engine.db, settings });
  const put = (table: string, Item: object) =>
    engine.db.send(new PutCommand({ TableName: table, Item: { ...Item } })).then(() => undefined);
  const offer = async (id: string): Promise<OfferItem | undefined> => {
    const call = new GetCommand({ TableName: 'products', Key: { id, part: 'offer' }, ConsistentRead: true });
    return offerItemSchema.safeParse((await engine.db.send(call)).Item).data;
  };

  describeOrderStoreContract('dynamodb', async () => {
    await renew();
    return { store: makeDynamoDbOrderStore(deps()), seed: (row) => put('products', row) };
  });
  describeMoveStoreContract('dynamodb', async (orders, offers) => {
    await renew();
    for (const order of orders) await put('orders', order);
    for (const each of offers) await put('products', each);
    return { store: makeDynamoDbMoveStore(deps()), offer };
  });
  describeBasketStoreContract('dynamodb', async () => {
    await renew();
    return makeDynamoDbBasketStore(deps());
  });
  describeDeadLetterStoreContract('dynamodb', async () => {
    await renew();
    const letter = async (id: string) => {
      const call = new GetCommand({ TableName: 'operations', Key: deadLetterKey(id), ConsistentRead: true });
      return deadLetterItemSchema.safeParse((await engine.db.send(call)).Item).data;
    };
    return { store: makeDynamoDbDeadLetterStore(deps()), letter };
  });

  describePendingActsContract('dynamodb', async () => {
    await renew();
    return makeDynamoDbPendingActs(deps());
  });
  describeLeaseContract('dynamodb', async (clock) => {
    await renew();
    return { ...makeDynamoDbLeaseWriter(deps()), ...makeDynamoDbLeaseReader({ ...deps(), clock }) };
  });

  it('[G2] counts the marks of a message until a trial comes to an end', async () => {
    await renew();
    const marks = makeDynamoDbSuspectMarks({ ...deps(), clock: { now: () => 1_763_892_000_000 } });
    expect([await marks.add('orders', 'm'), await marks.add('orders', 'm'), await marks.add('moves', 'm')]).toEqual([
      1, 2, 1,
    ]);
    await marks.clear('orders', 'm');
    expect(await marks.add('orders', 'm')).toBe(1);
  });

  it('[A6] keeps what it cannot read out of the plan, and says so', async () => {
    await renew();
    const { status: _status, ...half } = orderOf();
    await put('orders', half);
    const answer = await makeDynamoDbOrderStore(deps()).readForPlan([half.id], []);
    expect(answer).toMatchObject({ outcome: 'read', unreadable: new Set([half.id]) });
    expect(await makeDynamoDbMoveStore(deps()).read(half.id)).toEqual({ outcome: 'unreadable' });
    await put('orders', { ...orderOf(), schema: 3 });
    expect(await makeDynamoDbMoveStore(deps()).read(half.id)).toEqual({ outcome: 'unreadable' });
    await put('orders', { ...orderOf(), schema: 2 });
    expect(await makeDynamoDbMoveStore(deps()).read(half.id)).toMatchObject({ outcome: 'found' });
  });

  it('[A6] carries what a newer release has put into a basket through a write', async () => {
    await renew();
    const store = makeDynamoDbBasketStore(deps());
    const newer = { id: 'dGhpcyBpcyBhIGJhc2tldA', schema: 2, rev: 1, lines: {}, note: 'of tomorrow' };
    const times = { updatedAt: '2025-11-23T10:00:00.000Z', touchedShard: '0', touchedAt: 'x', expiresAt: 1 };
    await put('baskets', { ...newer, ...times });
    const read = await store.read(newer.id);
    if (read.outcome !== 'found') throw new Error('not found');
    await store.write({ ...read.row, rev: 2 }, 1);
    expect(await store.read(newer.id)).toMatchObject({ row: { note: 'of tomorrow', rev: 2 } });
  });

  it('writes an order that orderItemSchema reads back', async () => {
    await renew();
    await makeDynamoDbOrderStore(deps()).putIfAbsent(orderOf());
    const call = new GetCommand({ TableName: 'orders', Key: { id: orderOf().id } });
    expect(orderItemSchema.parse((await engine.db.send(call)).Item)).toEqual(orderOf());
  });
});
