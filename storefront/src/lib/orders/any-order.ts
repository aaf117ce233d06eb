import type { AwaitedOrder, MismatchedOrder, Order } from '@penstock/domain/order';
import { orderStatuses, rejectionReasons } from '@penstock/domain/order-states';
import { money, orderId, productId, time } from '#lib/storage/kept-shapes.ts';
import { listOf, oneOf, optional, type Reader, reading, shape, text, truth, whole } from '#lib/storage/shape.ts';

/** Everything that GET /orders/{id} may answer. */
export type AnyOrder = Order | AwaitedOrder | MismatchedOrder;

/** The last answer as a browser keeps it: the public part, for name and address are asked for again each time. */
export type KeptAnswer = Omit<Order, 'contact' | 'address'> | AwaitedOrder;

const mutable = <T>(reader: Reader<readonly T[]>): Reader<T[]> => reading(reader, (list) => [...list]);

const timeline = mutable(listOf(shape({ status: oneOf(orderStatuses), at: time })));

const awaited: Reader<AwaitedOrder> = shape({
  id: orderId,
  number: text(),
  rev: reading(whole(0, 0), () => 0 as const),
  status: oneOf(['accepted', 'held']),
  timeline,
  delayed: optional(reading(truth, () => true as const)),
});

const stored: Reader<KeptAnswer> = shape({
  id: orderId,
  number: text(),
  rev: whole(1),
  status: oneOf(orderStatuses),
  reason: optional(oneOf(rejectionReasons)),
  shortLines: optional(mutable(listOf(shape({ productId, wanted: whole(), available: whole() })))),
  lines: mutable(listOf(shape({ productId, name: optional(text()), quantity: whole(), unitPrice: money }))),
  total: money,
  timeline,
});

export const keptAnswer: Reader<KeptAnswer> = (value, aside) => {
  const isAwaited = typeof value === 'object' && value !== null && 'rev' in value && value.rev === 0;
  return (isAwaited ? awaited : stored)(value, aside);
};
