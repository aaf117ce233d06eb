/**
 * The system on one page: what there is, who may do what to it, who calls whom. `npm run topology` writes topology.json, which the
 * one-machine cloud, Terraform, the policies and the documents read; a test fails when that is stale. A grant names a table, an
 * index, a queue or a secret of this page, or it does not compile.
 */
import {
  apiFunction,
  type Capacity,
  drains,
  fifoQueue,
  follows,
  grantsOn,
  index,
  onDemand,
  routes,
  standardQueue,
  table,
  wholeIndex,
  withDeadLetters,
  worker,
} from './scripts/topology/builders.ts';

/** Provisioned, so that there is a capacity that the pacer can keep to and the lever can move. Units a second. */
const provisioned: Capacity = {
  local: { write: 50, read: 500 },
  dev: { write: 5, read: 25 },
  staging: { write: 50, read: 250 },
  prod: { write: 200, read: 1000 },
};

const tables = {
  /** A product is two rows: `offer` (price, stock: what a sale touches) and `details`. No index, so a sale costs its table alone. */
  products: table(['id', 'part'], { capacity: provisioned, stream: true }),
  /** One row a basket; staff list those touched last, by shards of an hour. */
  baskets: table(['id'], {
    capacity: provisioned,
    stream: true,
    ttl: 'expiresAt',
    indexes: { touched: index(['touchedShard', 'touchedAt']) },
  }),
  /** The evidence of every order: no TTL, no delete. */
  orders: table(['id'], {
    capacity: provisioned,
    stream: true,
    indexes: {
      recent: index(['recentShard', 'recentAt'], 'status'),
      open: index(['openShard', 'recentAt']),
      'by-number': index(['number']),
      'by-email': index(['emailHash', 'recentAt']),
    },
  }),
  /** Who listens to what: a row for each topic of each socket. */
  connections: table(['topic', 'connectionId'], {
    capacity: onDemand,
    ttl: 'expiresAt',
    indexes: { 'by-connection': index(['connectionId']) },
  }),
  /** Leases, attempt marks, dead letters, activity, the ledger of stock edits, switches. */
  operations: table(['pk', 'sk'], {
    capacity: onDemand,
    ttl: 'expiresAt',
    indexes: { 'by-kind': wholeIndex(['kind', 'lastSeenAt']) },
  }),
  /** Read models that streams keep: the catalogue as lists show it, tallies. */
  views: table(['pk', 'sk'], { capacity: onDemand }),
};

/** Visibility is six time-outs of the consumer, as AWS advises. */
const queues = {
  ...withDeadLetters({
    orders: standardQueue(90),
    /** Group: the basket. */
    baskets: fifoQueue(60),
    /** Staff moves and cancellations. Group: the order. */
    moves: fifoQueue(60),
    /** Somebody watches the meters: push them for a while. */
    watches: fifoQueue(72),
  }),
  /** Records of a stream that its consumer gave up. */
  'stream-failures': standardQueue(90),
};

const buckets = {
  storefront: { purpose: 'site', readers: ['shop-site'], versioned: true },
  admin: { purpose: 'site', readers: ['admin-site'], versioned: true },
  /** Uploads come in, are checked, and are copied to where everybody sees them. */
  images: {
    purpose: 'images',
    publicPrefixes: ['public/'],
    prefixes: { 'incoming/': { expireDays: 1 }, 'public/': {} },
    uploadOrigins: ['admin'],
    versioned: false,
  },
};

const secrets = {
  'receipt-keys': {
    purpose: 'Signs order receipts. JSON: {current, keys: {kid: base64}}; retired keys keep verifying.',
    shape: 'key-ring',
  },
  'email-index-key': {
    purpose: 'Keys the hash under which staff find orders by e-mail address.',
    shape: 'key',
  },
  'origin-secret': { purpose: 'CloudFront proves itself to the shop API. JSON: {current, next?}.', shape: 'key-ring' },
};

const { rows, queries, sends, measures, reads, objects, posts } = grantsOn(tables, queues, secrets);

/** What several functions may do alike. */
const readsViews = rows('views', 'GetItem', 'BatchGetItem');
const readsSwitches = rows('operations', 'GetItem');
const readsLoad = rows('operations', 'GetItem', 'Query');
const keepsRecords = rows('operations', 'PutItem', 'UpdateItem', 'GetItem', 'Query');
/** What staff asked for is written down until it is stored (E5). */
const keepsActs = rows('operations', 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem');
const tellsStaff = [rows('connections', 'Query'), posts];
const tellsListeners = [rows('connections', 'Query', 'DeleteItem', 'GetItem'), posts];

const functions = {
  // The shop's API. Its accept path writes to no table of the shop.
  'shop-catalogue': apiFunction({
    entry: 'src/handlers/shop-catalogue.ts',
    timeoutSeconds: 10,
    memoryMb: 512,
    concurrency: 4,
    grants: [readsSwitches, readsViews, rows('products', 'Query', 'GetItem', 'BatchGetItem'), reads('origin-secret')],
  }),
  'shop-baskets': apiFunction({
    entry: 'src/handlers/shop-baskets.ts',
    timeoutSeconds: 10,
    concurrency: 4,
    grants: [
      readsLoad,
      rows('baskets', 'GetItem', 'DescribeTable'),
      readsViews,
      sends('baskets'),
      measures('baskets'),
      reads('origin-secret'),
    ],
  }),
  'shop-orders': apiFunction({
    entry: 'src/handlers/shop-orders.ts',
    timeoutSeconds: 10,
    concurrency: 4,
    grants: [
      rows('products', 'DescribeTable'),
      rows('orders', 'GetItem', 'DescribeTable'),
      readsLoad,
      sends('orders'),
      sends('moves'),
      measures('orders'),
      reads('receipt-keys'),
      reads('email-index-key'),
      reads('origin-secret'),
    ],
  }),

  // The back office's API.
  'admin-products': apiFunction({
    entry: 'src/handlers/admin-products.ts',
    timeoutSeconds: 15,
    concurrency: 2,
    grants: [
      readsViews,
      rows('products', 'Query', 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      rows('operations', 'GetItem', 'PutItem'),
    ],
  }),
  'admin-orders': apiFunction({
    entry: 'src/handlers/admin-orders.ts',
    timeoutSeconds: 15,
    concurrency: 2,
    grants: [
      keepsActs,
      ...tellsStaff,
      rows('orders', 'GetItem', 'BatchGetItem'),
      queries('orders', 'recent'),
      queries('orders', 'open'),
      queries('orders', 'by-number'),
      queries('orders', 'by-email'),
      sends('moves'),
      reads('email-index-key'),
    ],
  }),
  'admin-baskets': apiFunction({
    entry: 'src/handlers/admin-baskets.ts',
    timeoutSeconds: 15,
    concurrency: 2,
    grants: [
      keepsActs,
      ...tellsStaff,
      rows('baskets', 'GetItem', 'BatchGetItem'),
      queries('baskets', 'touched'),
      readsViews,
      sends('baskets'),
    ],
  }),
  'admin-uploads': apiFunction({
    entry: 'src/handlers/admin-uploads.ts',
    timeoutSeconds: 20,
    memoryMb: 512,
    concurrency: 2,
    grants: [
      readsSwitches,
      objects('images/incoming/*', 'PutObject', 'GetObject', 'DeleteObject'),
      objects('images/public/*', 'PutObject'),
      objects('images', 'ListBucket'),
    ],
  }),
  'admin-operations': apiFunction({
    entry: 'src/handlers/admin-operations.ts',
    timeoutSeconds: 15,
    concurrency: 2,
    grants: [
      rows('operations', 'GetItem', 'Query', 'PutItem', 'UpdateItem'),
      ...(['products', 'baskets', 'orders'] as const).map((name) => rows(name, 'DescribeTable', 'UpdateTable')),
      ...(['orders', 'baskets', 'moves'] as const).map(measures),
    ],
  }),
  'admin-dead-letters': apiFunction({
    entry: 'src/handlers/admin-dead-letters.ts',
    timeoutSeconds: 15,
    concurrency: 2,
    grants: [
      rows('operations', 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'),
      queries('operations', 'by-kind'),
      rows('orders', 'PutItem'),
      ...(['orders', 'baskets', 'moves'] as const).map(sends),
      ...tellsStaff,
    ],
  }),
  socket: apiFunction({
    entry: 'src/handlers/socket.ts',
    timeoutSeconds: 10,
    concurrency: 4,
    grants: [
      sends('watches'),
      rows('connections', 'PutItem', 'DeleteItem', 'UpdateItem', 'GetItem', 'BatchWriteItem', 'Query'),
      queries('connections', 'by-connection'),
    ],
  }),

  // Queue consumers: never faster than the table.
  'fold-baskets': worker({
    entry: 'src/handlers/fold-baskets.ts',
    timeoutSeconds: 10,
    concurrency: 4,
    grants: [rows('baskets', 'GetItem', 'BatchGetItem', 'PutItem', 'DescribeTable'), keepsRecords, ...tellsStaff],
  }),
  'place-orders': worker({
    entry: 'src/handlers/place-orders.ts',
    timeoutSeconds: 15,
    concurrency: 4,
    grants: [
      rows('orders', 'BatchGetItem', 'GetItem', 'PutItem', 'DescribeTable'),
      rows('products', 'BatchGetItem', 'GetItem', 'UpdateItem', 'DescribeTable'),
      keepsRecords,
      sends('baskets'),
      ...tellsStaff,
    ],
  }),
  'move-orders': worker({
    entry: 'src/handlers/move-orders.ts',
    timeoutSeconds: 10,
    concurrency: 2,
    grants: [
      rows('orders', 'GetItem', 'UpdateItem', 'PutItem', 'DescribeTable'),
      rows('products', 'UpdateItem', 'DescribeTable'),
      rows('operations', 'PutItem', 'UpdateItem', 'DeleteItem', 'GetItem', 'Query'),
      ...tellsStaff,
    ],
  }),
  'keep-dead-letters': worker({
    entry: 'src/handlers/keep-dead-letters.ts',
    timeoutSeconds: 10,
    memoryMb: 128,
    // Four queues call it, two at a time each.
    concurrency: 8,
    grants: [rows('operations', 'UpdateItem'), ...tellsStaff],
  }),
  'push-operations': worker({
    entry: 'src/handlers/push-operations.ts',
    timeoutSeconds: 12,
    memoryMb: 128,
    concurrency: 2,
    grants: [
      readsLoad,
      ...(['products', 'baskets', 'orders'] as const).map((name) => rows(name, 'DescribeTable')),
      ...(['orders', 'baskets', 'moves'] as const).map(measures),
      ...tellsListeners,
    ],
  }),

  // Stream readers: one bundle broadcasts, one function a stream.
  'broadcast-products': worker({
    entry: 'src/handlers/broadcast.ts',
    timeoutSeconds: 15,
    concurrency: 1,
    grants: [...tellsListeners, rows('products', 'GetItem', 'BatchGetItem')],
  }),
  'broadcast-baskets': worker({
    entry: 'src/handlers/broadcast.ts',
    timeoutSeconds: 15,
    concurrency: 1,
    grants: [...tellsListeners, readsViews],
  }),
  'broadcast-orders': worker({
    entry: 'src/handlers/broadcast.ts',
    timeoutSeconds: 15,
    concurrency: 1,
    grants: tellsListeners,
  }),
  'views-products': worker({
    entry: 'src/handlers/views-products.ts',
    timeoutSeconds: 30,
    memoryMb: 512,
    concurrency: 1,
    grants: [
      rows('views', 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      rows('products', 'GetItem', 'BatchGetItem'),
      ...tellsListeners,
    ],
  }),
};

/** A frame is of use for minutes: a record that cannot be told by then is given up, however often it was tried (H5). */
const untilStale = { retries: 10_000, recordAgeSeconds: 900 };
/** A list that misses a change stays wrong: a day, which is what the stream keeps. */
const untilGone = { retries: 10_000, recordAgeSeconds: 86_400 };

const eventSources = {
  'place-orders': drains('orders', 'place-orders'),
  'fold-baskets': drains('baskets', 'fold-baskets'),
  'move-orders': drains('moves', 'move-orders'),
  'keep-orders-dead': drains('orders-dead', 'keep-dead-letters'),
  'keep-baskets-dead': drains('baskets-dead', 'keep-dead-letters'),
  'keep-moves-dead': drains('moves-dead', 'keep-dead-letters'),
  'keep-stream-failures': drains('stream-failures', 'keep-dead-letters'),
  'push-operations': drains('watches', 'push-operations'),
  'broadcast-products': follows('products', 'broadcast-products', { batchSize: 1000, ...untilStale }),
  'broadcast-baskets': follows('baskets', 'broadcast-baskets', { batchSize: 100, ...untilStale }),
  'broadcast-orders': follows('orders', 'broadcast-orders', { batchSize: 100, ...untilStale }),
  'views-products': follows('products', 'views-products', { batchSize: 500, windowSeconds: 1, ...untilGone }),
};

export const topology = {
  schema: 1,
  service: 'penstock',
  /** One currency a deployment. */
  currency: 'GBP',
  tables,
  queues,
  buckets,
  secrets,
  functions,
  routes: {
    shop: [
      ...routes('shop-catalogue', 'GET /api/health', 'GET /api/products', 'GET /api/products/{id}'),
      ...routes(
        'shop-baskets',
        'POST /api/baskets',
        'GET /api/baskets/{id}',
        'DELETE /api/baskets/{id}',
        'PUT /api/baskets/{id}/lines/{productId}',
        'DELETE /api/baskets/{id}/lines/{productId}',
      ),
      ...routes('shop-orders', 'POST /api/orders', 'GET /api/orders/{id}', 'POST /api/orders/{id}/cancellation'),
    ],
    admin: [
      ...routes(
        'admin-products',
        'GET /products',
        'POST /products',
        'GET /products/{id}',
        'PUT /products/{id}',
        'DELETE /products/{id}',
      ),
      ...routes('admin-orders', 'GET /orders', 'GET /orders/{id}', 'PUT /orders/{id}'),
      ...routes('admin-baskets', 'GET /baskets', 'GET /baskets/{id}', 'DELETE /baskets/{id}'),
      ...routes('admin-uploads', 'POST /uploads', 'POST /uploads/{id}/complete'),
      ...routes(
        'admin-dead-letters',
        'GET /activity',
        'GET /dead-letters',
        'GET /dead-letters/{id}',
        'POST /dead-letters/redrive',
        'POST /dead-letters/discard',
      ),
      ...routes('admin-operations', 'GET /operations', 'PUT /operations/capacity', 'PUT /operations/switches'),
    ],
  },
  /** Limits of API Gateway: ten idle minutes, two hours of life. `answers`: what the function returns reaches the socket. */
  socket: {
    selection: '$request.body.action',
    idleSeconds: 600,
    lifeSeconds: 7200,
    routes: {
      $connect: { function: 'socket', answers: false },
      $disconnect: { function: 'socket', answers: false },
      subscribe: { function: 'socket', answers: true },
      unsubscribe: { function: 'socket', answers: true },
      ping: { function: 'socket', answers: true },
      $default: { function: 'socket', answers: true },
    },
  },
  eventSources,
  /** When somebody is woken. What each alarm means: docs/runbook.md. */
  alarms: {
    applyAgeSeconds: 900,
    applyAgeEscalateSeconds: 86_400,
    throttledShare: 0.05,
    throttledMinutes: 10,
    deadLetters: 1,
    functionErrors: 1,
    apiReadThrottles: 1,
    apiFaults: 5,
    iteratorAgeSeconds: 60,
  },
};
