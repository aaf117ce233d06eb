import { createHash } from 'node:crypto';
import type {
  ActivityItem,
  BasketItem,
  OfferItem,
  OrderItem,
  SnapshotProduct,
  StaffAct,
  StaffDeedItem,
  StockEditItem,
} from '@penstock/domain/items';
import type { BasketOpMessage, MoveOrderMessage } from '@penstock/domain/messages';
import { makeLogger } from '@penstock/platform/logger';
import { operationsView } from '@penstock/platform/operations-view';
import type { OrderListing } from '@penstock/platform/order-reader';
import type { RedrivenMessage } from '@penstock/platform/redrive-queue';
import { allRunning, type Switches } from '@penstock/platform/switches';
import { makeDeskTables, makeMemoryDeadLetterDesk } from '@penstock/platform/testing/memory-dead-letter-desk';
import { makeMemoryPendingActs } from '@penstock/platform/testing/memory-pending-acts';
import { makeMemoryProductStore } from '@penstock/platform/testing/memory-product-store';
import { makeMemoryBasketStore, makeMemoryTables } from '@penstock/platform/testing/memory-tables';
import { makeServerStamps } from '#core/server-stamps';
import { type AdminActivityDeps, adminActivityRoutes } from '#flows/admin-activity';
import { type AdminBasketsDeps, adminBasketsRoutes } from '#flows/admin-baskets';
import { type AdminDeadLettersDeps, adminDeadLettersRoutes } from '#flows/admin-dead-letters';
import { type AdminOperationsDeps, adminOperationsRoutes } from '#flows/admin-operations';
import { type AdminOrdersDeps, adminOrdersRoutes } from '#flows/admin-orders';
import { type AdminProductsDeps, adminProductsRoutes } from '#flows/admin-products';
import { type AdminUploadsDeps, adminUploadsRoutes } from '#flows/admin-uploads';
import { makeStaffApi } from '#http/staff-api';
import { checkAnswer } from '#testing/check-answer';
import { adminEvent, type CallParts } from '#testing/events';

export const adminOrigin = 'http://127.0.0.1:4101';
const startMs = Date.parse('2025-11-23T10:00:00.000Z');

export type Overrides = {
  readonly products?: Partial<AdminProductsDeps>;
  readonly orders?: Partial<AdminOrdersDeps>;
  readonly baskets?: Partial<AdminBasketsDeps>;
  readonly uploads?: Partial<AdminUploadsDeps>;
  readonly switches?: Partial<Switches>;
  readonly operations?: Partial<AdminOperationsDeps>;
  readonly deadLetters?: Partial<AdminDeadLettersDeps>;
  readonly activity?: AdminActivityDeps;
};

/** The functions of the admin API behind their one door, on collaborators in memory. Every answer is held against the API page. */
export const makeAdminRoom = (overrides: Overrides = {}) => {
  let nowMs = startMs;
  let minted = 0;
  const clock = { now: () => nowMs };
  const lines: string[] = [];
  const logger = makeLogger({
    functionName: 'admin',
    level: 'debug',
    now: clock.now,
    write: (line) => lines.push(line),
  });
  const deeds: StaffDeedItem[] = [];
  const tables = { ...makeMemoryTables(), details: new Map(), ledger: [] as StockEditItem[], deeds };
  const log = { note: async (deed: StaffDeedItem) => void deeds.push(deed) };
  const snapshotProducts: SnapshotProduct[] = [];
  const listings: OrderListing[] = [];
  const sent = { ops: [] as BasketOpMessage[], moves: [] as MoveOrderMessage[] };
  const desk = makeDeskTables();
  const redriven: RedrivenMessage[] = [];
  const told: string[] = [];
  const acts: ActivityItem[] = [];
  const waiting = new Map<string, StaffAct>();
  const refetched: string[] = [];
  const incoming = new Map<string, Uint8Array>();
  const published = new Map<string, Uint8Array>();
  const mintId = () => {
    minted += 1;
    return `00000000-0000-4000-8000-${String(minted).padStart(12, '0')}`;
  };
  const snapshot = { read: async () => ({ rev: 7, products: snapshotProducts }) };
  const rowsOf = <Row>(rows: ReadonlyMap<string, Row>, ids: readonly string[]) =>
    ids.flatMap((id) => rows.get(id) ?? []);
  const allOf = (rows: ReadonlyMap<string, unknown>) => ({ ids: [...rows.keys()], total: rows.size, capped: false });
  const switches = { read: async () => ({ ...allRunning, ...overrides.switches }) };
  const pendingParts = {
    pending: makeMemoryPendingActs(waiting),
    letters: {
      readMany: async (ids: readonly string[]) =>
        new Map(rowsOf(desk.letters, ids).map(({ id, status }) => [id, status] as const)),
    },
    news: { tell: async (topics: readonly string[]) => void refetched.push(...topics) },
    logger,
    clock,
  };
  const routes = {
    ...adminProductsRoutes({
      snapshot,
      products: makeMemoryProductStore(tables),
      currency: 'GBP',
      clock,
      mintId,
      ...overrides.products,
    }),
    ...adminOrdersRoutes({
      orders: {
        read: async (id) => tables.orders.get(id),
        readMany: async (ids) => rowsOf(tables.orders, ids),
        list: async (listing) => {
          listings.push(listing);
          return allOf(tables.orders);
        },
      },
      ...pendingParts,
      queue: { sendMove: async (message) => void sent.moves.push(message) },
      emailHashOf: async (email) => `hash of ${email}`,
      mintId,
      ...overrides.orders,
    }),
    ...adminBasketsRoutes({
      ...pendingParts,
      log,
      mintId,
      baskets: makeMemoryBasketStore(tables),
      lists: { list: async () => allOf(tables.baskets), readMany: async (ids) => rowsOf(tables.baskets, ids) },
      queue: { sendBasketOp: async (message) => void sent.ops.push(message) },
      snapshot,
      serverStamp: makeServerStamps(clock.now, 'instance'),
      ...overrides.baskets,
    }),
    ...adminUploadsRoutes({
      images: {
        signUpload: async ({ id, contentType }) => ({
          url: 'http://objects/',
          fields: { key: `incoming/${id}`, contentType },
        }),
        readIncoming: async (id) => incoming.get(id),
        publish: async (name, bytes) => void published.set(name, bytes),
        dropIncoming: async (id) => void incoming.delete(id),
      },
      sha256Hex: (bytes) => createHash('sha256').update(bytes).digest('hex'),
      mintId,
      ...overrides.uploads,
    }),
    ...adminOperationsRoutes({
      operations: { read: async () => operationsAt(nowMs) },
      lever: { set: async () => 'done' },
      canMoveCapacity: true,
      switches: { ...switches, set: async (change) => ({ ...allRunning, ...change }) },
      log,
      clock,
      mintId,
      logger,
      ...overrides.operations,
    }),
    ...adminDeadLettersRoutes({
      desk: makeMemoryDeadLetterDesk(desk),
      queue: { send: async (message) => void redriven.push(message) },
      news: { tell: async (letters) => void told.push(...letters.map(({ id }) => id)) },
      clock,
      logger,
      ...overrides.deadLetters,
    }),
    ...adminActivityRoutes({
      activity: {
        list: async (kinds) => {
          const keys = acts
            .filter(({ kind }) => kinds.includes(kind))
            .map(({ pk, sk, lastSeenAt = '' }) => ({ pk, sk, lastSeenAt }));
          return { keys, total: keys.length, capped: false };
        },
        readMany: async (keys) =>
          keys.flatMap(({ pk, sk }) => acts.find((act) => act.pk === pk && act.sk === sk) ?? []),
      },
      ...overrides.activity,
    }),
  };
  const settings = { staffNetworks: ['127.0.0.1/32', '10.20.0.0/16'], adminOrigins: [adminOrigin] };
  const handler = makeStaffApi({ settings, logger, clock, mintId, switches }, routes);
  const call = async (route: string, parts: CallParts = {}) => {
    const isWrite = !route.startsWith('GET ');
    const headers = { ...(isWrite ? { 'X-Staff-Name': 'Ada' } : {}), ...parts.headers };
    const answer = await handler(adminEvent(route, { ...parts, headers }));
    checkAnswer('admin', route, answer);
    return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(answer.body) };
  };
  return {
    call,
    routes,
    sent,
    desk,
    redriven,
    told,
    acts,
    deeds,
    waiting,
    refetched,
    tables,
    snapshotProducts,
    listings,
    incoming,
    published,
    lines,
    putOffer: (row: OfferItem) => tables.offers.set(row.id, row),
    putOrder: (row: OrderItem) => tables.orders.set(row.id, row),
    putBasket: (row: BasketItem) => tables.baskets.set(row.id, row),
    pass: (ms: number) => {
      nowMs += ms;
    },
    now: () => nowMs,
  };
};

/** The meters of an idle shop. */
const operationsAt = (atMs: number) => {
  const quiet = { visible: 0, inFlight: 0, delayed: 0 };
  return operationsView({
    atMs,
    depths: { orders: quiet, baskets: quiet, moves: quiet },
    leases: [],
    capacity: { products: 50, baskets: 50, orders: 50 },
    switches: allRunning,
    canMoveCapacity: true,
  });
};
