import * as z from 'zod';
import { fieldChangeSchema, staffDeeds } from '#dead-letters';
import { keptAddressSchema, keptContactSchema, shortLineSchema } from '#order';
import { moveTargets, rejectionReasons, storedStatuses } from '#order-states';
import { keptImageSchema } from '#product';
import { moneySchema, timeSchema } from '#schemas';

/**
 * The rows of the tables, as stored. Each carries a schema number (A6). docs/data.md tells which access pattern each
 * key and index serves and what it costs.
 */
export const itemSchemaNumber = 1;

/** products, sort key `offer` (E1): below 1 KB, the only row that a sale touches. */
export const offerItemSchema = z.object({
  id: z.string(),
  part: z.literal('offer'),
  schema: z.int(),
  name: z.string(),
  category: z.string(),
  /** Minor units of the deployment's currency. A number, so that the decrement can condition on it (D1). */
  priceMinor: z.int(),
  currency: z.string(),
  stock: z.int(),
  /** Counts staff edits: what an edit checks. */
  version: z.int(),
  /** Counts every write, and orders frames. A new row starts at the server's milliseconds. */
  rev: z.int(),
  archived: z.boolean(),
  /** The last eight edit ids: a repeated edit succeeds (E2). */
  editIds: z.array(z.string()),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  /** The last edit by staff, which a sale does not move. Rows of the first release lack both until they are edited. */
  editedAt: timeSchema.optional(),
  editedBy: z.string().optional(),
});

/** products, sort key `details`: texts and pictures. A change raises the offer's rev in the same transaction. */
export const detailsItemSchema = z.object({
  id: z.string(),
  part: z.literal('details'),
  schema: z.int(),
  description: z.string(),
  images: z.array(keptImageSchema),
});

/** baskets: registers of C2. Stamps are packed texts (stamps.ts), so that thirty lines stay near 2 KB. */
export const basketItemSchema = z.object({
  id: z.string(),
  schema: z.int(),
  rev: z.int(),
  // plain-keys: the row of a basket; lines are read as pairs into a Map (basketStateOf), and written as a Map.
  lines: z.record(z.string(), z.object({ quantity: z.int(), stamp: z.string() })),
  clear: z.string().optional(),
  updatedAt: timeSchema,
  /** Key of the index `touched`: "0".."3". */
  touchedShard: z.string(),
  /** Sort key of `touched`: the hour of the last change and the id, so that most folds leave the index alone. */
  touchedAt: z.string(),
  /** TTL, seconds. */
  expiresAt: z.int(),
});

/** orders: the evidence that an order was applied. No TTL, no delete (D7). */
export const orderItemSchema = z.object({
  id: z.string(),
  schema: z.int(),
  number: z.string(),
  rev: z.int(),
  bodyHash: z.string(),
  basketId: z.string(),
  status: z.enum(storedStatuses),
  reason: z.enum(rejectionReasons).optional(),
  shortLines: z.array(shortLineSchema).optional(),
  lines: z.array(
    z.object({
      productId: z.string(),
      name: z.string().optional(),
      quantity: z.int(),
      priceMinor: z.int(),
      /** The basket line's stamp, packed. */
      stamp: z.string().optional(),
    }),
  ),
  totalMinor: z.int(),
  currency: z.string(),
  contact: keptContactSchema,
  address: keptAddressSchema,
  acceptedAt: timeSchema,
  /** When the row was first written (placed or rejected). */
  placedAt: timeSchema,
  /** Every state with its time and, for moves, the move id (E3). */
  history: z.array(
    z.object({
      status: z.enum(storedStatuses),
      at: timeSchema,
      moveId: z.string().optional(),
      by: z.string().optional(),
    }),
  ),
  refusedMove: z
    .object({ status: z.enum(moveTargets), reason: z.string(), at: timeSchema, moveId: z.string() })
    .optional(),
  /** The last twenty refused move ids: a repeat of a refused move is never judged again (E3). */
  refusedMoveIds: z.array(z.string()).optional(),
  correlationId: z.string(),
  /** Key of the index `recent`: "0".."3"; sort key `recentAt` = placedAt#id. */
  recentShard: z.string(),
  recentAt: z.string(),
  /** Key of the sparse index `open`: "placed#0".."shipped#3"; removed when the order is settled. */
  openShard: z.string().optional(),
  /** Key of the index `by-email`: HMAC-SHA256 of the lower-case address, made at accept. */
  emailHash: z.string(),
});

/** operations: a dead letter (G3). Key `dead-letter#<id>`, sort key `letter`. */
export const deadLetterItemSchema = z.object({
  pk: z.string(),
  sk: z.literal('letter'),
  schema: z.int(),
  /** Key of the index `by-kind`: open letters are apart, so that the list to work from stays small. */
  kind: z.enum(['dead-letter', 'dead-letter-settled']),
  id: z.string(),
  queue: z.string(),
  reason: z.string(),
  /** What went wrong, without personal data. */
  detail: z.string(),
  /** The message body as received. */
  payload: z.string(),
  /** The payload was too large for a row: this is its beginning, and it cannot be sent again. */
  isCut: z.boolean().optional(),
  attempt: z.int(),
  receives: z.int(),
  status: z.enum(['open', 'requeued', 'discarded']),
  firstSeenAt: timeSchema,
  lastSeenAt: timeSchema,
  correlationId: z.string(),
  /** Who redrove or discarded it last, when and why. */
  settled: z.object({ at: timeSchema, by: z.string(), reason: z.string() }).optional(),
  /** TTL of a settled letter, seconds: it may hold a name and an address. Open ones never expire. */
  expiresAt: z.int().optional(),
});

/**
 * operations: a letter was redriven or discarded. Key `dead-letter#<id>`, sort key `redrive#<attempt>` or
 * `discard#<attempt>`: once, however often it is asked.
 */
export const letterActItemSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  schema: z.int(),
  kind: z.enum(['redrive', 'discard']),
  letterId: z.string(),
  queue: z.string(),
  attempt: z.int(),
  reason: z.string(),
  staffName: z.string(),
  /** Sort key of the index `by-kind`: when it was done. */
  lastSeenAt: timeSchema,
  correlationId: z.string(),
});

/** operations: a move of an order was applied or refused. Key `move#<orderId>`, sort key: the move id. */
export const moveActItemSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  schema: z.int(),
  kind: z.literal('move'),
  orderId: z.string(),
  moveId: z.string(),
  status: z.enum(moveTargets),
  outcome: z.enum(['applied', 'refused']),
  /** Why it was refused. */
  reason: z.string().optional(),
  by: z.enum(['staff', 'shopper']),
  staffName: z.string().optional(),
  /** Sort key of the index `by-kind`: when it was settled. */
  lastSeenAt: timeSchema,
  correlationId: z.string(),
});

/**
 * operations: what staff asked for and the queue took, until it is stored (E5). Key `pending#<record>`, sort key `pending`:
 * one for each record. It is written before the message is sent, and tells then that it was.
 */
export const pendingActItemSchema = z.object({
  pk: z.string(),
  sk: z.literal('pending'),
  schema: z.int(),
  /** `order/<id>` or `basket/<id>`. */
  record: z.string(),
  /** The id of the move, the packed stamp of a clear: what the record knows once it is stored. */
  actId: z.string(),
  /** Of a move: the status that was asked for. */
  status: z.enum(moveTargets).optional(),
  staffName: z.string(),
  since: timeSchema,
  correlationId: z.string(),
  /** The queue has taken it. Absent: somebody is sending it, or died over it. */
  sent: z.literal(true).optional(),
  /** TTL, seconds: one day longer than a message may wait. */
  expiresAt: z.int(),
});

/**
 * operations: something else that staff did, for GET /activity. Key `staff-act#<what it is about>`, sort key `<at>#<id>`. Stock,
 * moves and letters have rows of their own.
 */
export const staffDeedItemSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  schema: z.int(),
  kind: z.enum(staffDeeds),
  /** The product, the basket, the table; of the switches nothing. */
  about: z.string().optional(),
  /** What was changed, by name; values where they are short. */
  changes: z.array(fieldChangeSchema).optional(),
  staffName: z.string(),
  /** Sort key of the index `by-kind`: when it was done. */
  lastSeenAt: timeSchema,
  correlationId: z.string(),
});

/** operations: the ledger of stock edits (E2). Key `stock-edit#<productId>`, sort key `<at>#<editId>`. */
export const stockEditItemSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  schema: z.int(),
  kind: z.literal('stock-edit'),
  productId: z.string(),
  editId: z.string(),
  /** Units added (negative: taken away). The opening stock is the first edit. */
  delta: z.int(),
  reason: z.string(),
  staffName: z.string(),
  at: timeSchema,
  /** Sort key of the index `by-kind`: the same time. Rows of the first release lack it and are not listed. */
  lastSeenAt: timeSchema.optional(),
  correlationId: z.string(),
});

/** operations: what a worker instance did of late (B1). Key `lease#<queue>`, sort key: the instance. Live for 10 s. */
export const leaseItemSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  schema: z.int(),
  queue: z.enum(['orders', 'baskets', 'moves']),
  /** When it was written, ms since 1970. */
  atMs: z.int(),
  /** The window that the counts below cover, ms. */
  windowMs: z.int().nonnegative(),
  /** Messages settled in the window. */
  applied: z.int().nonnegative(),
  /** Successful writes to the queue's tables in the window, and the ops folded or orders committed by them. */
  writes: z.int().nonnegative(),
  /** Per table of the topology: units used and calls throttled in the window, the pacer's rate, the measured capacity. */
  // plain-keys: tables of topology.json.
  tables: z.record(
    z.string(),
    z.object({
      used: z.number().nonnegative(),
      throttled: z.int().nonnegative(),
      /** WCU/s that this instance allows itself; absent on-demand before a measure. */
      rate: z.number().nonnegative().optional(),
      /** WCU/s of the whole table; absent on-demand. */
      capacity: z.number().nonnegative().optional(),
    }),
  ),
  /** When the oldest message in hand was accepted, ms since 1970; absent when none is in hand. */
  oldestSentAtMs: z.int().optional(),
  /** TTL, seconds. */
  expiresAt: z.int(),
});

/** operations: what staff have switched (one row, key `switches`). A row or field that is absent: everything runs. */
export const switchesItemSchema = z.object({
  pk: z.literal('switches'),
  sk: z.literal('switches'),
  schema: z.int(),
  /** The shop takes no orders: 503 orders-paused. */
  ordersPaused: z.boolean().default(false),
  /** The back office may only look: 503 admin-read-only. */
  adminReadOnly: z.boolean().default(false),
  /** Names of event sources of the topology that are paused. */
  sourcesPaused: z.array(z.string()).default([]),
  changedAt: timeSchema.optional(),
  changedBy: z.string().optional(),
});

/** connections: one row per (topic, connection) and the connection's own row under `connection/{id}` (H2). */
export const connectionItemSchema = z.object({
  topic: z.string(),
  connectionId: z.string(),
  schema: z.int(),
  audience: z.enum(['shop', 'staff']),
  connectedAt: timeSchema,
  /** Own row only: the topics taken so far, at most 20. */
  topics: z.array(z.string()).optional(),
  /** TTL, seconds: 2 h 10 min after connecting (H3). Rows past it are filtered on read. */
  expiresAt: z.int(),
});

/** A product in the catalogue snapshot: everything a list shows but the number of units. */
export const snapshotProductSchema = z.object({
  id: z.string(),
  rev: z.int(),
  version: z.int(),
  name: z.string(),
  category: z.string(),
  description: z.string(),
  price: moneySchema,
  level: z.enum(['in', 'low', 'out']),
  images: z.array(keptImageSchema),
  archived: z.boolean(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  editedAt: timeSchema.optional(),
});

/** views: the head of the catalogue snapshot. `chunks` maps a chunk's number to its rev, so that readers fetch what changed. */
export const snapshotHeadItemSchema = z.object({
  pk: z.literal('catalogue'),
  sk: z.literal('head'),
  schema: z.int(),
  rev: z.int(),
  // plain-keys: names of chunk rows, which are ours.
  chunks: z.record(z.string(), z.int()),
  /** Fingerprint of the (product, rev) pairs that the last rev announced: a replayed batch finds itself and writes nothing. */
  announced: z.string().optional(),
});

/** views: one chunk of the snapshot: the products whose id hashes to it. */
export const snapshotChunkItemSchema = z.object({
  pk: z.literal('catalogue'),
  sk: z.string(),
  schema: z.int(),
  rev: z.int(),
  products: z.array(snapshotProductSchema),
});

export type OfferItem = z.infer<typeof offerItemSchema>;
export type DetailsItem = z.infer<typeof detailsItemSchema>;
export type BasketItem = z.infer<typeof basketItemSchema>;
export type OrderItem = z.infer<typeof orderItemSchema>;
export type DeadLetterItem = z.infer<typeof deadLetterItemSchema>;
export type LetterActItem = z.infer<typeof letterActItemSchema>;
export type MoveActItem = z.infer<typeof moveActItemSchema>;
export type LeaseItem = z.infer<typeof leaseItemSchema>;
export type SwitchesItem = z.infer<typeof switchesItemSchema>;
export type StaffDeedItem = z.infer<typeof staffDeedItemSchema>;
export type PendingActItem = z.infer<typeof pendingActItemSchema>;
export type StockEditItem = z.infer<typeof stockEditItemSchema>;
export type ConnectionItem = z.infer<typeof connectionItemSchema>;
export type SnapshotProduct = z.infer<typeof snapshotProductSchema>;
export type SnapshotHeadItem = z.infer<typeof snapshotHeadItemSchema>;
export type SnapshotChunkItem = z.infer<typeof snapshotChunkItemSchema>;

/** What was done, as `operations` keeps it for GET /activity. */
export type ActivityItem = LetterActItem | MoveActItem | StockEditItem | StaffDeedItem;
/** What staff asked for, without the members that only the row needs. */
export type StaffAct = Omit<PendingActItem, 'pk' | 'sk' | 'schema' | 'expiresAt'>;
/** A settled move, for GET /activity. `at` is ISO 8601. */
export type SettledMove = Omit<MoveActItem, 'pk' | 'sk' | 'schema' | 'kind' | 'lastSeenAt'> & { readonly at: string };
