import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { own } from '@penstock/domain/own';
import * as z from 'zod';

/**
 * The inner classes of fauxqs that our engine extends. They are not exported, so this page names, by hand, the surface
 * that we stand on, and start refuses any other version or shape: an upgrade is read first, then pinned here again.
 * Decision record 002 says why this and not an engine of our own.
 */
const pinnedVersion = '2.4.1';

export type SqsMessage = {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly messageAttributes: Readonly<Record<string, unknown>>;
  readonly md5OfMessageAttributes: string;
  readonly sentTimestamp: number;
  approximateReceiveCount: number;
  approximateFirstReceiveTimestamp?: number | undefined;
  readonly delayUntil?: number | undefined;
  readonly messageGroupId?: string | undefined;
  readonly messageDeduplicationId?: string | undefined;
  readonly sequenceNumber?: string | undefined;
};

export type InflightEntry = {
  readonly message: SqsMessage;
  readonly receiptHandle: string;
  visibilityDeadline: number;
};

export type ReceivedMessage = {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly MD5OfBody: string;
  readonly Body: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MessageAttributes?: Readonly<Record<string, unknown>>;
};

export type Deduplication = {
  readonly isDuplicate: boolean;
  readonly originalMessageId?: string;
  readonly originalSequenceNumber?: string | undefined;
};

/** Finds a dead-letter queue by its ARN. */
export type FindByArn = (arn: string) => Pick<SqsQueue, 'enqueue' | 'nextSequenceNumber'> | undefined;

export interface SqsQueue {
  readonly name: string;
  url: string;
  readonly arn: string;
  attributes: Record<string, string>;
  messages: SqsMessage[];
  delayedMessages: SqsMessage[];
  readonly inflightMessages: Map<string, InflightEntry>;
  readonly fifoMessages: Map<string, SqsMessage[]>;
  readonly fifoDelayed: Map<string, SqsMessage[]>;
  /** Messages in flight, by group. */
  readonly fifoLockedGroups: Map<string, number>;
  persistence?: PersistenceManager | undefined;
  isFifo(): boolean;
  setAttributes(attributes: Readonly<Record<string, string>>): void;
  enqueue(message: SqsMessage): void;
  dequeue(maxCount: number, visibilityTimeout?: number, findByArn?: FindByArn): ReceivedMessage[];
  deleteMessage(receiptHandle: string): boolean;
  changeVisibility(receiptHandle: string, timeoutSeconds: number): void;
  processTimers(): void;
  checkDeduplication(id: string): Deduplication;
  recordDeduplication(id: string, messageId: string, sequenceNumber?: string): void;
  nextSequenceNumber(): string;
  notifyWaiters(): void;
  hasAvailableFifoMessages(): boolean;
}

export interface SqsStore {
  readonly queues: Map<string, SqsQueue>;
  readonly queuesByName: Map<string, SqsQueue>;
  readonly queuesByArn: Map<string, SqsQueue>;
  host: string;
  region?: string;
  persistence?: PersistenceManager | undefined;
  createQueue(
    name: string,
    url: string,
    arn: string,
    attributes?: Readonly<Record<string, string>>,
    tags?: Readonly<Record<string, string>>,
  ): SqsQueue;
  getQueue(url: string): SqsQueue | undefined;
  getQueueByArn(arn: string): SqsQueue | undefined;
  allQueues(): Iterable<SqsQueue>;
}

interface PersistenceManager {
  readonly db: DatabaseSync;
  insertQueue(queue: SqsQueue): void;
  deleteQueue(name: string): void;
  updateQueueAttributes(name: string, attributes: Readonly<Record<string, string>>, lastModified: number): void;
  updateQueueSequenceCounter(name: string, counter: number): void;
  insertMessage(queueName: string, message: SqsMessage): void;
  deleteMessage(messageId: string): void;
  updateMessageInflight(
    messageId: string,
    receiptHandle: string | null,
    visibilityDeadline: number | null,
    receiveCount: number,
    firstReceiveTimestamp: number | undefined,
  ): void;
  deleteQueueMessages(queueName: string): void;
  loadSqsAndSns(sqsStore: SqsStore, snsStore: object): void;
  close(): void;
}

interface S3ObjectMeta {
  readonly key: string;
  readonly contentType: string;
  readonly contentLength: number;
  readonly etag: string;
}

export interface S3Store {
  persistence?: FileS3Persistence | undefined;
  createBucket(name: string): void;
  hasBucket(name: string): boolean;
  putObject(
    bucket: string,
    key: string,
    body: Buffer,
    contentType: string,
    metadata: Readonly<Record<string, string>>,
    systemMetadata: Readonly<Record<string, string>>,
  ): S3ObjectMeta;
  headObject(bucket: string, key: string): S3ObjectMeta;
}

interface FileS3Persistence {
  loadS3(store: S3Store): void;
}

type Internals = {
  readonly SqsQueue: new (...parameters: Parameters<SqsStore['createQueue']>) => SqsQueue;
  readonly SqsStore: new () => SqsStore;
  readonly SnsStore: new () => object;
  readonly S3Store: new () => S3Store;
  readonly PersistenceManager: new (dataDir: string) => PersistenceManager;
  readonly FileS3Persistence: new (dataDir: string) => FileS3Persistence;
  /** Attributes that SetQueueAttributes takes. */
  readonly SETTABLE_ATTRIBUTES: Set<string>;
};

/** What must be there for our overrides to mean anything: class, methods. */
const reliedOn: Readonly<Record<string, readonly string[]>> = {
  SqsQueue: [
    ...['isFifo', 'setAttributes', 'enqueue', 'dequeue', 'deleteMessage', 'changeVisibility', 'processTimers'],
    ...['checkDeduplication', 'recordDeduplication', 'nextSequenceNumber', 'notifyWaiters', 'hasAvailableFifoMessages'],
  ],
  SqsStore: ['createQueue', 'getQueue', 'getQueueByArn', 'allQueues', 'buildQueueUrl'],
  SnsStore: [],
  S3Store: ['createBucket', 'hasBucket', 'putObject', 'headObject'],
  PersistenceManager: [
    ...['insertQueue', 'deleteQueue', 'updateQueueAttributes', 'updateQueueSequenceCounter', 'insertMessage'],
    ...['deleteMessage', 'updateMessageInflight', 'deleteQueueMessages', 'loadSqsAndSns', 'close'],
  ],
  FileS3Persistence: ['loadS3'],
};

/** The installed fauxqs is not the one that our overrides were written against. Permanent: pin the version again. */
export class EngineMismatch extends Error {
  readonly code = 'engine-mismatch';
  constructor(what: string) {
    super(`The queue engine is not the one that was mended: ${what}. Install fauxqs@${pinnedVersion} exactly.`);
    this.name = 'EngineMismatch';
  }
}

/** Throws EngineMismatch unless version and methods are those that the overrides were written against. */
export const assertEngine = (version: string, modules: Readonly<Record<string, unknown>>): void => {
  if (version !== pinnedVersion) throw new EngineMismatch(`found version ${version}`);
  for (const [className, methods] of Object.entries(reliedOn)) {
    const found = own(modules, className);
    if (typeof found !== 'function') throw new EngineMismatch(`class ${className} is missing`);
    const missing = methods.find((method) => typeof own(found.prototype, method) !== 'function');
    if (missing !== undefined) throw new EngineMismatch(`${className}.${missing} is missing`);
  }
};

const loadInternals = async (): Promise<Internals> => {
  const manifest = findPackageJSON('fauxqs', import.meta.url);
  if (manifest === undefined) throw new EngineMismatch('it is not installed');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const base = new URL('dist/', pathToFileURL(manifest));
  const files = ['sqs/sqsStore.js', 'sqs/sqsTypes.js', 'sns/snsStore.js', 's3/s3Store.js', 's3/fileS3Persistence.js'];
  const modules: Record<string, unknown> = {};
  for (const file of [...files, 'persistence.js'])
    Object.assign(modules, await import(/* @vite-ignore */ new URL(file, base).href));
  assertEngine(version, modules);
  return modules as unknown as Internals;
};

export const fauxqs = await loadInternals();
