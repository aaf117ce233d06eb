import type { Clock } from '@penstock/domain/clock';
import { orderIdPattern } from '@penstock/domain/ids';
import type { OrderItem } from '@penstock/domain/items';
import { messageSchemaNumber } from '@penstock/domain/messages';
import { moveOrderSchema } from '@penstock/domain/order';
import { canMove, openStatuses, type StoredStatus, storedStatuses } from '@penstock/domain/order-states';
import { staffOrderView } from '@penstock/domain/views';
import type { OrderListing, OrderReader } from '@penstock/platform/order-reader';
import type { WriteQueue } from '@penstock/platform/write-queue';
import * as z from 'zod';
import type { Routes } from '#http/api';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { readJson } from '#http/body';
import { editIdOf, staffNameOf } from '#http/guards';
import { idsOfFilter, listAnswer, listQueryOf, noSuchIndex } from '#http/list-answer';
import { fieldProblem, ProblemError, parseOr } from '#http/problem-error';

export type AdminOrdersDeps = {
  readonly orders: OrderReader;
  readonly queue: Pick<WriteQueue, 'sendMove'>;
  readonly emailHashOf: (email: string) => Promise<string>;
  readonly clock: Clock;
  readonly mintId: () => string;
};

/** What the order list can be filtered and sorted by, for the sentence of no-such-index. */
export const orderListsServed =
  'Filter by status, by placedAt_gte and placedAt_lte (with or without a settled status), by number, by email, or by id, one of these at a time; sort by placedAt.';

/** GET /orders: exactly one index serves each list; getMany by ids, whole. */
const makeListOrders =
  (deps: AdminOrdersDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const query = listQueryOf(call);
    if (query.sort !== undefined && query.sort.field !== 'placedAt')
      throw noSuchIndex(`The sort by ${query.sort.field}`, orderListsServed);
    const ids = idsOfFilter(query.filter);
    if (ids !== undefined) {
      if (Object.keys(query.filter).length > 1)
        throw noSuchIndex('A filter by id together with others', orderListsServed);
      const rows = await deps.orders.readMany(ids.filter((id) => orderIdPattern.test(id)));
      return listAnswer('orders', rows.map(staffOrderView), query, rows.length);
    }
    const listing = await listingOf(deps, query.filter);
    const { ids: found, total, capped } = await deps.orders.list(listing, query.sort?.descending ?? true);
    const rows = await deps.orders.readMany(found.slice(query.range[0], query.range[1] + 1));
    return listAnswer('orders', rows.map(staffOrderView), query, total, capped);
  };

/** GET /orders/{id}. */
const makeShowStaffOrder =
  ({ orders }: AdminOrdersDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const row = await existing(orders, call);
    return { status: 200, body: staffOrderView(row), log: { orderId: row.id } };
  };

/** PUT /orders/{id}: a move that is legal as the order stands now is sent; 202 with the record and what is pending (E3). */
const makeMoveOrder =
  (deps: AdminOrdersDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const { status, statusSeen } = parseOr(moveOrderSchema, moveFields(readJson(call)), 'validation-failed');
    const moveId = editIdOf(call, deps.mintId);
    const row = await existing(deps.orders, call);
    const since = new Date(deps.clock.now()).toISOString();
    const isRepeat = row.history.some((entry) => entry.moveId === moveId);
    if (!isRepeat) {
      if (!canMove(row.status, status) || (statusSeen !== undefined && statusSeen !== row.status))
        throw illegal(row, status);
      await deps.queue
        .sendMove({
          schema: messageSchemaNumber,
          kind: 'move-order',
          correlationId,
          sentAtMs: deps.clock.now(),
          attempt: 0,
          orderId: row.id,
          moveId,
          to: status,
          statusSeen: row.status,
          by: 'staff',
          staffName: staffNameOf(call),
        })
        .catch((cause: unknown) => {
          throw new ProblemError('queue-unavailable', {
            detail: `Not confirmed: the queue did not answer (${cause instanceof Error ? cause.name : 'unknown'}). Try again.`,
            retryAfterSeconds: 1,
          });
        });
    }
    const body = { ...staffOrderView(row), ...(isRepeat ? {} : { pending: { status, since, correlationId } }) };
    return { status: 202, body, headers: { 'retry-after': '1' }, log: { orderId: row.id } };
  };

const listingOf = async (
  { emailHashOf }: AdminOrdersDeps,
  filter: Readonly<Record<string, unknown>>,
): Promise<OrderListing> => {
  const { status, number, email, placedAt_gte: from, placedAt_lte: to, ...unknown } = filter;
  const stranger = Object.keys(unknown)[0];
  if (stranger !== undefined) throw noSuchIndex(`The filter ${stranger}`, orderListsServed);
  if (number !== undefined) {
    if (Object.keys(filter).length > 1) throw noSuchIndex('A filter by number together with others', orderListsServed);
    return { by: 'number', number: numberOf(number) };
  }
  if (email !== undefined) {
    if (Object.keys(filter).length > 1) throw noSuchIndex('A filter by e-mail together with others', orderListsServed);
    return { by: 'email', emailHash: await emailHashOf(String(email)) };
  }
  const times = timesOf(from, to);
  if (status === undefined || status === '') return { by: 'recent', ...times };
  if (!isStored(status))
    throw noSuchIndex(
      `The status ${String(status)}`,
      `An order is stored as ${storedStatuses.join(', ')}. ${orderListsServed}`,
    );
  const isOpen = (openStatuses as readonly string[]).includes(status);
  if (isOpen && Object.keys(times).length === 0) return { by: 'open', status };
  return { by: 'recent', status, ...times };
};

const numberOf = (value: unknown): string => {
  const number = String(value).trim().toUpperCase();
  if (!/^[0-9A-Z]{5}-[0-9A-Z]{5}$/.test(number))
    throw fieldProblem(
      '/filter/number',
      'An order number reads like 01HV3-K9ZQ7.',
      'Give the whole number.',
      'parameter-invalid',
    );
  return number;
};

/** A day, all of it, or a time; keys hold times in UTC with milliseconds, and compare as texts. */
const timeFilterSchema = z.union([
  z.iso.date(),
  z.iso.datetime({ offset: true }).transform((time) => new Date(time).toISOString()),
]);

const timesOf = (from: unknown, to: unknown): { readonly fromTime?: string; readonly toTime?: string } => {
  const fromTime = timeOf('placedAt_gte', from);
  const toTime = timeOf('placedAt_lte', to);
  // The table refuses such a range as a fault. A day as the end holds all of its times.
  if (fromTime !== undefined && toTime !== undefined && fromTime > `${toTime}~`)
    throw fieldProblem(
      '/filter/placedAt_lte',
      'This is before placedAt_gte.',
      'Give a later time, or an earlier placedAt_gte.',
      'parameter-invalid',
    );
  return { ...(fromTime === undefined ? {} : { fromTime }), ...(toTime === undefined ? {} : { toTime }) };
};

const timeOf = (name: string, value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  const parsed = timeFilterSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw fieldProblem(
    `/filter/${name}`,
    'This is no date or time.',
    'Give an ISO 8601 date or time such as 2025-11-23 or 2025-11-23T10:00:00Z.',
    'parameter-invalid',
  );
};

const isStored = (status: unknown): status is StoredStatus => (storedStatuses as readonly unknown[]).includes(status);

/** react-admin sends the whole record: only these two say anything. */
const moveFields = (body: unknown): unknown => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const { status, statusSeen } = body as { status?: unknown; statusSeen?: unknown };
  return { status, ...(statusSeen === undefined ? {} : { statusSeen }) };
};

const illegal = (row: OrderItem, wanted: string): ProblemError =>
  new ProblemError('illegal-transition', {
    detail: `The order is ${row.status}: it cannot be ${wanted} from there, or it changed since you saw it.`,
    current: staffOrderView(row),
  });

const existing = async (orders: OrderReader, call: ApiCall): Promise<OrderItem> => {
  const id = call.parameters.id ?? '';
  const row = orderIdPattern.test(id) ? await orders.read(id) : undefined;
  if (row === undefined) throw new ProblemError('order-not-found', { detail: 'No order is stored under this id.' });
  return row;
};

/** The calls of the function admin-orders, by route. */
export const adminOrdersRoutes = (deps: AdminOrdersDeps): Routes => ({
  'GET /orders': makeListOrders(deps),
  'GET /orders/{id}': makeShowStaffOrder(deps),
  'PUT /orders/{id}': makeMoveOrder(deps),
});
