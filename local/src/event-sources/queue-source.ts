import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueSource } from '@penstock/platform/topology';
import { type AwsCall, AwsCallRefused } from '#aws-call';
import { readVerdict } from '#event-sources/partial-responses';
import type { Outcome } from '#functions/instance';

type Message = {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<
    Record<string, { readonly DataType?: string; readonly StringValue?: string; readonly BinaryValue?: string }>
  >;
};

export type EventSource = {
  readonly name: string;
  /** Whether nothing is being handled and the last look found nothing. */
  readonly isIdle: () => boolean;
  /** Looks that found nothing so far: two more than before means that everything from before was seen. */
  readonly emptyLooks: () => number;
  readonly setEnabled: (enabled: boolean) => void;
  readonly stop: () => Promise<void>;
};

export type QueueSourceDeps = {
  readonly name: string;
  readonly source: QueueSource;
  /** Signed as the function. */
  readonly sqs: AwsCall;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly region: string;
  readonly invoke: (event: unknown) => Promise<Outcome>;
  readonly log: (level: 'info' | 'warn' | 'error', event: string, fields: Readonly<Record<string, unknown>>) => void;
};

const longPollSeconds = 10;
/** One receive gives at most ten messages (AWS). */
const receiveMax = 10;

/**
 * An SQS event source mapping with Lambda's rules: long polls, batches of at most `batchSize` gathered over the window,
 * `concurrency` batches at once, partial responses. What succeeded is deleted; what failed, and all of a batch whose
 * function threw, crashed or timed out, stays hidden until its visibility ends.
 */
export const startQueueSource = (deps: QueueSourceDeps): EventSource => {
  const { source, log } = deps;
  const stopping = new AbortController();
  let enabled = source.enabled;
  let handling = 0;
  let emptyLooks = 0;
  let lastLookEmpty = false;

  const receive = async (max: number, waitSeconds: number): Promise<readonly Message[]> => {
    const answer = await deps.sqs<{ Messages?: Message[] }>(
      'AmazonSQS.ReceiveMessage',
      {
        QueueUrl: deps.queueUrl,
        MaxNumberOfMessages: Math.min(receiveMax, max),
        WaitTimeSeconds: waitSeconds,
        AttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      },
      stopping.signal,
    );
    return answer.Messages ?? [];
  };

  const gather = async (): Promise<readonly Message[]> => {
    const messages = [...(await receive(source.batchSize, longPollSeconds))];
    const until = Date.now() + source.windowSeconds * 1000;
    while (messages.length > 0 && messages.length < source.batchSize && Date.now() < until)
      messages.push(...(await receive(source.batchSize - messages.length, 1)));
    return messages;
  };

  const handle = async (messages: readonly Message[]): Promise<void> => {
    const outcome = await deps.invoke({ Records: messages.map((message) => recordOf(message, deps)) });
    if (!outcome.ok) {
      log('error', 'batch-failed', {
        count: messages.length,
        reason: `${outcome.error.errorType}: ${outcome.error.errorMessage}`,
      });
      return;
    }
    const verdict = readVerdict(outcome.value, new Set(messages.map((message) => message.MessageId)));
    if (verdict.kind === 'all-failed') {
      log('error', 'batch-failed', { count: messages.length, reason: verdict.why });
      return;
    }
    await remove(messages.filter((message) => !verdict.failed.has(message.MessageId)));
  };

  /** Deletes what succeeded. What cannot be deleted comes again: the functions bear that. */
  const remove = async (messages: readonly Message[]): Promise<void> => {
    for (let at = 0; at < messages.length; at += receiveMax) {
      const entries = messages
        .slice(at, at + receiveMax)
        .map((message, index) => ({ Id: String(index), ReceiptHandle: message.ReceiptHandle }));
      const answer = await deps.sqs<{ Failed?: unknown[] }>('AmazonSQS.DeleteMessageBatch', {
        QueueUrl: deps.queueUrl,
        Entries: entries,
      });
      if ((answer.Failed ?? []).length > 0) log('warn', 'delete-failed', { count: answer.Failed?.length ?? 0 });
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        if (!enabled) {
          await sleep(100, undefined, { signal: stopping.signal });
          continue;
        }
        const messages = await gather();
        lastLookEmpty = messages.length === 0;
        if (messages.length === 0) {
          emptyLooks += 1;
          continue;
        }
        handling += 1;
        try {
          await handle(messages);
        } finally {
          handling -= 1;
        }
      } catch (error) {
        if (stopping.signal.aborted) return;
        log(error instanceof AwsCallRefused ? 'error' : 'warn', 'poll-failed', {
          reason: error instanceof Error ? error.message : String(error),
        });
        await sleep(250, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };
  const loops = Array.from({ length: source.concurrency }, loop);

  return {
    name: deps.name,
    isIdle: () => handling === 0 && lastLookEmpty,
    emptyLooks: () => emptyLooks,
    setEnabled: (value) => {
      enabled = value;
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
};

/** A message as Lambda hands it over. */
const recordOf = (message: Message, deps: Pick<QueueSourceDeps, 'queueArn' | 'region'>): object => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: message.Attributes ?? {},
  messageAttributes: Object.fromEntries(
    Object.entries(message.MessageAttributes ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        dataType: DataType,
        stringListValues: [],
        binaryListValues: [],
        ...(StringValue === undefined ? {} : { stringValue: StringValue }),
        ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
      },
    ]),
  ),
  md5OfBody: message.MD5OfBody ?? '',
  eventSource: 'aws:sqs',
  eventSourceARN: deps.queueArn,
  awsRegion: deps.region,
});
