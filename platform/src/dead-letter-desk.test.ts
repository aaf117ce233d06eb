import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { orderItemSchema } from '@penstock/domain/items';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDynamoDbActivityReader, makeDynamoDbMoveLog } from '#activity-log';
import { makeDynamoDbDeadLetterDesk } from '#dead-letter-desk';
import { deadLetterKey, makeDynamoDbDeadLetterStore } from '#dead-letter-store';
import { describeDeadLetterDeskContract, letterItemOf } from '#testing/dead-letter-desk-contract-suite';
import { makeDeskTables, makeMemoryDeadLetterDesk } from '#testing/memory-dead-letter-desk';
import { hasTableEngine, startTableEngine, type TableEngine } from '#testing/table-engine';

describeDeadLetterDeskContract('memory', async () => {
  const tables = makeDeskTables();
  return {
    desk: makeMemoryDeadLetterDesk(tables),
    putLetter: async (letter) => void tables.letters.set(letter.id, letter),
    putOrder: async (order) => void tables.orders.set(order.id, order),
    order: async (id) => tables.orders.get(id),
    acts: async () => [...tables.acts.values()].map(({ kind }) => kind),
  };
});

describe.runIf(hasTableEngine)('on the embedded database', () => {
  let engine: TableEngine;
  const settings = { tableName: (table: string) => table };
  const renew = async () => {
    engine.stop();
    engine = await startTableEngine(['orders', 'operations']);
  };
  beforeAll(async () => {
    engine = await startTableEngine(['orders', 'operations']);
  });
  afterAll(() => engine.stop());
  const put = (table: string, Item: object) =>
    engine.db.send(new PutCommand({ TableName: table, Item: { ...Item } })).then(() => undefined);
  const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const deskDeps = () => ({ db: engine.db, settings, random: () => 0, now: () => 0, logger });

  describeDeadLetterDeskContract('dynamodb', async () => {
    await renew();
    return {
      desk: makeDynamoDbDeadLetterDesk(deskDeps()),
      putLetter: (letter) => put('operations', letter),
      putOrder: (order) => put('orders', order),
      order: async (id) => {
        const call = new GetCommand({ TableName: 'orders', Key: { id }, ConsistentRead: true });
        return orderItemSchema.safeParse((await engine.db.send(call)).Item).data;
      },
      acts: async (id) => {
        const call = new QueryCommand({
          TableName: 'operations',
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': deadLetterKey(id).pk },
        });
        return ((await engine.db.send(call)).Items ?? []).flatMap(({ kind, sk }) => (sk === 'letter' ? [] : [kind]));
      },
    };
  });

  it('[G3] opens a discarded letter again, without its end, when a later attempt fails', async () => {
    await renew();
    const desk = makeDynamoDbDeadLetterDesk(deskDeps());
    const letter = letterItemOf();
    await put('operations', letter);
    const by = { staffName: 'Ada', reason: 'mended', at: letter.lastSeenAt, correlationId: '' };
    await desk.markRequeued(letter, by);
    const { id, queue, reason, detail, payload, receives, correlationId } = letter;
    const again = { id, queue, reason, detail, payload, receives, correlationId, attempt: 1 };
    const store = makeDynamoDbDeadLetterStore({ db: engine.db, settings });
    expect(await store.keep({ ...again, seenAt: '2025-11-24T10:00:00.000Z' })).toBe('kept');
    const [open] = await desk.readMany([id]);
    expect(open).toMatchObject({ status: 'open', attempt: 1, firstSeenAt: letter.firstSeenAt });
    expect(open).not.toHaveProperty('expiresAt');
    expect((await desk.list('open', true)).total).toBe(1);
  });

  it('[E3] notes a move once, and activity lists it among the rest by time', async () => {
    await renew();
    const log = makeDynamoDbMoveLog({ db: engine.db, settings });
    const move = { orderId: 'o1', moveId: 'm1', status: 'packed', outcome: 'applied', by: 'staff' } as const;
    await log.note({ ...move, staffName: 'Ada', correlationId: 'c1', at: '2025-11-23T10:00:00.000Z' });
    await log.note({ ...move, staffName: 'Eve', correlationId: 'c2', at: '2025-11-23T11:00:00.000Z' });
    const letter = letterItemOf();
    await put('operations', letter);
    const by = { staffName: 'Bo', reason: 'spam', at: '2025-11-23T10:30:00.000Z', correlationId: 'c3' };
    await makeDynamoDbDeadLetterDesk(deskDeps()).discard(letter, by, undefined);
    const reader = makeDynamoDbActivityReader({ db: engine.db, settings, logger });
    const { keys, total } = await reader.list(['move', 'discard', 'redrive', 'stock-edit'], true, 9);
    expect(total).toBe(2);
    expect(await reader.readMany([{ pk: letter.pk, sk: letter.sk }])).toEqual([]);
    expect(await reader.readMany(keys)).toMatchObject([
      { kind: 'discard', staffName: 'Bo', reason: 'spam' },
      { kind: 'move', staffName: 'Ada', outcome: 'applied' },
    ]);
  });
});
