import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamSource } from '@penstock/platform/topology';
import { type AwsCall, AwsCallRefused } from '#aws-call';
import { readVerdict } from '#event-sources/partial-responses';
import type { EventSource } from '#event-sources/queue-source';
import type { Outcome } from '#functions/instance';

export type StreamRecord = {
  readonly eventID?: string;
  readonly eventName?: string;
  readonly dynamodb?: Readonly<Record<string, unknown>> & {
    readonly SequenceNumber?: string;
    readonly ApproximateCreationDateTime?: number;
  };
};

/** Where a reader has got to, kept over restarts: everything up to this sequence number is done with. */
export type Checkpoint = { readonly read: () => string | undefined; readonly write: (sequence: string) => void };

export type StreamSourceDeps = {
  readonly name: string;
  readonly source: StreamSource;
  readonly tableName: string;
  /** Signed as the function. */
  readonly streams: AwsCall;
  readonly invoke: (event: unknown) => Promise<Outcome>;
  /** Sends a note about records that were given up (AWS: metadata, not the records). */
  readonly giveUp: (note: object) => Promise<void>;
  readonly checkpoint: Checkpoint;
  readonly log: (level: 'info' | 'warn' | 'error', event: string, fields: Readonly<Record<string, unknown>>) => void;
};

const pollMs = 50;
const target = 'DynamoDBStreams_20120810';

/**
 * A DynamoDB stream's event source mapping with Lambda's rules: from the beginning of the stream, in order, batches over
 * the window, partial responses (start again at the first that failed), bisect, bounded retries and age, then a note to the
 * on-failure queue. The engine has one shard a table. At least once: the checkpoint is written after the batch.
 */
export const startStreamSource = (deps: StreamSourceDeps): EventSource => {
  const { source, log, checkpoint } = deps;
  const stopping = new AbortController();
  let enabled = source.enabled;
  let handling = false;
  let emptyLooks = 0;
  let lastLookEmpty = false;

  const openIterator = async (after: string | undefined): Promise<string | undefined> => {
    const listed = await deps.streams<{ Streams?: { StreamArn: string }[] }>(`${target}.ListStreams`, {
      TableName: deps.tableName,
    });
    const arn = listed.Streams?.[0]?.StreamArn;
    if (arn === undefined) throw new Error(`Table ${deps.tableName} has no stream.`);
    const described = await deps.streams<{ StreamDescription: { Shards?: Shard[] } }>(`${target}.DescribeStream`, {
      StreamArn: arn,
    });
    const shard = described.StreamDescription.Shards?.at(-1);
    if (shard === undefined) return undefined;
    const isAhead = after !== undefined && isBeyond(after, shard);
    if (isAhead)
      log('warn', 'checkpoint-ahead', {
        reason: `${after} was never written to this stream: it is read from its beginning`,
      });
    const answer = await deps.streams<{ ShardIterator: string }>(`${target}.GetShardIterator`, {
      StreamArn: arn,
      ShardId: shard.ShardId,
      ...(after === undefined || isAhead
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }),
    });
    streamArn = arn;
    shardId = shard.ShardId;
    return answer.ShardIterator;
  };
  let streamArn = '';
  let shardId = '';

  /** Handles a batch until every record of it is done with, one way or the other. */
  const settle = async (records: readonly StreamRecord[]): Promise<void> => {
    const work: { records: readonly StreamRecord[]; tries: number }[] = [{ records, tries: 0 }];
    while (work.length > 0 && !stopping.signal.aborted) {
      const batch = work.shift();
      if (batch === undefined) return;
      const outcome = await deps.invoke({ Records: batch.records.map((record) => eventRecordOf(record, streamArn)) });
      const failedAt = firstFailed(outcome, batch.records);
      const done = failedAt === -1 ? batch.records.length : failedAt;
      const last = batch.records[done - 1]?.dynamodb?.SequenceNumber;
      if (last !== undefined) checkpoint.write(last);
      const rest = batch.records.slice(done);
      if (rest.length === 0) continue;
      const oldestMs = Number(rest[0]?.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000;
      const isTooOld = Date.now() - oldestMs > source.recordAgeSeconds * 1000;
      const mayHalve = source.bisect && done === 0 && rest.length > 1 && !isTooOld;
      // Progress starts the count anew: the rest is a batch of its own. Halving costs no try (AWS): else the one bad record
      // would take its neighbours along before it stands alone.
      const tries = done > 0 ? 0 : batch.tries + (mayHalve ? 0 : 1);
      if (tries > source.retries || isTooOld) {
        await giveUp(rest, tries, isTooOld ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted');
        continue;
      }
      log('warn', 'stream-batch-failed', { count: rest.length, attempts: tries });
      await sleep(Math.min(10_000, 50 * 2 ** tries), undefined, { signal: stopping.signal }).catch(() => undefined);
      if (mayHalve) {
        const half = Math.ceil(rest.length / 2);
        work.unshift({ records: rest.slice(0, half), tries }, { records: rest.slice(half), tries });
      } else work.unshift({ records: rest, tries });
    }
  };

  const giveUp = async (records: readonly StreamRecord[], tries: number, condition: string): Promise<void> => {
    const sequences = records.map((record) => record.dynamodb?.SequenceNumber ?? '');
    log('error', 'stream-records-given-up', { count: records.length, attempts: tries });
    await deps.giveUp({
      requestContext: {
        functionArn: `arn:aws:lambda:local:000000000000:function:${source.function}`,
        condition,
        approximateInvokeCount: tries,
      },
      DDBStreamBatchInfo: {
        streamArn,
        shardId,
        approximateArrivalOfFirstRecord: arrivalOf(records[0]),
        approximateArrivalOfLastRecord: arrivalOf(records.at(-1)),
        startSequenceNumber: sequences[0],
        endSequenceNumber: sequences.at(-1),
        batchSize: records.length,
      },
    });
    const last = sequences.at(-1);
    if (last !== undefined && last !== '') checkpoint.write(last);
  };

  const loop = async (): Promise<void> => {
    let iterator: string | undefined;
    while (!stopping.signal.aborted) {
      try {
        if (!enabled) {
          await sleep(100, undefined, { signal: stopping.signal });
          continue;
        }
        iterator ??= await openIterator(checkpoint.read());
        if (iterator === undefined) {
          await sleep(pollMs, undefined, { signal: stopping.signal });
          continue;
        }
        const gathered: StreamRecord[] = [];
        const look = async (): Promise<number> => {
          const answer: { Records?: StreamRecord[]; NextShardIterator?: string } = await deps.streams(
            `${target}.GetRecords`,
            {
              ShardIterator: iterator,
              Limit: source.batchSize - gathered.length,
            },
          );
          iterator = answer.NextShardIterator;
          gathered.push(...(answer.Records ?? []));
          return answer.Records?.length ?? 0;
        };
        handling = true;
        const found = await look();
        if (found > 0 && source.windowSeconds > 0) {
          const until = Date.now() + source.windowSeconds * 1000;
          while (gathered.length < source.batchSize && Date.now() < until && iterator !== undefined) {
            await sleep(pollMs, undefined, { signal: stopping.signal });
            await look();
          }
        }
        lastLookEmpty = gathered.length === 0;
        if (lastLookEmpty) emptyLooks += 1;
        else await settle(gathered);
        handling = false;
        if (lastLookEmpty) await sleep(pollMs, undefined, { signal: stopping.signal });
      } catch (error) {
        handling = false;
        if (stopping.signal.aborted) return;
        // What was read and not settled is read again from the checkpoint.
        iterator = undefined;
        log(error instanceof AwsCallRefused ? 'error' : 'warn', 'poll-failed', {
          reason: error instanceof Error ? error.message : String(error),
        });
        await sleep(250, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };
  const running = loop();

  return {
    name: deps.name,
    isIdle: () => !handling && lastLookEmpty,
    emptyLooks: () => emptyLooks,
    setEnabled: (value) => {
      enabled = value;
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};

/** When a record was written, ISO 8601. */
const arrivalOf = (record: StreamRecord | undefined): string =>
  new Date(Number(record?.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000).toISOString();

type Shard = {
  readonly ShardId: string;
  readonly SequenceNumberRange?: { readonly EndingSequenceNumber?: string };
};

/**
 * Whether a place lies behind the end of a stream: the database is an older copy, put back after the place was noted. Its reader
 * would wait, in silence, for as many records as were lost.
 */
const isBeyond = (after: string, { SequenceNumberRange: range }: Shard): boolean => {
  const end = range?.EndingSequenceNumber;
  return end !== undefined && /^\d+$/.test(end) && /^\d+$/.test(after) && BigInt(after) > BigInt(end);
};

/** Index of the first record that is not done: -1 when all are, 0 when the function failed as a whole. */
const firstFailed = (outcome: Outcome, records: readonly StreamRecord[]): number => {
  if (!outcome.ok) return 0;
  const sequences = records.map((record) => record.dynamodb?.SequenceNumber ?? '');
  const verdict = readVerdict(outcome.value, new Set(sequences));
  if (verdict.kind === 'all-failed') return 0;
  return sequences.findIndex((sequence) => verdict.failed.has(sequence));
};

const eventRecordOf = (record: StreamRecord, arn: string): object => ({
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'local',
  ...record,
  eventSourceARN: arn,
});
