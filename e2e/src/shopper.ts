import { randomUUID } from 'node:crypto';
import type { Order } from '@penstock/domain/order';
import type { StaffProduct } from '@penstock/domain/product';
import type { Addresses } from '#cloud';
import { type Answer, call, staff } from '#http';
import { until } from '#until';

/** A contact that must never show up in a public frame or a log: the words are unlike any other. */
export const marker = {
  name: 'Zephyrine Quillfeather',
  email: 'zephyrine@quillfeather.example',
  line1: '77 Marker Wharf',
};

export type WantedLine = {
  readonly productId: string;
  readonly quantity: number;
  readonly priceMinor: number;
  readonly stamp?: unknown;
};

export const orderBody = (basketId: string, lines: readonly WantedLine[], overrides: Record<string, unknown> = {}) => ({
  basketId,
  lines: lines.map(({ productId, quantity, priceMinor, stamp }) => ({
    productId,
    quantity,
    unitPrice: { amountMinor: priceMinor, currency: 'GBP' },
    ...(stamp === undefined ? {} : { stamp }),
  })),
  contact: { name: marker.name, email: marker.email },
  address: { line1: marker.line1, city: 'Leeds', postcode: 'LS1 1AA', country: 'GB' },
  ...overrides,
});

/** A new basket id. */
export const newBasket = async (cloud: Addresses): Promise<string> =>
  String((await call('POST', `${cloud.shopApiUrl}/baskets`)).body.id);

export type Accepted = {
  readonly id: string;
  readonly number: string;
  readonly status: 'accepted';
  readonly receipt: string;
  readonly acceptedAt: string;
  readonly estimatedWaitMs: number;
};

/** Sends an order. */
export const postOrder = (cloud: Addresses, body: unknown, key: string = randomUUID()): Promise<Answer<Accepted>> =>
  call<Accepted>('POST', `${cloud.shopApiUrl}/orders`, { body, headers: { 'idempotency-key': key } });

export const getOrder = (cloud: Addresses, id: string, receipt?: string): Promise<Answer<Order>> =>
  call<Order>(
    'GET',
    `${cloud.shopApiUrl}/orders/${id}`,
    receipt === undefined ? {} : { headers: { 'order-receipt': receipt } },
  );

/** Waits until an accepted order has a stored state. */
export const settled = (cloud: Addresses, order: Accepted, timeoutMs = 20_000): Promise<Order> =>
  until(
    `order ${order.id} to be settled`,
    async () => {
      const answer = await getOrder(cloud, order.id, order.receipt);
      return answer.status === 200 && answer.body.rev > 0 ? answer.body : undefined;
    },
    timeoutMs,
  );

/** Makes a product of a test's own, so that suites do not disturb each other. */
export const makeProduct = async (
  cloud: Addresses,
  stock: number,
  priceMinor = 500,
  overrides: Record<string, unknown> = {},
): Promise<StaffProduct> => {
  const id = `test-${randomUUID().slice(0, 8)}`;
  const answer = await staff<StaffProduct>(cloud, 'POST', '/products', {
    id,
    name: `Test tea ${id}`,
    category: 'test-tea',
    description: 'A tea that a test made.',
    price: { amountMinor: priceMinor, currency: 'GBP' },
    stockChange: { delta: stock, reason: 'opening stock' },
    ...overrides,
  });
  if (answer.status !== 201 && answer.status !== 200) throw new Error(`No product: ${JSON.stringify(answer.body)}`);
  return answer.body;
};

/** The product as the shop shows it now. */
export const stockOf = async (cloud: Addresses, productId: string): Promise<number> => {
  const answer = await call<{ stock: { available: number } }>('GET', `${cloud.shopApiUrl}/products/${productId}`);
  return answer.body.stock.available;
};
