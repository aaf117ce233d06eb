import { type AcceptedOp, type Basket, setLineSchema } from '@penstock/domain/basket';
import type { BasketOp } from '@penstock/domain/basket-fold';
import type { Clock } from '@penstock/domain/clock';
import { basketIdFrom, basketIdPattern, isProductId, reservedProductIds } from '@penstock/domain/ids';
import { messageSchemaNumber } from '@penstock/domain/messages';
import type { Stamp } from '@penstock/domain/stamps';
import { basketView } from '@penstock/domain/views';
import { basketHashOf } from '@penstock/platform/basket-hash';
import type { BasketStore } from '@penstock/platform/basket-store';
import type { Logger } from '@penstock/platform/logger';
import type { SnapshotReader } from '@penstock/platform/snapshot-reader';
import { RowUnreadable } from '@penstock/platform/stored-rows';
import type { WaitEstimate } from '@penstock/platform/wait-estimate';
import type { WriteQueue } from '@penstock/platform/write-queue';
import type { Admission } from '#core/admission';
import type { Crypto } from '#core/crypto';
import { checkStamps } from '#flows/check-stamps';
import { sendWrite } from '#flows/send-write';
import type { Routes } from '#http/api';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { readBody } from '#http/body';
import { fieldProblem, ProblemError } from '#http/problem-error';

export type ShopBasketsDeps = {
  readonly queue: Pick<WriteQueue, 'sendBasketOp'>;
  readonly baskets: Pick<BasketStore, 'read'>;
  readonly snapshot: Pick<SnapshotReader, 'read'>;
  readonly wait: WaitEstimate;
  readonly admission: Admission;
  readonly crypto: Pick<Crypto, 'randomBytes'>;
  readonly serverStamp: () => Stamp;
  readonly clock: Clock;
  readonly logger: Logger;
};

const snapshotAgeMs = 2000;

/** POST /baskets: an unguessable id; nothing is written (C1). */
const makeCreateBasket =
  ({ crypto }: ShopBasketsDeps) =>
  async (): Promise<ApiAnswer> => {
    const id = basketIdFrom(crypto.randomBytes(16));
    return {
      status: 201,
      body: { id, rev: 0, lines: [] } satisfies Basket,
      headers: { location: `/api/baskets/${id}` },
    };
  };

/** GET /baskets/{id}: read strongly; an id of which nothing is stored answers empty with rev 0 (C1). */
const makeShowBasket =
  (deps: ShopBasketsDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const id = basketIdOf(call);
    const log = { basketHash: basketHashOf(id) };
    const read = await deps.baskets.read(id);
    if (read.outcome === 'absent') return { status: 200, body: { id, rev: 0, lines: [] } satisfies Basket, log };
    if (read.outcome === 'found')
      return { status: 200, body: basketView(read.row, await archivedOf(deps.snapshot)), log };
    throw read.outcome === 'fault' ? read.error : new RowUnreadable('baskets');
  };

/** PUT /baskets/{id}/lines/{productId}: the line holds this many, as of this stamp (C2, C3). */
const makeSetLine =
  (deps: ShopBasketsDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const { quantity, stamp } = readBody(call, setLineSchema);
    if (stamp !== undefined) checkStamps([{ stamp, pointer: '/stamp/wallMs' }], 'op', deps.clock.now());
    return acceptOp(deps, call, correlationId, {
      line: productIdOf(call),
      quantity,
      stamp: stamp ?? deps.serverStamp(),
    });
  };

/** DELETE of a line: quantity 0. */
const makeRemoveLine =
  (deps: ShopBasketsDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> =>
    acceptOp(deps, call, correlationId, { line: productIdOf(call), quantity: 0, stamp: deps.serverStamp() });

/** DELETE of a basket: the clear op. */
const makeClearBasket =
  (deps: ShopBasketsDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> =>
    acceptOp(deps, call, correlationId, { clear: true, stamp: deps.serverStamp() });

const acceptOp = async (
  deps: ShopBasketsDeps,
  call: ApiCall,
  correlationId: string,
  op: BasketOp,
): Promise<ApiAnswer> => {
  const basketId = basketIdOf(call);
  const basketHash = basketHashOf(basketId);
  const location = `/api/baskets/${basketId}`;
  const wait = await deps.wait.read();
  const verdict = deps.admission(wait);
  if (!verdict.admit)
    throw new ProblemError('backlog-too-deep', {
      detail: 'Not confirmed: too many basket edits are waiting. Send the same again after Retry-After.',
      retryAfterSeconds: verdict.retryAfterSeconds,
      headers: { location },
    });
  const message = {
    schema: messageSchemaNumber,
    kind: 'basket-op' as const,
    correlationId,
    sentAtMs: deps.clock.now(),
    attempt: 0,
    basketId,
    op,
  };
  await sendWrite(
    {
      logger: deps.logger,
      detail: 'Not confirmed: the queue did not answer. Send the same again.',
      location,
      log: { basketHash, correlationId },
    },
    () => deps.queue.sendBasketOp(message),
  );
  const body: AcceptedOp =
    'clear' in op
      ? { basketId, quantity: 0, stamp: op.stamp, status: 'accepted' }
      : { basketId, productId: op.line, quantity: op.quantity, stamp: op.stamp, status: 'accepted' };
  return {
    status: 202,
    body,
    // A paused queue promises no time (B2).
    headers: {
      location,
      ...(wait.kind === 'paused' ? {} : { 'retry-after': String(Math.max(1, Math.ceil(wait.waitMs / 1000))) }),
    },
    log: { basketHash },
  };
};

const archivedOf = async (snapshot: Pick<SnapshotReader, 'read'>): Promise<ReadonlySet<string>> =>
  new Set(
    (await snapshot.read(snapshotAgeMs)).products.filter((product) => product.archived).map((product) => product.id),
  );

const basketIdOf = (call: ApiCall): string => {
  const id = call.parameters.id ?? '';
  if (!basketIdPattern.test(id))
    throw fieldProblem(
      '/id',
      'A basket id is 22 base64url characters.',
      'Take the id that POST /baskets returned.',
      'parameter-invalid',
    );
  return id;
};

const productIdOf = (call: ApiCall): string => {
  const id = call.parameters.productId ?? '';
  if (!isProductId(id))
    throw fieldProblem(
      '/productId',
      reservedProductIds.includes(id)
        ? `No product is called ${id}: the word is reserved.`
        : 'A product id is 3 to 64 lower-case letters, digits and hyphens.',
      'Take an id from GET /products.',
      'parameter-invalid',
    );
  return id;
};

/** The calls of the function shop-baskets, by route. */
export const shopBasketsRoutes = (deps: ShopBasketsDeps): Routes => ({
  'POST /api/baskets': makeCreateBasket(deps),
  'GET /api/baskets/{id}': makeShowBasket(deps),
  'DELETE /api/baskets/{id}': makeClearBasket(deps),
  'PUT /api/baskets/{id}/lines/{productId}': makeSetLine(deps),
  'DELETE /api/baskets/{id}/lines/{productId}': makeRemoveLine(deps),
});
