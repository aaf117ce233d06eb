import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type AwsCall, AwsCallRefused } from '#aws-call';
import type { EventSource } from '#event-sources/queue-source';
import { type StreamRecord, type StreamSourceDeps, startStreamSource } from '#event-sources/stream-source';
import { eventually } from '#supervisor/testing/processes';

const record = (number: number, ageSeconds = 0): StreamRecord => ({
  eventID: `e${number}`,
  eventName: 'MODIFY',
  dynamodb: { SequenceNumber: `s${number}`, ApproximateCreationDateTime: Date.now() / 1000 - ageSeconds },
});

/** A stream of one shard: an iterator is the place where the next look begins. */
const makeStream = () => {
  const records: StreamRecord[] = [];
  const asked: { readonly target: string; readonly body: Readonly<Record<string, unknown>> }[] = [];
  let refuse: Error | undefined;
  const placeAfter = (sequence: unknown): number =>
    records.findIndex((each) => each.dynamodb?.SequenceNumber === sequence) + 1;
  const answers: Readonly<Record<string, (body: Readonly<Record<string, unknown>>) => object>> = {
    ListStreams: () => ({ Streams: [{ StreamArn: 'arn:stream' }] }),
    DescribeStream: () => ({
      StreamDescription: { Shards: [{ ShardId: 'shard', SequenceNumberRange: { EndingSequenceNumber: '7' } }] },
    }),
    GetShardIterator: (body) => ({
      ShardIterator: String(body.ShardIteratorType === 'TRIM_HORIZON' ? 0 : placeAfter(body.SequenceNumber)),
    }),
    GetRecords: (body) => {
      const from = Number(body.ShardIterator);
      const found = records.slice(from, from + Number(body.Limit));
      return { Records: found, NextShardIterator: String(from + found.length) };
    },
  };
  const streams = (async (target: string, body: Readonly<Record<string, unknown>>) => {
    if (refuse !== undefined) throw refuse;
    asked.push({ target, body });
    return answers[target.split('.')[1] ?? '']?.(body);
  }) as AwsCall;
  return {
    streams,
    records,
    asked,
    refuseWith: (error: Error | undefined) => {
      refuse = error;
    },
  };
};

type Batch = { readonly Records: readonly StreamRecord[] };
const numbersOf = ({ Records }: Batch): readonly number[] =>
  Records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber?.slice(1)));
const failing = (...numbers: readonly number[]) => ({
  batchItemFailures: numbers.map((number) => ({ itemIdentifier: `s${number}` })),
});

const sources: EventSource[] = [];
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.stop()));
});

type Room = {
  readonly answer?: (numbers: readonly number[]) => unknown;
  readonly source?: Partial<StreamSourceDeps['source']>;
  readonly from?: string;
  readonly giveUp?: StreamSourceDeps['giveUp'];
};

const open = (given: readonly StreamRecord[], { answer = () => undefined, source = {}, from, giveUp }: Room = {}) => {
  const stream = makeStream();
  stream.records.push(...given);
  const batches: Batch[] = [];
  const notes: object[] = [];
  const written: string[] = [];
  const logged: string[] = [];
  const started = startStreamSource({
    name: 'broadcast-orders',
    source: {
      stream: 'orders',
      function: 'broadcast-orders',
      batchSize: 100,
      windowSeconds: 0,
      parallelization: 1,
      retries: 2,
      recordAgeSeconds: 300,
      bisect: true,
      partialResponses: true,
      onFailure: 'stream-failures',
      enabled: true,
      ...source,
    },
    tableName: 'orders',
    streams: stream.streams,
    invoke: async (event) => {
      batches.push(event as Batch);
      const value = await answer(numbersOf(event as Batch));
      return value instanceof Error
        ? { ok: false, error: { errorType: 'E', errorMessage: value.message } }
        : { ok: true, value };
    },
    giveUp:
      giveUp ??
      (async (note) => {
        notes.push(note);
      }),
    checkpoint: { read: () => written.at(-1) ?? from, write: (sequence) => written.push(sequence) },
    log: (_level, event) => logged.push(event),
  });
  sources.push(started);
  const reached = (sequence: string) => eventually(() => (written.at(-1) === sequence ? true : undefined), 4000);
  return { stream, batches, notes, written, logged, started, reached, handled: () => batches.map(numbersOf) };
};
const upTo = (count: number) => Array.from({ length: count }, (_, index) => record(index + 1));

describe('a stream source', () => {
  it('begins with the oldest record, in order, and remembers where it got to after the batch', async () => {
    const { batches, handled, reached, written } = open(upTo(3));
    await reached('s3');
    expect(handled()).toEqual([[1, 2, 3]]);
    expect(written).toEqual(['s3']);
    expect(batches[0]?.Records[0]).toMatchObject({
      eventID: 'e1',
      eventName: 'MODIFY',
      eventSource: 'aws:dynamodb',
      eventSourceARN: 'arn:stream',
    });
  });

  it.each(['8', '99999999999999999999'])(
    'begins anew when it remembers %s, which the stream never had: an older copy of the database was put back',
    async (from) => {
      const { handled, reached, logged } = open(upTo(2), { from });
      await reached('s2');
      expect(handled()).toEqual([[1, 2]]);
      expect(logged).toContain('checkpoint-ahead');
    },
  );

  it('goes on after the record that it remembers', async () => {
    const { handled, reached } = open(upTo(4), { from: 's2' });
    await reached('s4');
    expect(handled()).toEqual([[3, 4]]);
  });

  it('gives batches of its size', async () => {
    const { handled, reached } = open(upTo(5), { source: { batchSize: 2 } });
    await reached('s5');
    expect(handled()).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('gathers over the window, and begins before its end when the batch is full', async () => {
    const { stream, handled, reached } = open(upTo(1), { source: { windowSeconds: 2, batchSize: 3 } });
    const begunMs = Date.now();
    await sleep(70);
    stream.records.push(record(2), record(3));
    await reached('s3');
    expect(handled()).toEqual([[1, 2, 3]]);
    expect(Date.now() - begunMs).toBeLessThan(1500);
  });

  it('starts again at the first record that failed: what came before is done with', async () => {
    let times = 0;
    const { handled, written, reached } = open(upTo(4), {
      answer: () => {
        times += 1;
        return times === 1 ? failing(4, 3) : undefined;
      },
    });
    await reached('s4');
    expect(handled()).toEqual([
      [1, 2, 3, 4],
      [3, 4],
    ]);
    expect(written).toEqual(['s2', 's4']);
  });

  it('halves a batch that failed as a whole until the bad record stands alone, and gives that one up', async () => {
    const { handled, notes, written, reached } = open(upTo(8), {
      source: { retries: 1 },
      answer: (numbers) => (numbers.includes(6) ? new Error('bad record') : undefined),
    });
    await reached('s8');
    expect(handled()).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4], [5, 6, 7, 8], [5, 6], [5], [6], [6], [7, 8]]);
    expect(notes).toMatchObject([
      {
        requestContext: {
          functionArn: 'arn:aws:lambda:local:000000000000:function:broadcast-orders',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 2,
        },
        DDBStreamBatchInfo: {
          streamArn: 'arn:stream',
          startSequenceNumber: 's6',
          endSequenceNumber: 's6',
          batchSize: 1,
        },
      },
    ]);
    expect(written).toEqual(['s4', 's5', 's6', 's8']);
  });

  it('tries a whole batch again where it may not halve it, as often as it may, then gives it up and goes on', async () => {
    const { stream, handled, notes, reached } = open(upTo(2), {
      source: { bisect: false, retries: 2 },
      answer: (numbers) => (numbers.includes(1) ? new Error('no') : undefined),
    });
    await reached('s2');
    expect(handled()).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(notes).toMatchObject([{ DDBStreamBatchInfo: { batchSize: 2 } }]);
    stream.records.push(record(3));
    await reached('s3');
  });

  it('counts anew after progress', async () => {
    let times = 0;
    const { handled, notes, reached } = open(upTo(3), {
      source: { retries: 1, bisect: false },
      // Every other call gets one record further.
      answer: ([first = 0]) => {
        times += 1;
        if (times % 2 === 1) return failing(first);
        return first === 3 ? undefined : failing(first + 1);
      },
    });
    await reached('s3');
    expect(handled()).toEqual([[1, 2, 3], [1, 2, 3], [2, 3], [2, 3], [3], [3]]);
    expect(notes).toEqual([]);
  });

  it('gives up records that are too old once they failed', async () => {
    const { handled, notes, reached } = open([record(1, 400), record(2, 400)], { answer: () => new Error('no') });
    await reached('s2');
    expect(handled()).toEqual([[1, 2]]);
    expect(notes).toMatchObject([
      {
        requestContext: {
          functionArn: 'arn:aws:lambda:local:000000000000:function:broadcast-orders',
          condition: 'RecordAgeExceeded',
        },
        DDBStreamBatchInfo: { batchSize: 2, shardId: expect.any(String), startSequenceNumber: 's1' },
      },
    ]);
  });

  it('keeps its place when what it gives up cannot be noted', async () => {
    let isAway = true;
    const { written, reached } = open(upTo(1), {
      source: { retries: 0 },
      answer: () => new Error('no'),
      giveUp: async () => {
        if (!isAway) return;
        isAway = false;
        throw new Error('The queue is away.');
      },
    });
    await sleep(50);
    expect(written).toEqual([]);
    await reached('s1');
  });

  it('reads on from its place after the stream was away', async () => {
    const { stream, handled, logged, reached } = open(upTo(2));
    await reached('s2');
    stream.refuseWith(new AwsCallRefused('GetRecords', 'ExpiredIteratorException', 'no'));
    await eventually(() => (logged.includes('poll-failed') ? true : undefined));
    stream.records.push(record(3));
    stream.refuseWith(undefined);
    await reached('s3');
    expect(handled()).toEqual([[1, 2], [3]]);
  });

  it('rests while it is switched off, and is idle when it has seen everything', async () => {
    const { started, batches, reached } = open(upTo(1), { source: { enabled: false } });
    await sleep(80);
    expect(batches).toEqual([]);
    started.setEnabled(true);
    await reached('s1');
    const before = started.emptyLooks();
    await eventually(() => (started.isIdle() && started.emptyLooks() >= before + 2 ? true : undefined));
  });

  it('is not idle while a batch is handled', async () => {
    const { started, batches } = open(upTo(1), { answer: () => sleep(60) });
    await eventually(() => (batches.length === 1 ? true : undefined));
    expect(started.isIdle()).toBe(false);
  });
});
