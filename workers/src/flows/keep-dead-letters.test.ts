import { makeLogger } from '@penstock/platform/logger';
import { makeMemoryDeadLetterStore, makeMemoryTables } from '@penstock/platform/testing/memory-tables';
import { describe, expect, it } from 'vitest';
import { makeDeadline, reserveMs, unbounded } from '#core/deadline';
import { nets, readNetRecords } from '#core/net-records';
import { makeKeepDeadLetters } from '#flows/keep-dead-letters';
import { anywhere } from '#testing/bad-messages';
import {
  basketId,
  basketMessage,
  moveMessage,
  orderId,
  orderMessage,
  recordOf,
  sentAtMs,
  sqsRecordOf,
} from '#testing/drain-messages';
import { marker } from '#testing/rows';

const clock = { now: () => sentAtMs };
const seenAt = new Date(sentAtMs).toISOString();
const arn = (queue: string) => `arn:aws:sqs:eu-west-2:000000000000:${queue}`;

const makeRoom = (fault?: Error, deadline = unbounded) => {
  const tables = makeMemoryTables();
  const store = makeMemoryDeadLetterStore(tables);
  const told: string[] = [];
  const lines: string[] = [];
  const keep = makeKeepDeadLetters({
    deadLetters: fault === undefined ? store : { keep: () => Promise.reject(fault) },
    news: { tell: async (letters) => void told.push(...letters.map(({ id }) => id)) },
    clock,
    logger: makeLogger({ functionName: 'test', level: 'debug', now: clock.now, write: (line) => lines.push(line) }),
  });
  const run = (net: string, messages: readonly (object | string)[]) =>
    keep(
      readNetRecords({
        Records: messages.map((message, index) => ({
          ...sqsRecordOf(recordOf(message, index, { receives: 1000 })),
          eventSourceARN: arn(net),
        })),
      }),
      deadline,
    );
  return { run, letters: tables.letters, told, lines };
};

describe('keep-dead-letters', () => {
  it.each([
    ['orders-dead', orderMessage({ attempt: 2 }), orderId(), 'orders', 2],
    ['penstock-dev-orders-dead', orderMessage(), orderId(), 'orders', 0],
    ['baskets-dead.fifo', basketMessage(), expect.stringMatching(`^${basketId}\\.[0-9a-f]{32}$`), 'baskets', 0],
    ['moves-dead.fifo', moveMessage(), expect.stringMatching(`^${orderId()}\\.[0-9a-f]{32}$`), 'moves', 0],
  ])(
    '[G3] makes a letter of what fell into %s, under the id of its thing',
    async (net, message, id, queue, attempt) => {
      const { run, letters, told } = makeRoom();
      expect(await run(net, [message])).toEqual({ batchItemFailures: [] });
      const [letter] = [...letters.values()];
      expect(letter).toMatchObject({ id, queue, attempt, reason: 'received-too-often', receives: 1000, seenAt });
      expect(JSON.parse(letter?.payload ?? '')).toEqual(message);
      expect(told).toEqual([id]);
    },
  );

  it('[G3] opens the letter again when a redriven message falls into the net', async () => {
    const { run, letters } = makeRoom();
    await run('orders-dead', [orderMessage()]);
    await run('orders-dead', [orderMessage({ attempt: 1 })]);
    expect([...letters.values()]).toMatchObject([{ id: orderId(), attempt: 1 }]);
  });

  it('[G3] names what it cannot read by its queue and message', async () => {
    const { run, letters } = makeRoom();
    await run('moves-dead.fifo', ['nonsense', { ...moveMessage(), schema: 9 }]);
    expect([...letters.values()]).toMatchObject([
      { id: 'moves.message-0', reason: 'unreadable', payload: 'nonsense' },
      { id: 'moves.message-1', reason: 'newer-schema', detail: 'schema 9 is newer than this release' },
    ]);
  });

  describe.each(Object.entries(nets))('bad input in %s', (net, queue) => {
    it.each(anywhere)('[G3] is one letter, and its neighbours are kept: %s', async (_what, bad) => {
      const { run, letters } = makeRoom();
      const good = { ...orderMessage(), kind: 'of-another-queue' };
      expect(await run(net, [good, bad, good])).toEqual({ batchItemFailures: [] });
      expect([...letters.keys()]).toEqual([0, 1, 2].map((index) => `${queue}.message-${index}`));
      const reason = queue === 'stream-failures' ? 'stream-failed' : 'unreadable';
      for (const letter of letters.values()) expect(letter).toMatchObject({ queue, reason, receives: 1000 });
    });
  });

  it('[G3] tells where the stream records are that were given up', async () => {
    const { run, letters } = makeRoom();
    await run('stream-failures', [
      {
        requestContext: {
          functionArn: 'arn:aws:lambda:eu-west-2:000000000000:function:broadcast-orders:live',
          condition: 'RetryAttemptsExhausted',
        },
        DDBStreamBatchInfo: { batchSize: 3, shardId: 'shard-1', startSequenceNumber: '17' },
      },
      'something else',
    ]);
    expect([...letters.values()]).toMatchObject([
      {
        id: 'stream-failures.message-0',
        reason: 'stream-failed',
        detail:
          'broadcast-orders: RetryAttemptsExhausted, 3 records (shard-1 from 17). Nothing that was stored is lost, and open pages correct themselves: discard this once its cause is known.',
      },
      { detail: expect.stringContaining('Records of a stream were given up. Nothing') },
    ]);
  });

  it('[G3] tells when what was given up was written, and what stays wrong for it', async () => {
    const { run, letters } = makeRoom();
    await run('stream-failures', [
      {
        requestContext: {
          functionArn: 'arn:aws:lambda:eu-west-2:000000000000:function:penstock-dev-views-products',
          condition: 'RecordAgeExceeded',
          approximateInvokeCount: 9,
        },
        DDBStreamBatchInfo: {
          batchSize: 1,
          shardId: 'shard-1',
          startSequenceNumber: '17',
          approximateArrivalOfFirstRecord: '2026-11-30T08:00:00.000Z',
          approximateArrivalOfLastRecord: '2026-11-30T08:00:05.000Z',
        },
      },
    ]);
    const [letter] = letters.values();
    expect(letter?.detail).toContain('RecordAgeExceeded after 9 tries, 1 records written 2026-11-30T08:00:00.000Z to');
    expect(letter?.detail).toContain('until each is saved again');
  });

  it('[G3] leaves in the net what the table does not take', async () => {
    const { run, told } = makeRoom(new Error('away'));
    const { batchItemFailures } = await run('orders-dead', [orderMessage()]);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'message-0' }]);
    expect(told).toEqual([]);
  });

  it('[G6] drops nothing of a net that it does not know', async () => {
    const { run } = makeRoom();
    expect((await run('watches-dead.fifo', [{}])).batchItemFailures).toHaveLength(1);
  });

  it('[H6] logs no name and no address', async () => {
    const { run, lines } = makeRoom();
    await run('orders-dead', [orderMessage()]);
    expect(lines.join()).toContain('dead-lettered');
    expect(lines.join()).not.toContain(marker);
  });

  it('[F6] begins nothing at its deadline: the rest stays in its net', async () => {
    const room = makeRoom(
      undefined,
      makeDeadline(() => reserveMs),
    );
    expect(await room.run('orders-dead', [orderMessage()])).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }],
    });
    expect(room.letters.size).toBe(0);
  });
});
