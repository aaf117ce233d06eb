/**
 * One checkout through the deployed functions: HTTP, queue, worker, table, stream, socket. Each hop is said with its time, and
 * waited for with a bound.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeFrame, Frame } from '@penstock/domain/frames';
import { type Ask, jsonOf } from './ask.ts';

export type Doors = {
  /** The storefront's origin with /api. */
  readonly shopApi: string;
  /** Headers that the edge would add. */
  readonly edgeHeaders: Readonly<Record<string, string>>;
  readonly adminApi: string;
  readonly socket: string;
};

export type CheckoutDeps = { readonly ask: Ask; readonly say: (text: string) => void; readonly hopMs: number };

type Line = { readonly productId: string; readonly quantity: number };
type Stamped = Line & { readonly stamp: unknown };
type Accepted = { readonly id: string; readonly receipt: string; readonly status: string };
type Order = { readonly status: string; readonly rev: number; readonly total: { readonly amountMinor: number } };
type Product = { readonly id: string; readonly stock: { readonly available: number } };

const opening = 5;
const bought = 2;
const price = { amountMinor: 450, currency: 'GBP' };

/** Drives it; throws naming the hop that failed. */
export const driveCheckout = async (doors: Doors, { ask, say, hopMs }: CheckoutDeps): Promise<void> => {
  const shop = (path: string, asked = {}) => {
    const { headers = {}, ...rest } = asked as { headers?: Record<string, string> };
    return ask(`${doors.shopApi}${path}`, { ...rest, headers: { ...doors.edgeHeaders, ...headers } });
  };
  const hop = async <T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> => {
    const since = Date.now();
    for (;;) {
      const seen = await look();
      if (seen !== undefined) {
        say(`${what}: ${Date.now() - since} ms`);
        return seen;
      }
      if (Date.now() - since > hopMs) throw new Error(`This hop was not seen in ${hopMs / 1000} s: ${what}.`);
      await sleep(100);
    }
  };

  const id = `emulated-${randomUUID().slice(0, 8)}`;
  jsonOf(
    'POST /products',
    await ask(`${doors.adminApi}/products`, {
      method: 'POST',
      headers: { 'x-staff-name': 'Deploy' },
      body: {
        id,
        name: `Tea of the deploy ${id}`,
        category: 'tea',
        description: 'Bought once, by a deployment.',
        price,
        stockChange: { delta: opening, reason: 'opening stock' },
      },
    }),
    200,
    201,
  );
  await hop('admin API -> products table -> stream -> views-products -> product list of the shop', async () => {
    const list = jsonOf<{ items: readonly Product[] }>(
      'GET /products',
      await shop(`/products?q=${encodeURIComponent(id)}`),
      200,
    );
    return list.items.find((product) => product.id === id);
  });

  const basket = jsonOf<{ id: string }>('POST /baskets', await shop('/baskets', { method: 'POST' }), 201);
  const listener = await openSocket(`${doors.socket}?audience=shop`);
  try {
    listener.send({ action: 'subscribe', topics: [`product/${id}`, `basket/${basket.id}`] });
    await hop('socket: subscribed', () => listener.frames().find(({ type }) => type === 'subscribed'));

    const line = jsonOf<Stamped>(
      'PUT a line',
      await shop(`/baskets/${basket.id}/lines/${id}`, { method: 'PUT', body: { quantity: bought } }),
      202,
    );
    await hop('PUT line -> baskets.fifo -> fold-baskets -> baskets table', async () => {
      const { lines } = jsonOf<{ lines: readonly Line[] }>('GET the basket', await shop(`/baskets/${basket.id}`), 200);
      return lines.find(({ productId, quantity }) => productId === id && quantity === bought);
    });
    await hop('baskets stream -> broadcast-baskets -> socket', () =>
      changeOf(listener.frames(), `basket/${basket.id}`),
    );

    const accepted = jsonOf<Accepted>(
      'POST /orders',
      await shop('/orders', {
        method: 'POST',
        headers: { 'idempotency-key': randomUUID() },
        body: {
          basketId: basket.id,
          lines: [{ productId: id, quantity: bought, unitPrice: price, stamp: line.stamp }],
          contact: { name: 'Ada Lovelace', email: 'ada@example.com' },
          address: { line1: '1 Weir Lane', city: 'Leeds', postcode: 'LS1 1AA', country: 'GB' },
        },
      }),
      202,
    );
    listener.send({ action: 'subscribe', topics: [`order/${accepted.id}`] });
    const order = await hop('POST order -> orders queue -> place-orders -> orders table', async () => {
      const seen = jsonOf<Order>(
        'GET the order',
        await shop(`/orders/${accepted.id}`, { headers: { 'order-receipt': accepted.receipt } }),
        200,
      );
      return seen.rev > 0 ? seen : undefined;
    });
    if (order.status !== 'placed' || order.total.amountMinor !== bought * price.amountMinor)
      throw new Error(`The order should be placed for ${bought * price.amountMinor}: ${JSON.stringify(order)}`);
    const pushed = await hop('products stream -> broadcast-products -> socket', () =>
      changeOf(listener.frames(), `product/${id}`),
    );
    const left = (pushed.data as Product | null)?.stock.available;
    if (left !== opening - bought) throw new Error(`The frame should say ${opening - bought} left; it says ${left}.`);

    const before = listener.frames().length;
    const move = await ask(`${doors.adminApi}/orders/${accepted.id}`, {
      method: 'PUT',
      headers: { 'x-staff-name': 'Deploy' },
      body: { status: 'packed' },
    });
    jsonOf('PUT the order', move, 202);
    await hop('PUT order -> moves.fifo -> move-orders -> orders stream -> broadcast-orders -> socket', () =>
      listener
        .frames()
        .slice(before)
        .find(
          (frame) =>
            frame.type === 'change' &&
            frame.topic === `order/${accepted.id}` &&
            (frame.data as Order | null)?.status === 'packed',
        ),
    );
  } finally {
    listener.close();
  }
};

const changeOf = (frames: readonly Frame[], topic: string): ChangeFrame | undefined =>
  frames.find((frame): frame is ChangeFrame => frame.type === 'change' && frame.topic === topic);

type Listener = {
  readonly frames: () => readonly Frame[];
  readonly send: (message: object) => void;
  readonly close: () => void;
};

const openSocket = (url: string): Promise<Listener> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    const frames: Frame[] = [];
    socket.addEventListener('message', ({ data }) => frames.push(JSON.parse(String(data)) as Frame));
    socket.addEventListener('error', () => reject(new Error(`No socket opened at ${url}.`)));
    socket.addEventListener('open', () =>
      resolve({
        frames: () => frames,
        send: (message) => socket.send(JSON.stringify(message)),
        close: () => socket.close(),
      }),
    );
  });
