import {
  DynamoDBClient,
  ProvisionedThroughputExceededException,
  ThrottlingException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { type Pace, paceCalls } from '#pacing';
import { faultKindOf } from '#table-fault';

type Seen = { readonly inputs: unknown[]; readonly told: (readonly unknown[])[] };

/** A client whose calls end at `answer` instead of the network, under a pace that writes down what it is told. */
const clientOf = (answer: () => unknown, admits = true) => {
  const seen: Seen = { inputs: [], told: [] };
  const pace: Pace = {
    admit: async (estimate, key) => {
      seen.told.push(['admit', Object.fromEntries(estimate), ...(key === undefined ? [] : [key])]);
      return admits;
    },
    settle: (table, { own, indexes }, estimated) =>
      void seen.told.push(['settle', table, own, { ...indexes }, estimated]),
    correct: (table, units) => void seen.told.push(['correct', table, units]),
    admitRead: async (estimate) => {
      seen.told.push(['admit-read', Object.fromEntries(estimate)]);
      return admits;
    },
    correctRead: (table, units) => void seen.told.push(['correct-read', table, units]),
    readThrottled: (table) => void seen.told.push(['read-throttled', table]),
    throttled: (table, index) => void seen.told.push(['throttled', table, ...(index === undefined ? [] : [index])]),
    overlapped: (tables) => void seen.told.push(['overlapped', ...tables]),
    keyThrottled: (key) => void seen.told.push(['key-throttled', key]),
  };
  const client = new DynamoDBClient({ region: 'eu-west-2', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  const db = DynamoDBDocumentClient.from(client);
  paceCalls(db, pace);
  client.middlewareStack.add(
    () => async (args) => {
      seen.inputs.push(args.input);
      return { output: { $metadata: {}, ...(answer() as object) }, response: {} } as never;
    },
    { step: 'build', priority: 'low' },
  );
  return { db, seen };
};

const put = new PutCommand({ TableName: 'orders', Item: { id: 'a' } });
const transaction = new TransactWriteCommand({
  TransactItems: [
    { Put: { TableName: 'orders', Item: { id: 'a' } } },
    { Put: { TableName: 'orders', Item: { id: 'b' } } },
    {
      Update: {
        TableName: 'products',
        Key: { id: 'p' },
        UpdateExpression: 'SET a = :a',
        ExpressionAttributeValues: { ':a': 1 },
      },
    },
  ],
});

describe('a paced client', () => {
  it('[F2] is let in on an estimate and charged what was consumed, the table and each index apart', async () => {
    const { db, seen } = clientOf(() => ({
      ConsumedCapacity: {
        TableName: 'orders',
        CapacityUnits: 6,
        Table: { CapacityUnits: 2 },
        GlobalSecondaryIndexes: { open: { CapacityUnits: 3 }, recent: { CapacityUnits: 1 } },
      },
    }));
    await db.send(put);
    expect(seen.told).toEqual([
      ['admit', { orders: 1 }, 'orders "a"'],
      ['settle', 'orders', 2, { open: 3, recent: 1 }, 1],
    ]);
    expect(seen.inputs[0]).toMatchObject({ ReturnConsumedCapacity: 'INDEXES' });
  });

  it.each([
    ['Index', 'arn:aws:dynamodb:eu-west-2:1:table/orders/index/open', ['throttled', 'orders', 'open']],
    ['Table', 'arn:aws:dynamodb:eu-west-2:1:table/orders', ['throttled', 'orders']],
  ])('[F2] slows what the reason names: %s', async (kind, resource, told) => {
    const { db, seen } = clientOf(() => {
      const ThrottlingReasons = [{ reason: `${kind}WriteProvisionedThroughputExceeded`, resource }];
      throw new ProvisionedThroughputExceededException({ message: 'no', ThrottlingReasons, $metadata: {} });
    });
    await expect(db.send(put)).rejects.toThrow();
    expect(seen.told.filter(([what]) => what === 'throttled')).toEqual([told]);
  });

  it('[F5] lets reads in on an estimate too, a unit a key, half of one read eventually, and charges what they consumed', async () => {
    const { db, seen } = clientOf(() => ({ ConsumedCapacity: [{ TableName: 'orders', CapacityUnits: 5 }] }));
    await db.send(new GetCommand({ TableName: 'orders', Key: { id: 'a' } }));
    const Keys = [{ id: 'a' }, { id: 'b' }];
    await db.send(new BatchGetCommand({ RequestItems: { orders: { Keys, ConsistentRead: true } } }));
    expect(seen.told).toEqual([
      ['admit-read', { orders: 0.5 }],
      ['correct-read', 'orders', 4.5],
      ['admit-read', { orders: 2 }],
      ['correct-read', 'orders', 3],
    ]);
    expect(seen.inputs).toMatchObject([{ ReturnConsumedCapacity: 'TOTAL' }, { ReturnConsumedCapacity: 'TOTAL' }]);
  });

  it('[F5] slows the reads of a table that answered a batch in part', async () => {
    const { db, seen } = clientOf(() => ({ UnprocessedKeys: { orders: { Keys: [{ id: 'a' }] } } }));
    await db.send(new BatchGetCommand({ RequestItems: { orders: { Keys: [{ id: 'a' }] } } }));
    expect(seen.told.at(-1)).toEqual(['read-throttled', 'orders']);
  });

  it('[F5] slows the reads of a table whose reads are throttled, and takes the estimate back', async () => {
    const { db, seen } = clientOf(() => {
      throw new ProvisionedThroughputExceededException({ message: 'no', $metadata: {} });
    });
    await expect(db.send(new GetCommand({ TableName: 'orders', Key: { id: 'a' } }))).rejects.toThrow();
    expect(seen.told.slice(1)).toEqual([
      ['read-throttled', 'orders'],
      ['correct-read', 'orders', -0.5],
    ]);
  });

  it('[F3] finds the throttled table of a transaction by the position of its reason, and takes the estimate back', async () => {
    const { db, seen } = clientOf(() => {
      throw new TransactionCanceledException({
        message: 'no',
        $metadata: {},
        CancellationReasons: [{ Code: 'None' }, { Code: 'None' }, { Code: 'ThrottlingError' }],
      });
    });
    await expect(db.send(transaction)).rejects.toThrow();
    expect(seen.told).toEqual([
      ['admit', { orders: 4, products: 2 }],
      ['throttled', 'products'],
      ['correct', 'orders', -4],
      ['correct', 'products', -2],
    ]);
  });

  it.each([
    [
      'ThrottlingReasons',
      new ProvisionedThroughputExceededException({
        message: 'no',
        $metadata: {},
        ThrottlingReasons: [{ reason: 'TableWriteKeyRangeThroughputExceeded', resource: 'arn' }],
      }),
    ],
    [
      'throttlingReasons',
      new ThrottlingException({
        message: 'no',
        $metadata: {},
        throttlingReasons: [{ reason: 'IndexWriteKeyRangeThroughputExceeded', resource: 'arn' }],
      }),
    ],
  ])('[F3] slows the key alone when %s name a key range', async (_spelling, error) => {
    const { db, seen } = clientOf(() => {
      throw error;
    });
    await expect(db.send(put)).rejects.toThrow();
    expect(seen.told.slice(1)).toEqual([
      ['key-throttled', 'orders "a"'],
      ['correct', 'orders', -1],
    ]);
  });

  it('[F3] slows the table when a reason is wider than a key range', async () => {
    const { db, seen } = clientOf(() => {
      throw new ProvisionedThroughputExceededException({
        message: 'no',
        $metadata: {},
        ThrottlingReasons: [
          { reason: 'TableWriteKeyRangeThroughputExceeded', resource: 'arn' },
          { reason: 'IndexWriteProvisionedThroughputExceeded', resource: 'arn' },
        ],
      });
    });
    await expect(db.send(put)).rejects.toThrow();
    expect(seen.told).toContainEqual(['throttled', 'orders']);
  });

  it('[D5] tells of an overlap with another transaction', async () => {
    const { db, seen } = clientOf(() => {
      throw new TransactionCanceledException({
        message: 'no',
        $metadata: {},
        CancellationReasons: [{ Code: 'None' }, { Code: 'None' }, { Code: 'TransactionConflict' }],
      });
    });
    await expect(db.send(transaction)).rejects.toThrow();
    expect(seen.told.slice(1)).toEqual([['overlapped', 'orders', 'products']]);
  });

  it('leaves a refused condition charged: it costs and answers no units', async () => {
    const { db, seen } = clientOf(() => {
      throw new TransactionCanceledException({
        message: 'no',
        $metadata: {},
        CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }, { Code: 'None' }],
      });
    });
    await expect(db.send(transaction)).rejects.toThrow();
    expect(seen.told).toEqual([['admit', { orders: 4, products: 2 }]]);
  });

  it('does not ask the table when the pace lets nothing in, and calls that a throttle', async () => {
    const { db, seen } = clientOf(() => ({}), false);
    const error = await db.send(put).catch((thrown: unknown) => thrown);
    expect(faultKindOf(error)).toBe('throttled');
    expect(seen.inputs).toEqual([]);
  });

  it('[G1] charges nothing for a write whose form is refused', async () => {
    const { db, seen } = clientOf(() => {
      throw Object.assign(new Error('One or more parameter values were invalid'), { name: 'ValidationException' });
    });
    await expect(db.send(put)).rejects.toThrow();
    expect(seen.told).toEqual([
      ['admit', { orders: 1 }, 'orders "a"'],
      ['correct', 'orders', -1],
    ]);
  });
});
