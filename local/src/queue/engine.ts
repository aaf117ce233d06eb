import { DurableStore, type QueueDiskFault } from '#queue/durable-store';
import { buildEngineApp, type EngineApp } from '#queue/engine-app';
import { fauxqs } from '#queue/fauxqs-internals';
import { awsInFlightMax, type InFlightMax } from '#queue/mended-queue';
import { MendedStore } from '#queue/mended-store';
import { type Refusal, refuseId, refuseRedrivePolicy } from '#queue/queue-rules';
import { contentTypeOfSqs, readSqsCall, type SqsCall, sentEntries, sqsError } from '#queue/sqs-call';

export type QueueEngineOptions = {
  /** Folder of the SQLite file; null keeps everything in memory. */
  readonly dataDir: string | null;
  /** In ARNs, when a call is not signed for another one. */
  readonly region?: string;
  /** Added to every message's delivery delay; a fault on request. */
  readonly deliveryDelayMs?: () => number;
  /** Messages in flight at a time; left out: as many as SQS allows. */
  readonly inFlightMax?: Partial<InFlightMax>;
  /** Told once when the file cannot be written: this engine takes nothing more, a new one on the file may. */
  readonly onDiskFault?: (fault: QueueDiskFault) => void;
};

export type QueueEngine = {
  readonly app: EngineApp;
  readonly store: MendedStore;
  /** Listens on 127.0.0.1 and answers with the port; 0 takes a free one. */
  readonly listen: (port: number) => Promise<number>;
  /** Makes a queue, or gives an existing one these attributes. A dead-letter queue is named by its SQS name. */
  readonly declareQueue: (queue: DeclaredQueue) => void;
  /** Ends waiting receives, then the listener, then the file. */
  readonly close: () => Promise<void>;
};

export type DeclaredQueue = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly deadLetter?: { readonly name: string; readonly maxReceiveCount: number };
};

/** fauxqs without its fault with these two: it makes queues with them, but does not let them be set. */
for (const attribute of ['DeduplicationScope', 'FifoThroughputLimit']) fauxqs.SETTABLE_ATTRIBUTES.add(attribute);

/** SQS on this machine: fauxqs with the rules of AWS where the two differ (decision record 002). Nothing listens yet. */
export const makeQueueEngine = (options: QueueEngineOptions): QueueEngine => {
  const region = options.region ?? 'us-east-1';
  const durable = options.dataDir === null ? undefined : new DurableStore(options.dataDir, options.onDiskFault);
  const store = new MendedStore();
  store.region = region;
  store.deps = {
    deliveryDelayMs: options.deliveryDelayMs ?? (() => 0),
    inFlightMax: { ...awsInFlightMax, ...options.inFlightMax },
    keepSent: (queueName, key, sent) => durable?.keepSent(queueName, key, sent),
  };
  if (durable !== undefined) loadQueues(store, durable);
  const unused = { snsStore: new fauxqs.SnsStore(), s3Store: new fauxqs.S3Store() };
  const app = buildEngineApp(region, { sqsStore: store, ...unused });
  addDoor(app, store, durable);
  return {
    app,
    store,
    listen: async (port) => {
      if (port > 0) store.moveTo(`http://127.0.0.1:${port}`);
      const origin = await app.listen({ host: '127.0.0.1', port });
      store.moveTo(origin);
      return Number(new URL(origin).port);
    },
    declareQueue: (queue) => {
      declareQueue(store, region, queue);
      durable?.commit();
    },
    close: async () => {
      await app.close();
      durable?.close();
    },
  };
};

/** The file is attached after the load: fauxqs writes a queue by REPLACE, which would cascade over its messages. */
const loadQueues = (store: MendedStore, durable: DurableStore): void => {
  durable.loadSqsAndSns(store, new fauxqs.SnsStore());
  store.persistence = durable;
  for (const queue of store.mendedQueues()) {
    queue.persistence = durable;
    for (const { key, ...sent } of durable.loadSent(queue.name, Date.now())) queue.deduplication.record(key, sent);
  }
};

const addDoor = (app: EngineApp, store: MendedStore, durable: DurableStore | undefined): void => {
  app.addHook('preHandler', (request, reply, done) => {
    const call = readSqsCall(request);
    const refusal = call && (refuse(call) ?? refuseReceive(store, call));
    if (refusal !== undefined) {
      reply.code(400).type(contentTypeOfSqs).send(sqsError(refusal.code, refusal.message));
      return;
    }
    if (call !== undefined) announce(store, call);
    done();
  });
  app.addHook('preSerialization', async (request, _reply, payload) => {
    if (request.raw.socket.destroyed) giveBack(store, readSqsCall(request), payload);
    return payload;
  });
  app.addHook('onSend', async (_request, _reply, payload) => {
    durable?.commit();
    return payload;
  });
};

/** A long poll whose caller is gone must not hide messages for a whole visibility: they are visible again at once. */
const giveBack = (store: MendedStore, call: SqsCall | undefined, payload: unknown): void => {
  if (call?.action !== 'ReceiveMessage') return;
  const queue = store.mended(call.body.QueueUrl ?? '');
  const { Messages = [] } = payload as { readonly Messages?: readonly { readonly ReceiptHandle: string }[] };
  for (const { ReceiptHandle } of Messages) queue?.changeVisibility(ReceiptHandle, 0);
};

/** What SQS refuses and fauxqs takes. */
const refuse = (call: SqsCall): Refusal | undefined => {
  const { action, body } = call;
  if (action === 'CreateQueue') return refuseRedrivePolicy(body.QueueName ?? '', body.Attributes ?? {});
  if (action === 'SetQueueAttributes') return refuseRedrivePolicy(body.QueueUrl ?? '', body.Attributes ?? {});
  for (const entry of sentEntries(call)) {
    const refusal =
      refuseId('MessageGroupId', entry.MessageGroupId) ??
      refuseId('MessageDeduplicationId', entry.MessageDeduplicationId);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
};

/** A short poll at the limit is refused; a long poll waits, and a FIFO queue just gives nothing. */
const refuseReceive = (store: MendedStore, { action, body }: SqsCall): Refusal | undefined => {
  if (action !== 'ReceiveMessage' || Number(body.WaitTimeSeconds ?? 0) > 0) return undefined;
  const queue = store.mended(body.QueueUrl ?? '');
  if (queue === undefined || queue.isFifo() || queue.inFlightRoom() > 0) return undefined;
  const message = 'The maximum number of in flight messages is reached. Delete messages before you receive more.';
  return { code: 'OverLimit', message };
};

const announce = (store: MendedStore, call: SqsCall): void => {
  const entries = sentEntries(call);
  if (entries.length === 0) return;
  store.mended(call.body.QueueUrl ?? '')?.announcements.announce(
    entries.map((entry) => ({
      body: entry.MessageBody ?? '',
      group: entry.MessageGroupId,
      deduplicationId: entry.MessageDeduplicationId,
    })),
  );
};

const declareQueue = (store: MendedStore, region: string, { name, attributes, deadLetter }: DeclaredQueue): void => {
  const arnOf = (queue: string) => `arn:aws:sqs:${region}:000000000000:${queue}`;
  const wanted = {
    ...attributes,
    ...(name.endsWith('.fifo') && { FifoQueue: 'true' }),
    ...(deadLetter && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: arnOf(deadLetter.name),
        maxReceiveCount: deadLetter.maxReceiveCount,
      }),
    }),
  };
  const refusal = refuseRedrivePolicy(name, wanted);
  if (refusal !== undefined) throw new TypeError(`Queue ${name}: ${refusal.message}`);
  const existing = store.getQueueByArn(arnOf(name));
  if (existing === undefined) store.createQueue(name, '', arnOf(name), wanted);
  else existing.setAttributes(wanted);
};
