import { createHash, randomUUID } from 'node:crypto';
import { Announcements } from '#queue/announcements';
import { DeduplicationWindow, type Sent, scopedKey } from '#queue/deduplication-window';
import {
  type Deduplication,
  type FindByArn,
  fauxqs,
  type InflightEntry,
  type ReceivedMessage,
  type SqsMessage,
} from '#queue/fauxqs-internals';
import { insertInOrder, splitDue } from '#queue/message-order';
import { redrivePolicyOf } from '#queue/queue-rules';

export type QueueDeps = {
  /** Added to every message's delivery delay: a fault on request, 0 otherwise. */
  readonly deliveryDelayMs: () => number;
  /** Keeps a deduplication id beyond a restart. */
  readonly keepSent: (queueName: string, key: string, sent: Sent) => void;
  /** Messages that may be received and not yet deleted at a time. */
  readonly inFlightMax: InFlightMax;
};

export type InFlightMax = { readonly standard: number; readonly fifo: number };

/** What SQS allows (developer guide, "Message quotas"; FIFO had 20,000 until November 2024). */
export const awsInFlightMax: InFlightMax = { standard: 120_000, fifo: 120_000 };

/** SQS keeps messages for four days unless told otherwise. */
const awsRetentionSeconds = 4 * 24 * 60 * 60;
/** How often messages beyond their retention are looked for. */
const expiryEveryMs = 60_000;

/** SQS gives at most ten messages a receive. */
const receiveMax = 10;
const noGroup = '__default';

/**
 * A queue of fauxqs with the rules of SQS where fauxqs 2.4.1 differs: up to ten messages of one FIFO group a receive,
 * the group locked until all of them are back, order kept when visibility ends, visibility 0 that persists,
 * deduplication per group, the message group of a standard queue kept, and timers that do not walk every message in
 * flight, no more in flight than SQS allows, and nothing kept beyond its retention. The clock is Date.now, not a collaborator, because the base class reads it too.
 */
export class MendedQueue extends fauxqs.SqsQueue {
  deps: QueueDeps = { deliveryDelayMs: () => 0, keepSent: () => {}, inFlightMax: awsInFlightMax };
  /** The entries of the send that follows in this turn of the event loop. */
  readonly announcements = new Announcements();
  readonly deduplication = new DeduplicationWindow();
  /** No message in flight or delayed is due before this. 0 after a load: the first call looks at all. */
  #nextDueMs = 0;
  #nextExpiryMs = 0;

  override enqueue(message: SqsMessage): void {
    const announced = this.announcements.take((entry) => entry.body === message.body);
    const group = message.messageGroupId ?? announced?.group;
    const delayUntil = this.#delayUntil(message, group);
    if (delayUntil !== undefined) this.#dueBy(delayUntil);
    super.enqueue({ ...message, messageGroupId: group, delayUntil });
  }

  override dequeue(maxCount: number, visibilityTimeout?: number, findByArn?: FindByArn): ReceivedMessage[] {
    const seconds = visibilityTimeout ?? Number(this.attributes.VisibilityTimeout);
    const limit = Math.min(maxCount, receiveMax, this.inFlightRoom());
    if (limit <= 0) return [];
    const received = this.isFifo()
      ? this.#dequeueFifo(limit, seconds, findByArn)
      : super.dequeue(limit, seconds, findByArn && uncounted(findByArn));
    this.#dueBy(Date.now() + seconds * 1000);
    return received;
  }

  /** How many more messages may be received. */
  inFlightRoom(): number {
    this.processTimers();
    return this.deps.inFlightMax[this.isFifo() ? 'fifo' : 'standard'] - this.inflightMessages.size;
  }

  override changeVisibility(receiptHandle: string, timeoutSeconds: number): void {
    const entry = this.inflightMessages.get(receiptHandle);
    if (entry === undefined) return;
    if (timeoutSeconds > 0) {
      super.changeVisibility(receiptHandle, timeoutSeconds);
      this.#dueBy(entry.visibilityDeadline);
      return;
    }
    const { messageId, approximateReceiveCount, approximateFirstReceiveTimestamp } = entry.message;
    this.persistence?.updateMessageInflight(
      messageId,
      null,
      null,
      approximateReceiveCount,
      approximateFirstReceiveTimestamp,
    );
    this.#giveBack(entry);
    this.#wake();
  }

  override processTimers(): void {
    const now = Date.now();
    if (now >= this.#nextExpiryMs) this.#dropExpired(now);
    if (now < this.#nextDueMs) return;
    this.#nextDueMs = Number.POSITIVE_INFINITY;
    for (const entry of this.inflightMessages.values()) {
      if (entry.visibilityDeadline <= now) this.#giveBack(entry);
      else this.#dueBy(entry.visibilityDeadline);
    }
    this.#releaseDelayed(now);
    this.#wake();
  }

  override checkDeduplication(id: string): Deduplication {
    const sent = this.deduplication.find(this.#deduplicationKey(id), Date.now());
    if (sent === undefined) return { isDuplicate: false };
    this.announcements.take(isFor(id));
    return { isDuplicate: true, originalMessageId: sent.messageId, originalSequenceNumber: sent.sequenceNumber };
  }

  override recordDeduplication(id: string, messageId: string, sequenceNumber?: string): void {
    const key = this.#deduplicationKey(id);
    const sent = { messageId, sequenceNumber, atMs: Date.now() };
    this.deduplication.record(key, sent);
    this.deps.keepSent(this.name, key, sent);
  }

  #dequeueFifo(limit: number, seconds: number, findByArn: FindByArn | undefined): ReceivedMessage[] {
    this.processTimers();
    const received: ReceivedMessage[] = [];
    for (const [group, waiting] of this.fifoMessages) {
      if (received.length >= limit) break;
      if (this.fifoLockedGroups.has(group)) continue;
      const taken = this.#takeFromGroup(waiting, limit - received.length, findByArn);
      if (taken.length > 0) this.fifoLockedGroups.set(group, taken.length);
      received.push(...taken.map((message) => this.#handOut(message, seconds)));
      // To the end of the line, so that a group that never runs dry does not starve the others.
      this.fifoMessages.delete(group);
      if (waiting.length > 0) this.fifoMessages.set(group, waiting);
    }
    return received;
  }

  #takeFromGroup(waiting: SqsMessage[], limit: number, findByArn: FindByArn | undefined): readonly SqsMessage[] {
    const taken: SqsMessage[] = [];
    while (taken.length < limit) {
      const message = waiting.shift();
      if (message === undefined) break;
      if (!this.#moveToDeadLetters(message, findByArn)) taken.push(message);
    }
    return taken;
  }

  #handOut(message: SqsMessage, seconds: number): ReceivedMessage {
    const now = Date.now();
    message.approximateReceiveCount += 1;
    message.approximateFirstReceiveTimestamp ??= now;
    const { messageId, approximateReceiveCount, approximateFirstReceiveTimestamp } = message;
    const receiptHandle = randomUUID();
    const visibilityDeadline = now + seconds * 1000;
    this.inflightMessages.set(receiptHandle, { message, receiptHandle, visibilityDeadline });
    this.persistence?.updateMessageInflight(
      messageId,
      receiptHandle,
      visibilityDeadline,
      approximateReceiveCount,
      approximateFirstReceiveTimestamp,
    );
    const hasAttributes = Object.keys(message.messageAttributes).length > 0;
    return {
      MessageId: messageId,
      ReceiptHandle: receiptHandle,
      MD5OfBody: message.md5OfBody,
      Body: message.body,
      ...(hasAttributes && { MessageAttributes: message.messageAttributes }),
      ...(hasAttributes && { MD5OfMessageAttributes: message.md5OfMessageAttributes }),
    };
  }

  #moveToDeadLetters(message: SqsMessage, findByArn: FindByArn | undefined): boolean {
    const policy = redrivePolicyOf(this.attributes);
    if (policy === undefined || message.approximateReceiveCount < policy.maxReceiveCount) return false;
    const target = findByArn?.(policy.deadLetterTargetArn);
    if (target === undefined) return false;
    this.persistence?.deleteMessage(message.messageId);
    // A number of the queue that it joins: its old one would sort it before what waits there.
    target.enqueue({ ...message, sequenceNumber: target.nextSequenceNumber() });
    return true;
  }

  #giveBack({ receiptHandle, message }: InflightEntry): void {
    this.inflightMessages.delete(receiptHandle);
    if (!this.isFifo()) {
      this.messages.push(message);
      return;
    }
    const group = message.messageGroupId ?? noGroup;
    const stillOut = (this.fifoLockedGroups.get(group) ?? 1) - 1;
    if (stillOut > 0) this.fifoLockedGroups.set(group, stillOut);
    else this.fifoLockedGroups.delete(group);
    this.#queueInGroup(group, [message]);
  }

  /** A message in flight goes when it comes back. */
  #dropExpired(now: number): void {
    this.#nextExpiryMs = now + expiryEveryMs;
    const oldestMs = now - Number(this.attributes.MessageRetentionPeriod ?? awsRetentionSeconds) * 1000;
    const kept = (messages: readonly SqsMessage[]): SqsMessage[] =>
      messages.filter(({ sentTimestamp, messageId }) => {
        if (sentTimestamp > oldestMs) return true;
        this.persistence?.deleteMessage(messageId);
        return false;
      });
    this.messages = kept(this.messages);
    this.delayedMessages = kept(this.delayedMessages);
    for (const groups of [this.fifoMessages, this.fifoDelayed])
      for (const [group, messages] of groups) {
        const left = kept(messages);
        if (left.length > 0) groups.set(group, left);
        else groups.delete(group);
      }
  }

  #releaseDelayed(now: number): void {
    const { due, later } = splitDue(this.delayedMessages, now);
    this.messages.push(...due);
    this.delayedMessages = later;
    for (const { delayUntil } of later) this.#dueBy(delayUntil);
    for (const [group, delayed] of this.fifoDelayed) {
      const split = splitDue(delayed, now);
      this.#queueInGroup(group, split.due);
      if (split.later.length > 0) this.fifoDelayed.set(group, split.later);
      else this.fifoDelayed.delete(group);
      for (const { delayUntil } of split.later) this.#dueBy(delayUntil);
    }
  }

  #queueInGroup(group: string, messages: readonly SqsMessage[]): void {
    if (messages.length === 0) return;
    const waiting = this.fifoMessages.get(group) ?? [];
    for (const message of messages) insertInOrder(waiting, message);
    this.fifoMessages.set(group, waiting);
  }

  /** Never earlier than a delayed message of the same FIFO group: a delay that shrinks must not swap two messages. */
  #delayUntil(message: SqsMessage, group: string | undefined): number | undefined {
    const added = this.deps.deliveryDelayMs();
    const own = added > 0 ? (message.delayUntil ?? Date.now()) + added : message.delayUntil;
    const ahead = this.isFifo() ? this.fifoDelayed.get(group ?? noGroup)?.at(-1)?.delayUntil : undefined;
    return ahead === undefined ? own : Math.max(ahead, own ?? 0);
  }

  #deduplicationKey(id: string): string {
    const group = this.announcements.at(isFor(id))?.group ?? noGroup;
    return scopedKey(this.attributes.DeduplicationScope === 'messageGroup' ? 'messageGroup' : 'queue', group, id);
  }

  #dueBy(atMs: number | undefined): void {
    if (atMs !== undefined) this.#nextDueMs = Math.min(this.#nextDueMs, atMs);
  }

  #wake(): void {
    if (this.isFifo() ? this.hasAvailableFifoMessages() : this.messages.length > 0) this.notifyWaiters();
  }
}

const isFor =
  (id: string) =>
  (entry: { readonly body: string; readonly deduplicationId: string | undefined }): boolean =>
    (entry.deduplicationId ?? sha256Hex(entry.body)) === id;

/** fauxqs counts a receive that nobody made before it moves a message; SQS does not. */
const uncounted =
  (findByArn: FindByArn): FindByArn =>
  (arn) => {
    const target = findByArn(arn);
    if (target === undefined) return undefined;
    return {
      nextSequenceNumber: () => target.nextSequenceNumber(),
      enqueue: (message) =>
        target.enqueue({ ...message, approximateReceiveCount: message.approximateReceiveCount - 1 }),
    };
  };

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
