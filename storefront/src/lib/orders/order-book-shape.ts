import { basketIdPattern } from '@penstock/domain/ids';
import type { AcceptedOrder, PlaceOrder } from '@penstock/domain/order';
import { type Attempt, emptyOrderBook, type OrderBook } from '#lib/orders/order-book.ts';
import {
  address,
  basketId,
  contact,
  money,
  orderedLines,
  orderId,
  productId,
  receiptText,
  stamp,
  time,
} from '#lib/storage/kept-shapes.ts';
import { bad, listOf, mapOf, oneOf, optional, type Reader, reading, shape, text, whole } from '#lib/storage/shape.ts';

/** The shapes of what a browser keeps of its orders. */
const acceptedOrder: Reader<AcceptedOrder> = shape({
  id: orderId,
  number: text(),
  status: oneOf(['accepted']),
  receipt: receiptText,
  acceptedAt: time,
  estimatedWaitMs: optional(whole()),
});

const placeOrder: Reader<PlaceOrder> = shape({
  basketId,
  lines: reading(
    listOf(shape({ productId, quantity: whole(1, 99), unitPrice: money, stamp: optional(stamp) })),
    (lines) => [...lines],
  ),
  contact,
  address,
});

const readAttempt: Reader<Attempt> = shape({
  key: text(/^[\x21-\x7e]{16,128}$/),
  begunId: text(/^\w{1,64}$/),
  basketId,
  lines: orderedLines,
  begunAtMs: whole(),
  sentAtMs: optional(whole()),
  body: optional(placeOrder),
  state: oneOf(['sending', 'accepted', 'turned-down']),
  problem: optional(
    shape({
      detail: text(),
      correlationId: text(),
      fieldErrors: reading(mapOf(/^[\w.]{1,200}$/, text()), (map) => Object.fromEntries(map)),
    }),
  ),
  order: optional(acceptedOrder),
  outcome: optional(oneOf(['placed', 'refused'])),
});

/** An attempt that lacks what its state stands on is none: it could neither be sent, followed nor explained. */
const attempt: Reader<Attempt> = (value, aside) => {
  const read = readAttempt(value, aside);
  if (read === bad) return bad;
  const needed = { sending: read.body, accepted: read.order, 'turned-down': read.problem }[read.state];
  return needed === undefined ? bad : read;
};

const generations = mapOf(basketIdPattern, whole());

const parts = shape({
  browser: optional(text(/^\w{0,64}$/)),
  generations: optional(generations),
  attempts: optional(listOf(attempt)),
});

/**
 * Where anything is missing, the browser takes a new name with its next order: its keys are then none that an order may have
 * used already.
 */
export const orderBookShape: Reader<OrderBook> = (value, aside) => {
  let isWhole = true;
  const read = parts(value, (part) => {
    isWhole = false;
    aside(part);
  });
  if (read === bad) return bad;
  return {
    browser: isWhole ? (read.browser ?? '') : '',
    generations: read.generations ?? emptyOrderBook.generations,
    attempts: read.attempts ?? [],
  };
};
