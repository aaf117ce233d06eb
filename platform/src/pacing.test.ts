import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { type Pace, paceWrites } from '#pacing';
import { faultKindOf } from '#table-fault';

type Seen = { readonly inputs: unknown[]; readonly told: (readonly unknown[])[] };

/** A client whose calls end at `answer` instead of the network, under a pace that writes down what it is told. */
const clientOf = (answer: () => unknown, admits = true) => {
  const seen: Seen = { inputs: [], told: [] };
  const pace: Pace = {
    admit: async (estimate) => {
      seen.told.push(['admit', Object.fromEntries(estimate)]);
      return admits;
    },
    correct: (table, units) => void seen.told.push(['correct', table, units]),
    throttled: (table) => void seen.told.push(['throttled', table]),
  };
  const client = new DynamoDBClient({ region: 'eu-west-2', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  const db = DynamoDBDocumentClient.from(client);
  paceWrites(db, pace);
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
  it('[F2] is let in on an estimate and charged what was consumed, by the widest of the table and its indexes', async () => {
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
      ['admit', { orders: 1 }],
      ['correct', 'orders', 2],
    ]);
    expect(seen.inputs[0]).toMatchObject({ ReturnConsumedCapacity: 'INDEXES' });
  });

  it('lets reads pass', async () => {
    const { db, seen } = clientOf(() => ({}));
    await db.send(new GetCommand({ TableName: 'orders', Key: { id: 'a' } }));
    expect(seen.told).toEqual([]);
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
});
