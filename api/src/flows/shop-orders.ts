import type { Clock } from '@penstock/domain/clock';
import { idempotencyKeyPattern, orderIdOf, orderIdPattern, orderNumberOf } from '@penstock/domain/ids';
import type { OrderItem } from '@penstock/domain/items';
import { messageSchemaNumber } from '@penstock/domain/messages';
import {
  type AcceptedOrder,
  type AwaitedOrder,
  type MismatchedOrder,
  type PlaceOrder,
  placeOrderSchemaIn,
} from '@penstock/domain/order';
import { mergeOrderLines, orderBodyHash } from '@penstock/domain/order-body';
import { canShopperCancel, isReached } from '@penstock/domain/order-states';
import { type Receipt, readReceipt, signReceipt } from '@penstock/domain/receipt';
import { publicOrderView, receiptOrderView } from '@penstock/domain/views';
import type { DeadLetterReader } from '@penstock/platform/dead-letter-reader';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { OrderReader } from '@penstock/platform/order-reader';
import type { Secrets } from '@penstock/platform/secrets';
import type { SwitchReader } from '@penstock/platform/switches';
import type { WaitEstimate, WaitReading } from '@penstock/platform/wait-estimate';
import type { WriteQueue } from '@penstock/platform/write-queue';
import type { Admission } from '#core/admission';
import type { Crypto, ReadKeyRing } from '#core/crypto';
import { checkStamps } from '#flows/check-stamps';
import { sendWrite, type WriteToSend } from '#flows/send-write';
import type { Routes } from '#http/api';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { readBody } from '#http/body';
import { emailKey } from '#http/email-key';
import { editIdOf } from '#http/guards';
import { fieldProblem, ProblemError } from '#http/problem-error';

export type ShopOrdersDeps = {
  readonly queue: Pick<WriteQueue, 'sendOrder' | 'sendMove'>;
  readonly orders: Pick<OrderReader, 'read'>;
  readonly letters: DeadLetterReader;
  readonly wait: WaitEstimate;
  readonly admission: Admission;
  readonly switches: Pick<SwitchReader, 'read'>;
  readonly keyRing: ReadKeyRing;
  readonly secrets: Secrets;
  readonly crypto: Crypto;
  readonly currency: string;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** An order accepted for longer than this says so (G5). */
const delayedAfterMs = 10 * 60_000;
/** When to ask again while staff have paused something: how long it lasts, nobody knows. */
const pausedRetrySeconds = 30;
/** POST /orders (A1 to A3, A5): checks, one message, 202 with a receipt. No table of the shop is touched. */
const makeAcceptOrder =
  (deps: ShopOrdersDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const key = keyOf(call);
    const sent = readBody(call, placeOrderSchemaIn(deps.currency));
    checkStamps(stampsOf(sent), 'orderLine', deps.clock.now());
    const body = checkedBody(sent);
    const id = await orderIdOf(deps.crypto.sha256, body.basketId, key);
    const bodyHash = await orderBodyHash(deps.crypto.sha256, body);
    const location = `/api/orders/${id}`;
    const [ring, indexKey, wait, switches] = await Promise.all([
      deps.keyRing(),
      deps.secrets.read('email-index-key'),
      deps.wait.read(),
      deps.switches.read(),
    ]);
    const answerWith = async (acceptedAtMs: number, estimatedWaitMs: number | undefined): Promise<ApiAnswer> => ({
      status: 202,
      body: {
        id,
        number: orderNumberOf(id),
        status: 'accepted',
        receipt: await signReceipt(deps.crypto.hmac, ring, { id, bodyHash, acceptedAtMs }),
        acceptedAt: new Date(acceptedAtMs).toISOString(),
        ...(estimatedWaitMs === undefined ? {} : { estimatedWaitMs }),
      } satisfies AcceptedOrder,
      headers: { location, ...retryAfterOf(estimatedWaitMs) },
      log: { orderId: id },
    });
    const refusal = refusalOf(deps, wait, switches.ordersPaused, location);
    if (refusal !== undefined) {
      const stored = await storedOrder(deps, id, correlationId);
      if (stored === undefined) throw refusal;
      return answerWith(Date.parse(stored.acceptedAt), 0);
    }
    const acceptedAtMs = deps.clock.now();
    const message = {
      schema: messageSchemaNumber,
      kind: 'place-order' as const,
      correlationId,
      sentAtMs: acceptedAtMs,
      attempt: 0,
      orderId: id,
      bodyHash,
      acceptedAt: new Date(acceptedAtMs).toISOString(),
      ...body,
      lines: [...body.lines],
      emailHash: await deps.crypto.hmac(indexKey, emailKey(body.contact.email)),
    };
    await sendWrite(unconfirmed(deps, id, correlationId), () => deps.queue.sendOrder(message));
    return answerWith(acceptedAtMs, wait.kind === 'paused' ? undefined : wait.waitMs);
  };

/** Why a new order is not taken now, before anything is promised: switched off, or too deep a backlog (B3). */
const refusalOf = (
  { admission }: ShopOrdersDeps,
  wait: WaitReading,
  ordersPaused: boolean,
  location: string,
): ProblemError | undefined => {
  const headers = { location };
  if (ordersPaused)
    return new ProblemError('orders-paused', {
      detail: 'Not confirmed: the shop takes no orders at the moment. Send the same body and key again later.',
      retryAfterSeconds: pausedRetrySeconds,
      headers,
    });
  const verdict = admission(wait);
  if (verdict.admit) return undefined;
  return new ProblemError('backlog-too-deep', {
    detail: 'Not confirmed: too many orders are waiting. Send the same body and key again after Retry-After.',
    retryAfterSeconds: verdict.retryAfterSeconds,
    headers,
  });
};

/**
 * The one look at a table before an order is refused (A5): it may be stored from an earlier attempt, and then its sender
 * gets the normal answer. A look that fails proves nothing: the refusal says "not confirmed", which stays true.
 */
const storedOrder = async (deps: ShopOrdersDeps, id: string, correlationId: string): Promise<OrderItem | undefined> => {
  try {
    return await deps.orders.read(id);
  } catch (error) {
    deps.logger.warn('look-before-refusal-failed', { orderId: id, correlationId, ...errorFields(error) });
    return undefined;
  }
};

/** GET /orders/{id}: the row, else what the receipt proves, else 404 (contract, section 2; A4, G5). */
const makeShowOrder =
  (deps: ShopOrdersDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const id = orderIdOfCall(call);
    const receipt = await receiptOf(deps, call, id);
    const row = await deps.orders.read(id);
    if (row !== undefined) return { status: 200, body: storedAnswer(row, receipt), log: { orderId: id } };
    if (receipt === undefined) throw orderNotFound();
    const wait = await deps.wait.read();
    return {
      status: 200,
      body: await awaited(deps, receipt),
      headers: retryAfterOf(wait.kind === 'paused' ? pausedRetrySeconds * 1000 : wait.waitMs),
      log: { orderId: id },
    };
  };

/** POST /orders/{id}/cancellation: the holder of the receipt may cancel while the order is placed (E3). */
const makeCancelOrder =
  (deps: ShopOrdersDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const id = orderIdOfCall(call);
    const moveId = editIdOf(call, deps.crypto.randomId);
    const receipt = await receiptOf(deps, call, id);
    if (receipt === undefined) throw orderNotFound();
    const row = await deps.orders.read(id);
    if (row === undefined)
      throw new ProblemError('illegal-transition', {
        detail: 'The order is not confirmed yet: it can be cancelled once it is placed.',
        current: await awaited(deps, receipt),
      });
    if (row.bodyHash !== receipt.bodyHash)
      throw new ProblemError('illegal-transition', {
        detail: 'This receipt belongs to another body: it may not cancel.',
        current: mismatchOf(id),
      });
    // Cancelled already, by this call, another tab or staff: what was asked for is so.
    const isRepeat = isReached(row.status, 'cancelled') || row.history.some((entry) => entry.moveId === moveId);
    if (!canShopperCancel(row.status) && !isRepeat)
      throw new ProblemError('illegal-transition', {
        detail: `The order is ${row.status}: it can be cancelled only while it is placed.`,
        current: publicOrderView(row),
      });
    const move = {
      schema: messageSchemaNumber,
      kind: 'move-order' as const,
      correlationId,
      sentAtMs: deps.clock.now(),
      attempt: 0,
      orderId: id,
      moveId,
      to: 'cancelled' as const,
      statusSeen: row.status,
      by: 'shopper' as const,
    };
    if (!isRepeat) await sendWrite(unconfirmed(deps, id, correlationId), () => deps.queue.sendMove(move));
    return {
      status: 202,
      body: receiptOrderView(row),
      headers: { location: `/api/orders/${id}`, 'retry-after': '1' },
      log: { orderId: id },
    };
  };

const keyOf = (call: ApiCall): string => {
  const key = call.headers['idempotency-key'];
  if (key === undefined || key === '') throw new ProblemError('idempotency-key-missing');
  if (!idempotencyKeyPattern.test(key)) throw new ProblemError('idempotency-key-invalid');
  return key;
};

const conflictWords = {
  'price-differs': 'The same product stands above at another price.',
  'stamp-differs': 'The same product stands above with another stamp.',
  'too-many': 'Together with the line above, this is more than 99.',
} as const;

const stampsOf = ({ lines }: PlaceOrder) =>
  lines.flatMap(({ stamp }, index) =>
    stamp === undefined ? [] : [{ stamp, pointer: `/lines/${index}/stamp/wallMs` }],
  );

/** The body as it is hashed and sent: equal products merged (A1). */
const checkedBody = (body: PlaceOrder): PlaceOrder => {
  const merged = mergeOrderLines(body.lines);
  if (!merged.ok)
    throw fieldProblem(
      `/lines/${merged.conflict.index}/productId`,
      conflictWords[merged.conflict.reason],
      'Send one line a product.',
    );
  return { ...body, lines: [...merged.lines] };
};

const unconfirmed = ({ logger }: ShopOrdersDeps, orderId: string, correlationId: string): WriteToSend => ({
  logger,
  detail: 'Not confirmed: the queue did not answer. Send the same body and key again.',
  location: `/api/orders/${orderId}`,
  log: { orderId, correlationId },
});

const orderIdOfCall = (call: ApiCall): string => {
  const id = call.parameters.id ?? '';
  if (!orderIdPattern.test(id))
    throw fieldProblem(
      '/id',
      'An order id is 26 lower-case Crockford characters.',
      'Check the address.',
      'parameter-invalid',
    );
  return id;
};

/** The receipt of the header, when it is ours and about this order; anything else counts as none. */
const receiptOf = async (deps: ShopOrdersDeps, call: ApiCall, id: string): Promise<Receipt | undefined> => {
  const text = call.headers['order-receipt'];
  if (text === undefined) return undefined;
  const receipt = await readReceipt(deps.crypto.hmac, await deps.keyRing(), text.trim());
  return receipt?.id === id ? receipt : undefined;
};

const storedAnswer = (row: OrderItem, receipt: Receipt | undefined) => {
  if (receipt === undefined) return publicOrderView(row);
  return receipt.bodyHash === row.bodyHash ? receiptOrderView(row) : mismatchOf(row.id);
};

const mismatchOf = (id: string): MismatchedOrder => ({ id, status: 'rejected', reason: 'payload-mismatch' });

const awaited = async (deps: ShopOrdersDeps, { id, acceptedAtMs }: Receipt): Promise<AwaitedOrder> => {
  const isHeld = await deps.letters.isHeld(id);
  const isDelayed = deps.clock.now() - acceptedAtMs > delayedAfterMs;
  return {
    id,
    number: orderNumberOf(id),
    rev: 0,
    status: isHeld ? 'held' : 'accepted',
    timeline: [{ status: 'accepted', at: new Date(acceptedAtMs).toISOString() }],
    ...(isDelayed ? { delayed: true as const } : {}),
  };
};

const orderNotFound = (): ProblemError => new ProblemError('order-not-found');

/** No header without a stated wait: a paused queue promises no time (B2). */
const retryAfterOf = (waitMs: number | undefined): Readonly<Record<string, string>> =>
  waitMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) };

/** The calls of the function shop-orders, by route. */
export const shopOrdersRoutes = (deps: ShopOrdersDeps): Routes => ({
  'POST /api/orders': makeAcceptOrder(deps),
  'GET /api/orders/{id}': makeShowOrder(deps),
  'POST /api/orders/{id}/cancellation': makeCancelOrder(deps),
});
