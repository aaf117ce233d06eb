import { randomUUID } from 'node:crypto';
import type { Basket } from '@penstock/domain/basket';
import type { BasketOp } from '@penstock/domain/basket-fold';
import type { StaffProduct } from '@penstock/domain/product';
import { nextStamp, type Stamp } from '@penstock/domain/stamps';
import type { Cloud } from '#cloud';
import { call, exported, staff } from '#http';
import { insist } from '#kills';
import type { Command, Scenario, Seen, StoredOrder } from '#scenario';
import { getOrder, makeProduct, newBasket, orderBody } from '#shopper';
import { type Listener, openSocket } from '#socket';

/** A scenario in the middle of being played: what was accepted of it so far. */
export type Played = {
  readonly scenario: Scenario;
  readonly products: readonly [string, string];
  readonly basketId: string;
  readonly ops: BasketOp[];
  readonly orders: Map<string, (readonly [number, number])[]>;
  readonly page: Listener;
  /** The last stamp of each tab. */
  readonly stamps: Map<string, Stamp>;
  /** What pages learned by asking, after they had subscribed. */
  readonly asked: { readonly id: string; readonly status: string }[];
};

const openingPrice = 500;
const tries = 80;
const waitMs = 250;

/** Asks until it is taken: a fault on the way, a part that is away and a version that moved on are tried again. */
const untilTaken = async <Body>(
  ask: () => Promise<{ readonly status: number; readonly body: Body }>,
): Promise<Body> => {
  let last = '';
  for (let attempt = 0; attempt < tries; attempt += 1) {
    try {
      const { status, body } = await ask();
      if (status < 300) return body;
      last = JSON.stringify(body);
      if (status < 500 && status !== 409 && status !== 429) throw new Error(`refused: ${last}`);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('refused')) throw error;
      last = String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  throw new Error(`never taken: ${last}`);
};

/** Makes products and a basket of its own, and a page that watches, in fair weather. */
export const prepareScenario = async (cloud: Cloud, scenario: Scenario): Promise<Played> => {
  const [one, two] = await Promise.all(scenario.stock.map((stock) => makeProduct(cloud, stock, openingPrice)));
  if (one === undefined || two === undefined) throw new Error('A scenario has two products.');
  return {
    scenario,
    products: [one.id, two.id],
    basketId: await newBasket(cloud),
    ops: [],
    orders: new Map(),
    page: await openSocket(cloud, 'shop'),
    stamps: new Map(),
    asked: [],
  };
};

/** Plays the steps, whatever the weather. */
export const playScenario = async (cloud: Cloud, played: Played): Promise<void> => {
  for (const step of played.scenario.steps)
    await Promise.all(step.map((command) => playCommand(cloud, played, command)));
};

const playCommand = async (cloud: Cloud, played: Played, command: Command): Promise<void> => {
  const { products, basketId, ops, orders, page } = played;
  switch (command.do) {
    case 'set': {
      const url = `${cloud.shopApiUrl}/baskets/${basketId}/lines/${products[command.product] ?? ''}`;
      const { quantity } = command;
      const device = `scenario-tab-${command.device}`;
      const stamp = nextStamp(played.stamps.get(device), Date.now(), device);
      played.stamps.set(device, stamp);
      await untilTaken(() => call('PUT', url, { body: { quantity, stamp } }));
      ops.push({ line: String(command.product), quantity, stamp });
      return;
    }
    case 'clear': {
      const url = `${cloud.shopApiUrl}/baskets/${basketId}`;
      const { stamp } = await untilTaken(() => call<{ stamp: BasketOp['stamp'] }>('DELETE', url));
      ops.push({ clear: true, stamp });
      return;
    }
    case 'order': {
      const lines = command.quantities.flatMap((quantity, place) =>
        quantity === 0 ? [] : [{ productId: products[place] ?? '', quantity, priceMinor: openingPrice }],
      );
      const { id } = await insist(cloud, orderBody(basketId, lines), `${basketId}-${command.key}-scenario`);
      const bodies = orders.get(id);
      if (bodies === undefined) orders.set(id, [command.quantities]);
      else bodies.push(command.quantities);
      await subscribeTo(page, `order/${id}`);
      // As a page does: what happened before it listened, it asks for. Nothing is stored yet: 404.
      const order = await untilTaken(async () => {
        const { status, body } = await getOrder(cloud, id);
        return status === 404 ? { status: 200, body: undefined } : { status, body };
      });
      if (order !== undefined) played.asked.push({ id, status: order.status });
      return;
    }
    default:
      return editProduct(cloud, products[command.product] ?? '', command);
  }
};

/** Asks until an answer names the topic: two subscriptions of one page may be under way, and the table may be away. */
const subscribeTo = async (page: Listener, topic: string): Promise<void> => {
  await untilTaken(async () => {
    page.send({ action: 'subscribe', topics: [topic] });
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    const isTaken = page.frames.some((frame) => frame.type === 'subscribed' && frame.topics.includes(topic));
    return { status: isTaken ? 200 : 503, body: topic };
  });
};

/** One edit, once: its key makes a repeat harmless, and another version is read when somebody was faster (E2). */
const editProduct = async (
  cloud: Cloud,
  id: string,
  command: Extract<Command, { do: 'stock' | 'raise' }>,
): Promise<void> => {
  const edit = randomUUID();
  await untilTaken(async () => {
    const { body: seen } = await call<StaffProduct>('GET', `${cloud.adminApiUrl}/products/${id}`);
    const change =
      command.do === 'stock'
        ? { stockChange: { delta: command.delta, reason: 'a delivery' } }
        : { price: { amountMinor: seen.price.amountMinor + 100, currency: 'GBP' } };
    return staff(cloud, 'PUT', `/products/${id}`, { version: seen.version, ...change }, { 'idempotency-key': edit });
  });
};

type OrderRow = {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
};

const statusIn = (data: unknown): { readonly status?: string } => (data ?? {}) as { readonly status?: string };

/** Reads everything that is stored, once for all scenarios that were played beside each other. The queues must be empty. */
export const seeAll = async (cloud: Cloud, all: readonly Played[]): Promise<readonly Seen[]> => {
  const orders = await exported<OrderRow>(cloud, 'orders');
  const products = new Map(
    (await exported<{ id: string; stock: { available: number } }>(cloud, 'products')).map(({ id, stock }) => [
      id,
      stock.available,
    ]),
  );
  return Promise.all(all.map((played) => see(cloud, played, orders, products)));
};

const see = async (
  cloud: Cloud,
  played: Played,
  rows: readonly OrderRow[],
  stock: ReadonlyMap<string, number>,
): Promise<Seen> => {
  const { products, basketId, page } = played;
  const quantityIn = (lines: OrderRow['lines'], place: 0 | 1) =>
    lines.reduce((sum, line) => sum + (line.productId === products[place] ? line.quantity : 0), 0);
  const storedOf = ({ status, reason, lines }: OrderRow): StoredOrder => ({
    status,
    ...(reason === undefined ? {} : { reason }),
    quantities: [quantityIn(lines, 0), quantityIn(lines, 1)],
  });
  const basket = await untilTaken(() => call<Basket>('GET', `${cloud.shopApiUrl}/baskets/${basketId}`));
  return {
    scenario: played.scenario,
    ops: played.ops,
    orders: played.orders,
    // Also what nobody was told of: whatever takes these products counts against their stock.
    stored: new Map(
      rows
        .filter(({ lines }) => lines.some(({ productId }) => products.includes(productId)))
        .map((row) => [row.id, storedOf(row)]),
    ),
    left: [stock.get(products[0]) ?? Number.NaN, stock.get(products[1]) ?? Number.NaN],
    basket: new Map(
      basket.lines.flatMap(({ productId, quantity }) =>
        quantity === 0 ? [] : [[products.indexOf(productId), quantity] as const],
      ),
    ),
    told: new Map(
      [...played.orders.keys()].map((id) => [
        id,
        [
          ...played.asked.filter((each) => each.id === id),
          ...page.changes(`order/${id}`).map(({ data }) => statusIn(data)),
        ].flatMap((each) => each?.status ?? []),
      ]),
    ),
  };
};
