import {
  type BasketOpMessage,
  letterAttributes,
  type MoveOrderMessage,
  type PlaceOrderMessage,
} from '@penstock/domain/messages';
import type { SQSMessageAttributes } from 'aws-lambda';
import type { QueueRecord } from '#core/queue-records';
import { marker } from '#testing/rows';

/** Queue messages and their records, with overrides. */
export const sentAtMs = Date.parse('2025-11-23T10:00:00.000Z');
export const basketId = 'dGhpcyBpcyBhIGJhc2tldA';

/** An order id that ends in a number. */
export const orderId = (number = 0): string => `01hv3k9zq7c2x5t8w4n6m0${String(number).padStart(4, '0')}`;

export const orderMessage = (overrides: Partial<PlaceOrderMessage> = {}): PlaceOrderMessage => ({
  kind: 'place-order',
  schema: 1,
  correlationId: 'correlation-1',
  sentAtMs,
  attempt: 0,
  orderId: orderId(),
  bodyHash: 'a'.repeat(64),
  acceptedAt: '2025-11-23T10:00:00.000Z',
  basketId,
  lines: [orderLine()],
  contact: { name: marker, email: 'marker@example.com' },
  address: { line1: marker, city: marker, postcode: 'LS1 1AA', country: 'GB' },
  emailHash: 'b'.repeat(64),
  ...overrides,
});

export const orderLine = (overrides: Partial<PlaceOrderMessage['lines'][number]> = {}) => ({
  productId: 'assam-second-flush',
  quantity: 2,
  unitPrice: { amountMinor: 1250, currency: 'GBP' },
  ...overrides,
});

export const stampOf = (counter = 0, device = 'device-one') => ({ wallMs: 1_763_892_000_000, counter, device });

export const basketMessage = (
  op: Partial<{ line: string; quantity: number; counter: number; device: string }> = {},
  overrides: Partial<BasketOpMessage> = {},
): BasketOpMessage => ({
  kind: 'basket-op',
  schema: 1,
  correlationId: 'correlation-1',
  sentAtMs,
  attempt: 0,
  basketId,
  op: { line: op.line ?? 'assam-second-flush', quantity: op.quantity ?? 1, stamp: stampOf(op.counter, op.device) },
  ...overrides,
});

export const moveMessage = (overrides: Partial<MoveOrderMessage> = {}): MoveOrderMessage => ({
  kind: 'move-order',
  schema: 1,
  correlationId: 'correlation-1',
  sentAtMs,
  attempt: 0,
  orderId: orderId(),
  moveId: 'move-1',
  to: 'packed',
  statusSeen: 'placed',
  by: 'staff',
  staffName: 'Sam',
  ...overrides,
});

/** A record as an event brings it: the id is told by its place, the group by the message. */
export const recordOf = (message: object | string, index = 0, overrides: Partial<QueueRecord> = {}): QueueRecord => ({
  messageId: `message-${index}`,
  receiptHandle: `receipt-${index}`,
  body: typeof message === 'string' ? message : JSON.stringify(message),
  receives: 1,
  group: groupOf(message),
  ...overrides,
});

const groupOf = (message: object | string): string | undefined => {
  if (typeof message === 'string' || !('kind' in message)) return basketId;
  const { kind, basketId: basket, orderId: order } = message as Readonly<Record<string, string>>;
  return kind === 'move-order' ? order : basket;
};

/** The same record as Lambda hands it over. */
export const sqsRecordOf = (record: QueueRecord) => ({
  messageId: record.messageId,
  receiptHandle: record.receiptHandle,
  body: record.body,
  attributes: {
    ApproximateReceiveCount: String(record.receives),
    SentTimestamp: String(sentAtMs),
    SenderId: 'shop',
    ApproximateFirstReceiveTimestamp: String(sentAtMs),
    ...(record.group === undefined ? {} : { MessageGroupId: record.group }),
  },
  messageAttributes: attributesOf(record),
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-2:000000000000:orders',
  awsRegion: 'eu-west-2',
});

const attributesOf = ({ letter }: QueueRecord): SQSMessageAttributes =>
  letter === undefined
    ? {}
    : {
        [letterAttributes.id]: { dataType: 'String', stringValue: letter.id },
        [letterAttributes.attempt]: { dataType: 'Number', stringValue: String(letter.attempt) },
      };
