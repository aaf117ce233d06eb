import { deduplicationWindowMs, type Sent } from '#queue/deduplication-window';
import { fauxqs, type SqsMessage, type SqsQueue } from '#queue/fauxqs-internals';

/** The queue's file could not be written. Permanent for this process: what memory holds is ahead of the disk. */
export class QueueDiskFault extends Error {
  readonly code = 'queue-disk-fault';
  constructor(cause: unknown) {
    super(
      'The queue could not be written to disk; nothing more is accepted. It starts again by itself, and opens when there is space.',
      {
        cause,
      },
    );
    this.name = 'QueueDiskFault';
  }
}

/** SQLite's codes for a file that cannot be written: read-only, input or output, damaged, full, not to be opened. */
const diskFaults: readonly number[] = [8, 10, 11, 13, 14];

const isDiskFault = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && diskFaults.includes(Number(error.errcode) & 0xff);

const schema = `
  CREATE TABLE IF NOT EXISTS penstock_sent (
    queue TEXT NOT NULL, key TEXT NOT NULL, message_id TEXT NOT NULL, sequence_number TEXT, at_ms INTEGER NOT NULL,
    PRIMARY KEY (queue, key)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS penstock_sent_at ON penstock_sent (at_ms);
`;

/** Old deduplication ids leave the file once per so many new ones. */
const trimEvery = 1000;

/**
 * The SQLite file of fauxqs, written through once per request instead of once per message. `synchronous = NORMAL` in
 * WAL mode keeps every commit through a kill -9 of the process (the pages are the kernel's) and gives up the last ones
 * at a power cut, which is the right trade for a laptop: ten sends, receives and deletes took 8.5 ms with one FULL
 * commit each, 0.66 ms with NORMAL, 0.19 ms with NORMAL and one commit per call.
 */
export class DurableStore extends fauxqs.PersistenceManager {
  #open = false;
  #fault: QueueDiskFault | undefined;
  #sentSinceTrim = 0;
  readonly #insertSent;
  readonly #onFault: (fault: QueueDiskFault) => void;

  /** `onFault` is told once: this store is of no more use. */
  constructor(dataDir: string, onFault: (fault: QueueDiskFault) => void = () => undefined) {
    super(dataDir);
    this.#onFault = onFault;
    this.db.exec('PRAGMA synchronous = NORMAL');
    this.db.exec(schema);
    this.#insertSent = this.db.prepare('INSERT OR REPLACE INTO penstock_sent VALUES (?, ?, ?, ?, ?)');
  }

  /** Makes everything written so far certain. Called before each answer; throws QueueDiskFault, then and ever after. */
  commit(): void {
    if (this.#fault !== undefined) throw this.#fault;
    if (!this.#open) return;
    this.#open = false;
    try {
      this.db.exec('COMMIT');
    } catch (error) {
      throw this.#fail(error);
    }
  }

  keepSent(queueName: string, key: string, sent: Sent): void {
    this.#write(() => this.#insertSent.run(queueName, key, sent.messageId, sent.sequenceNumber ?? null, sent.atMs));
    this.#sentSinceTrim += 1;
    if (this.#sentSinceTrim < trimEvery) return;
    this.#sentSinceTrim = 0;
    this.db.prepare('DELETE FROM penstock_sent WHERE at_ms < ?').run(sent.atMs - deduplicationWindowMs);
  }

  /** The deduplication ids of a queue that still count, oldest first. */
  loadSent(queueName: string, nowMs: number): readonly (Sent & { readonly key: string })[] {
    const rows = this.db
      .prepare('SELECT * FROM penstock_sent WHERE queue = ? AND at_ms > ? ORDER BY at_ms')
      .all(queueName, nowMs - deduplicationWindowMs);
    return rows.map((row) => ({
      key: String(row.key),
      messageId: String(row.message_id),
      sequenceNumber: row.sequence_number === null ? undefined : String(row.sequence_number),
      atMs: Number(row.at_ms),
    }));
  }

  override insertQueue(queue: SqsQueue): void {
    this.#write(() => super.insertQueue(queue));
  }

  override deleteQueue(name: string): void {
    this.#write(() => {
      super.deleteQueue(name);
      this.db.prepare('DELETE FROM penstock_sent WHERE queue = ?').run(name);
    });
  }

  override updateQueueAttributes(
    name: string,
    attributes: Readonly<Record<string, string>>,
    lastModified: number,
  ): void {
    this.#write(() => super.updateQueueAttributes(name, attributes, lastModified));
  }

  override updateQueueSequenceCounter(name: string, counter: number): void {
    this.#write(() => super.updateQueueSequenceCounter(name, counter));
  }

  override insertMessage(queueName: string, message: SqsMessage): void {
    this.#write(() => super.insertMessage(queueName, message));
  }

  override deleteMessage(messageId: string): void {
    this.#write(() => super.deleteMessage(messageId));
  }

  override updateMessageInflight(
    messageId: string,
    receiptHandle: string | null,
    visibilityDeadline: number | null,
    receiveCount: number,
    firstReceiveTimestamp: number | undefined,
  ): void {
    this.#write(() =>
      super.updateMessageInflight(messageId, receiptHandle, visibilityDeadline, receiveCount, firstReceiveTimestamp),
    );
  }

  override deleteQueueMessages(queueName: string): void {
    this.#write(() => super.deleteQueueMessages(queueName));
  }

  override close(): void {
    this.commit();
    super.close();
  }

  /** One transaction from the first write to the answer: a batch, or a move to a dead-letter queue, is whole or absent. */
  #write(work: () => unknown): void {
    if (this.#fault !== undefined) throw this.#fault;
    try {
      if (!this.#open) this.db.exec('BEGIN');
      this.#open = true;
      work();
    } catch (error) {
      // Anything else is a fault of one call, which must not end the queue for all.
      if (!isDiskFault(error)) throw error;
      throw this.#fail(error);
    }
  }

  #fail(error: unknown): QueueDiskFault {
    this.#fault = new QueueDiskFault(error);
    this.#onFault(this.#fault);
    return this.#fault;
  }
}
