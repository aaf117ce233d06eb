import { type DeadLetterView, redriveOpAgeMaxMs } from '@penstock/domain/dead-letters';
import { orderNumberOf } from '@penstock/domain/ids';
import type { DeadLetterItem } from '@penstock/domain/items';
import {
  basketOpMessageSchema,
  moveOrderMessageSchema,
  type PlaceOrderMessage,
  placeOrderMessageSchema,
} from '@penstock/domain/messages';
import { isFarAhead } from '@penstock/domain/stamps';
import * as z from 'zod';

/** What a letter's payload still says. */
type Reading = {
  readonly order?: PlaceOrderMessage;
  readonly orderId?: string;
  /** Its message group in a FIFO queue, the fair-queue group of an order. */
  readonly group?: string;
  /** When the op of a basket was made, ms since 1970. */
  readonly opMs?: number;
  readonly sentAtMs?: number;
};

export type WriteQueueName = 'orders' | 'baskets' | 'moves';

/** A letter's message, ready to be sent again: its attempt is one higher (G5). */
export type Redrive = {
  readonly queue: WriteQueueName;
  readonly body: string | Readonly<Record<string, unknown>>;
  readonly group: string;
  /** Lines of an order whose stamps lie too far ahead to be sent. */
  readonly withoutStamps: number;
};

// plain-keys: a message as it was; its members are read by names of ours.
const objectSchema = z.record(z.string(), z.unknown());
const isWriteQueue = (queue: string): queue is WriteQueueName => ['orders', 'baskets', 'moves'].includes(queue);

/** The letter for staff: with its message, which may hold a name and an address, so this leaves by HTTP alone (H6). */
export const deadLetterView = (letter: DeadLetterItem, nowMs: number): DeadLetterView => {
  const { orderId, sentAtMs } = readLetter(letter);
  return {
    id: letter.id,
    queue: letter.queue,
    status: letter.status,
    reason: letter.reason,
    detail: letter.detail,
    firstSeenAt: letter.firstSeenAt,
    lastSeenAt: letter.lastSeenAt,
    ...(sentAtMs === undefined ? {} : { sentAt: new Date(sentAtMs).toISOString() }),
    ...(orderId === undefined ? {} : { orderId, number: orderNumberOf(orderId) }),
    attempt: letter.attempt,
    receives: letter.receives,
    redrive: redriveVerdict(letter, nowMs),
    payload: letter.payload,
    correlationId: letter.correlationId,
    ...(letter.settled === undefined ? {} : { settled: letter.settled }),
  };
};

/** Characters of a message that a list shows. */
const listedPayloadMax = 2000;

/** The letter as a list shows it: of a long message the beginning, the whole of it by its id. */
export const listedLetterView = (letter: DeadLetterItem, nowMs: number): DeadLetterView => {
  const view = deadLetterView(letter, nowMs);
  if (view.payload.length <= listedPayloadMax) return view;
  return { ...view, payload: Buffer.from(view.payload.slice(0, listedPayloadMax)).toString(), payloadCut: true };
};

/** Whether the letter can be sent again, or why not. */
export const redriveVerdict = (letter: DeadLetterItem, nowMs: number): DeadLetterView['redrive'] => {
  if (!isWriteQueue(letter.queue)) return 'not-a-write';
  if (letter.isCut === true) return 'too-large';
  const { opMs } = readLetter(letter);
  if (opMs === undefined) return 'possible';
  if (isFarAhead({ wallMs: opMs }, nowMs)) return 'stamp-ahead';
  return nowMs - opMs > redriveOpAgeMaxMs ? 'too-old' : 'possible';
};

/**
 * The message to send; undefined when it is no write of a queue. What is no JSON object goes as it came. An order goes without
 * stamps that nobody can have accepted (C3): it is placed all the same, and the lines of its basket stay as they are.
 */
export const redriveOf = (letter: DeadLetterItem, nowMs: number): Redrive | undefined => {
  const { queue, payload } = letter;
  if (!isWriteQueue(queue)) return undefined;
  const { group = 'unreadable', order } = readLetter(letter);
  const object = objectSchema.safeParse(jsonOf(payload)).data;
  if (object === undefined) return { queue, body: payload, group, withoutStamps: 0 };
  const lines = order?.lines.map((line) => (isAhead(line, nowMs) ? { ...line, stamp: undefined } : line)) ?? [];
  const withoutStamps = order?.lines.filter((line) => isAhead(line, nowMs)).length ?? 0;
  const body = { ...object, ...(withoutStamps > 0 ? { lines } : {}), attempt: letter.attempt + 1 };
  return { queue, body, group, withoutStamps };
};

const isAhead = ({ stamp }: PlaceOrderMessage['lines'][number], nowMs: number): boolean =>
  stamp !== undefined && isFarAhead(stamp, nowMs);

/** The order that a letter holds back; undefined when it is about something else or cannot be read. */
export const heldOrderOf = (letter: DeadLetterItem): PlaceOrderMessage | undefined => readLetter(letter).order;

const readLetter = ({ queue, payload, isCut }: DeadLetterItem): Reading => {
  if (isCut === true) return {};
  const json = jsonOf(payload);
  if (queue === 'orders') {
    const order = placeOrderMessageSchema.safeParse(json).data;
    if (order === undefined) return {};
    return { order, orderId: order.orderId, group: order.basketId, sentAtMs: Date.parse(order.acceptedAt) };
  }
  if (queue === 'baskets') {
    const message = basketOpMessageSchema.safeParse(json).data;
    if (message === undefined) return {};
    return { group: message.basketId, opMs: message.op.stamp.wallMs, sentAtMs: message.sentAtMs };
  }
  if (queue !== 'moves') return {};
  const move = moveOrderMessageSchema.safeParse(json).data;
  return move === undefined ? {} : { orderId: move.orderId, group: move.orderId, sentAtMs: move.sentAtMs };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
