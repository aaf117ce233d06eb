import type { BasketItem, OrderItem, SnapshotProduct } from '@penstock/domain/items';
import type { BasketOpMessage, MoveOrderMessage, PlaceOrderMessage } from '@penstock/domain/messages';
import { makeLogger } from '@penstock/platform/logger';
import { allRunning } from '@penstock/platform/switches';
import { makeMemoryBasketStore, makeMemoryTables } from '@penstock/platform/testing/memory-tables';
import { nodeCrypto } from '#compose';
import { makeAdmission } from '#core/admission';
import { makeServerStamps } from '#core/server-stamps';
import { type ShopBasketsDeps, shopBasketsRoutes } from '#flows/shop-baskets';
import { type ShopCatalogueDeps, shopCatalogueRoutes } from '#flows/shop-catalogue';
import { type ShopOrdersDeps, shopOrdersRoutes } from '#flows/shop-orders';
import { makeApi } from '#http/api';
import { callOfHttpApi } from '#http/api-call';
import { requireOriginSecret } from '#http/guards';
import { checkAnswer } from '#testing/check-answer';
import { type CallParts, shopEvent } from '#testing/events';

export const basketId = 'dGhpcyBpcyBhIGJhc2tldA';
export const key = 'a-key-of-this-checkout-1';
const startMs = Date.parse('2025-11-23T10:00:00.000Z');

export type Overrides = {
  readonly catalogue?: Partial<ShopCatalogueDeps>;
  readonly baskets?: Partial<ShopBasketsDeps>;
  readonly orders?: Partial<ShopOrdersDeps>;
};

/** The three functions of the shop API behind their one door, on collaborators in memory. Every answer is held against the API page. */
export const makeShopRoom = (overrides: Overrides = {}) => {
  let nowMs = startMs;
  const clock = { now: () => nowMs };
  const lines: string[] = [];
  const logger = makeLogger({
    functionName: 'shop',
    level: 'debug',
    now: clock.now,
    write: (line) => lines.push(line),
  });
  const tables = makeMemoryTables();
  const products: SnapshotProduct[] = [];
  const sent = {
    orders: [] as PlaceOrderMessage[],
    ops: [] as BasketOpMessage[],
    moves: [] as MoveOrderMessage[],
  };
  const queue = {
    sendOrder: async (message: PlaceOrderMessage) => void sent.orders.push(message),
    sendBasketOp: async (message: BasketOpMessage) => void sent.ops.push(message),
    sendMove: async (message: MoveOrderMessage) => void sent.moves.push(message),
  };
  const ring = {
    current: 'k1',
    keys: { k1: Buffer.from('first-key-of-the-ring').toString('base64') } as Record<string, string>,
  };
  const secrets = {
    read: async (name: string) =>
      name === 'origin-secret' ? '{"current":"one","next":"two"}' : Buffer.from('email-key').toString('base64'),
  };
  const held = new Set<string>();
  const wait = { read: async () => ({ kind: 'known' as const, waitMs: 2400 }) };
  const switches = { read: async () => allRunning, isCurrent: () => true };
  const snapshot = { read: async () => ({ rev: 7, products }), isCurrent: () => true };
  const routes = {
    ...shopCatalogueRoutes({
      snapshot,
      products: { read: async () => undefined, readStock: async () => new Map() },
      release: 'test',
      switches,
      clock,
      logger,
      ...overrides.catalogue,
    }),
    ...shopBasketsRoutes({
      queue,
      baskets: makeMemoryBasketStore(tables),
      snapshot,
      wait,
      admission: makeAdmission(60_000),
      crypto: nodeCrypto,
      serverStamp: makeServerStamps(clock.now, 'instance'),
      clock,
      logger,
      ...overrides.baskets,
    }),
    ...shopOrdersRoutes({
      queue,
      orders: { read: async (id) => tables.orders.get(id) },
      letters: { isHeld: async (id) => held.has(id) },
      wait,
      admission: makeAdmission(600_000),
      switches,
      keyRing: async () => ring,
      secrets,
      crypto: nodeCrypto,
      currency: 'GBP',
      clock,
      logger,
      ...overrides.orders,
    }),
  };
  const handler = makeApi({
    read: callOfHttpApi,
    guards: [requireOriginSecret(secrets)],
    routes,
    logger,
    clock,
    mintId: () => 'minted-correlation',
  });
  const call = async (route: string, parts: CallParts = {}) => {
    const event = shopEvent(route, { ...parts, headers: { 'x-origin-secret': 'one', ...parts.headers } });
    const answer = await handler(event);
    checkAnswer('shop', route, answer);
    return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(answer.body) };
  };
  return {
    call,
    routes,
    sent,
    tables,
    products,
    held,
    ring,
    lines,
    put: (row: OrderItem | BasketItem) =>
      'contact' in row ? tables.orders.set(row.id, row) : tables.baskets.set(row.id, row),
    pass: (ms: number) => {
      nowMs += ms;
    },
    now: () => nowMs,
  };
};

export const orderBody = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  basketId,
  lines: [{ productId: 'assam-second-flush', quantity: 2, unitPrice: { amountMinor: 1250, currency: 'GBP' } }],
  contact: { name: 'Ada', email: 'Ada@Example.com' },
  address: { line1: '1 High Street', city: 'Leeds', postcode: 'LS1 1AA', country: 'GB' },
  ...overrides,
});
