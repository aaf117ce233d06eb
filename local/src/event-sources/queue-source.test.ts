import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type AwsCall, AwsCallRefused } from '#aws-call';
import { type EventSource, startQueueSource } from '#event-sources/queue-source';
import type { Outcome } from '#functions/instance';
import { eventually } from '#supervisor/testing/processes';

type Stored = { readonly id: string; readonly group?: string; handle: string; hiddenUntilMs: number; receives: number };
type Batch = { readonly Records: readonly { readonly messageId: string; readonly receiptHandle: string }[] };

/** A queue as AWS has it: hidden while in flight, a FIFO group barred while one of it is, ten a receive at most. */
const makeQueue = (visibilityMs: number) => {
  const stored: Stored[] = [];
  const calls: { readonly target: string; readonly body: Readonly<Record<string, unknown>> }[] = [];
  let refuse: Error | undefined;
  const sqs = (async (target: string, body: Readonly<Record<string, unknown>>, signal?: AbortSignal) => {
    calls.push({ target, body });
    if (refuse !== undefined) throw refuse;
    if (target === 'AmazonSQS.DeleteMessageBatch') {
      for (const { ReceiptHandle } of body.Entries as readonly { ReceiptHandle: string }[]) {
        const at = stored.findIndex(({ handle }) => handle === ReceiptHandle);
        if (at >= 0) stored.splice(at, 1);
      }
      return {};
    }
    const untilMs = Date.now() + Math.min(50, Number(body.WaitTimeSeconds) * 1000);
    for (;;) {
      const nowMs = Date.now();
      const barred = new Set(stored.filter(({ hiddenUntilMs }) => hiddenUntilMs > nowMs).map(({ group }) => group));
      const open = stored.filter(
        ({ hiddenUntilMs, group }) => hiddenUntilMs <= nowMs && (group === undefined || !barred.has(group)),
      );
      const given = open.slice(0, Math.min(10, Number(body.MaxNumberOfMessages)));
      for (const message of given) {
        message.receives += 1;
        message.hiddenUntilMs = nowMs + visibilityMs;
        message.handle = `${message.id}/${message.receives}`;
      }
      if (given.length > 0 || nowMs >= untilMs)
        return {
          Messages: given.map(({ id, handle, receives }) => ({
            MessageId: id,
            ReceiptHandle: handle,
            Body: `body of ${id}`,
            MD5OfBody: 'md5',
            Attributes: { ApproximateReceiveCount: String(receives) },
          })),
        };
      await sleep(5, undefined, { signal });
    }
  }) as AwsCall;
  return {
    sqs,
    calls,
    stored,
    send: (...ids: readonly string[]) => {
      for (const id of ids)
        stored.push({
          id,
          ...(id.includes(':') && { group: id.split(':')[0] ?? '' }),
          handle: '',
          hiddenUntilMs: 0,
          receives: 0,
        });
    },
    refuseWith: (error: Error | undefined) => {
      refuse = error;
    },
  };
};

const sources: EventSource[] = [];
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.stop()));
});

type Room = {
  readonly answer?: (batch: Batch) => unknown;
  readonly visibilityMs?: number;
  readonly source?: Partial<Parameters<typeof startQueueSource>[0]['source']>;
};
const idsOf = (batch: Batch): readonly string[] => batch.Records.map(({ messageId }) => messageId);
const failing = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

/** The queue holds its messages before the source starts, so that the first batch is known. */
const open = (ids: readonly string[], { answer = () => undefined, visibilityMs = 10_000, source = {} }: Room = {}) => {
  const queue = makeQueue(visibilityMs);
  queue.send(...ids);
  const batches: Batch[] = [];
  const logged: { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  let running = 0;
  let mostAtOnce = 0;
  const started = startQueueSource({
    name: 'place-orders',
    source: {
      queue: 'orders',
      function: 'place-orders',
      batchSize: 10,
      windowSeconds: 0,
      concurrency: 2,
      partialResponses: true,
      enabled: true,
      ...source,
    },
    sqs: queue.sqs,
    queueUrl: 'http://q/orders',
    queueArn: 'arn:orders',
    region: 'eu-west-2',
    invoke: async (event) => {
      batches.push(event as Batch);
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      try {
        const value = await answer(event as Batch);
        return value instanceof Error
          ? { ok: false, error: { errorType: value.name, errorMessage: value.message } }
          : ({ ok: true, value } satisfies Outcome);
      } finally {
        running -= 1;
      }
    },
    log: (_level, event, fields) => logged.push({ event, fields }),
  });
  sources.push(started);
  const empty = () => eventually(() => (queue.stored.length === 0 ? true : undefined), 3000);
  return { queue, batches, logged, started, empty, mostAtOnce: () => mostAtOnce };
};

describe('a queue source', () => {
  it('hands messages over as Lambda does, and deletes them when they were handled', async () => {
    const { batches, empty } = open(['m1']);
    await empty();
    expect(batches).toEqual([
      {
        Records: [
          {
            messageId: 'm1',
            receiptHandle: 'm1/1',
            body: 'body of m1',
            attributes: { ApproximateReceiveCount: '1' },
            messageAttributes: {},
            md5OfBody: 'md5',
            eventSource: 'aws:sqs',
            eventSourceARN: 'arn:orders',
            awsRegion: 'eu-west-2',
          },
        ],
      },
    ]);
  });

  it('gives a batch of ten at most, and asks for no more than the batch takes', async () => {
    const { batches, empty } = open(Array.from({ length: 25 }, (_, index) => `m${index}`));
    await empty();
    expect(batches.map((batch) => batch.Records.length).sort()).toEqual([10, 10, 5]);
    const small = open(['a', 'b', 'c'], { source: { batchSize: 2 } });
    await small.empty();
    expect(small.batches.every((batch) => batch.Records.length <= 2)).toBe(true);
  });

  it('gathers a batch over the window, and begins before its end when the batch is full', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `m${index}`);
    const { queue, batches, empty } = open(ids.slice(0, 3), {
      source: { batchSize: 12, windowSeconds: 2, concurrency: 1 },
    });
    const begunMs = Date.now();
    await sleep(30);
    queue.send(...ids.slice(3));
    await empty();
    expect(batches.map(idsOf)).toEqual([ids]);
    expect(Date.now() - begunMs).toBeLessThan(1500);
  });

  it('deletes more than ten in several calls, for SQS takes ten', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `m${index}`);
    const { queue, empty } = open(ids, { source: { batchSize: 12, windowSeconds: 1, concurrency: 1 } });
    await empty();
    const deletes = queue.calls.filter(({ target }) => target === 'AmazonSQS.DeleteMessageBatch');
    expect(deletes.map(({ body }) => (body.Entries as unknown[]).length)).toEqual([10, 2]);
  });

  it('runs as many batches at once as its concurrency', async () => {
    const { empty, mostAtOnce } = open(['a', 'b', 'c', 'd', 'e'], {
      source: { batchSize: 1, concurrency: 2 },
      answer: () => sleep(20),
    });
    await empty();
    expect(mostAtOnce()).toBe(2);
  });

  it('deletes what succeeded and leaves what failed hidden until its visibility ends', async () => {
    const atMs: number[] = [];
    const { batches, empty } = open(['a', 'b', 'c'], {
      visibilityMs: 250,
      answer: (batch) => {
        atMs.push(Date.now());
        return batch.Records.length === 3 ? failing('b') : undefined;
      },
    });
    await empty();
    expect(batches.map(idsOf)).toEqual([['a', 'b', 'c'], ['b']]);
    expect((atMs[1] ?? 0) - (atMs[0] ?? 0)).toBeGreaterThan(200);
    expect(batches[1]?.Records[0]).toMatchObject({ attributes: { ApproximateReceiveCount: '2' } });
  });

  it.each([
    ['throws', () => new TypeError('no'), 'TypeError: no'],
    ['names a stranger', () => failing('stranger'), 'an itemIdentifier was not in the batch'],
    ['answers nonsense', () => 'done', 'the answer is no object'],
  ])('deletes nothing of a batch whose function %s, and says why', async (_what, answer, reason) => {
    const { queue, batches, logged } = open(['a', 'b'], { answer });
    await eventually(() => (logged.length > 0 ? true : undefined));
    await sleep(20);
    expect(queue.stored.length).toBe(2);
    expect(batches.length).toBe(1);
    expect(logged).toEqual([{ event: 'batch-failed', fields: { count: 2, reason } }]);
  });

  it('keeps the order of a FIFO group: what failed and what follows it come again, in order', async () => {
    let isFirst = true;
    const { batches, empty } = open(['g:1', 'g:2', 'g:3', 'h:1'], {
      visibilityMs: 150,
      answer: () => {
        if (!isFirst) return undefined;
        isFirst = false;
        return failing('g:2', 'g:3');
      },
    });
    await empty();
    const handled = batches.flatMap(idsOf).filter((id) => id.startsWith('g'));
    expect(handled).toEqual(['g:1', 'g:2', 'g:3', 'g:2', 'g:3']);
    expect(batches.length).toBe(2);
  });

  it('never has two batches of one FIFO group at once', async () => {
    let running = 0;
    const { empty } = open(['g:1', 'g:2', 'g:3', 'g:4'], {
      source: { batchSize: 1, concurrency: 3 },
      answer: async () => {
        running += 1;
        expect(running).toBe(1);
        await sleep(10);
        running -= 1;
      },
    });
    await empty();
  });

  it('goes on after the queue was away, and says so', async () => {
    const { queue, logged, empty } = open([], { source: { concurrency: 1 } });
    queue.refuseWith(new AwsCallRefused('AmazonSQS.ReceiveMessage', 'AccessDenied', 'no'));
    await eventually(() => logged.find(({ event }) => event === 'poll-failed'));
    queue.refuseWith(undefined);
    queue.send('a');
    await empty();
  });

  it('rests while it is switched off, and counts its empty looks while it is on', async () => {
    const { queue, batches, started, empty } = open(['a'], { source: { enabled: false } });
    await sleep(60);
    expect([batches.length, queue.calls.length]).toEqual([0, 0]);
    started.setEnabled(true);
    await empty();
    await eventually(() => (started.isIdle() && started.emptyLooks() >= 2 ? true : undefined));
  });

  it('lets a batch finish when it is stopped', async () => {
    const { queue, batches, started } = open(['a'], { answer: () => sleep(60) });
    await eventually(() => (batches.length === 1 ? true : undefined));
    expect(started.isIdle()).toBe(false);
    await started.stop();
    expect(queue.stored).toEqual([]);
  });
});
