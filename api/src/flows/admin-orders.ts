import { orderIdPattern, readOrderNumber } from '@penstock/domain/ids';
import { openStatuses, type StoredStatus, storedStatuses } from '@penstock/domain/order-states';
import type { OrderListing, OrderReader } from '@penstock/platform/order-reader';
import * as z from 'zod';
import { existingOrder, type MoveOrderDeps, makeMoveOrder } from '#flows/admin-order-moves';
import { orderInOfficeView, readOrdersInOffice } from '#flows/waiting-moves';
import type { Routes } from '#http/api';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { idsOfFilter, listAnswer, listQueryOf, noSuchIndex } from '#http/list-answer';
import { fieldProblem } from '#http/problem-error';

export type AdminOrdersDeps = MoveOrderDeps & {
  readonly orders: OrderReader;
  readonly emailHashOf: (email: string) => Promise<string>;
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
      const orders = await readOrdersInOffice(
        deps,
        ids.filter((id) => orderIdPattern.test(id)),
      );
      return listAnswer('orders', orders.map(orderInOfficeView), query, orders.length);
    }
    const listing = await listingOf(deps, query.filter);
    const { ids: found, total, capped } = await deps.orders.list(listing, query.sort?.descending ?? true);
    const orders = await readOrdersInOffice(deps, found.slice(query.range[0], query.range[1] + 1));
    return listAnswer('orders', orders.map(orderInOfficeView), query, total, capped);
  };

/** GET /orders/{id}. */
const makeShowStaffOrder =
  (deps: AdminOrdersDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const order = await existingOrder(deps, call);
    return { status: 200, body: orderInOfficeView(order), log: { orderId: order.row.id } };
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
  const number = typeof value === 'string' ? readOrderNumber(value) : undefined;
  if (number === undefined)
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

/** The calls of the function admin-orders, by route. */
export const adminOrdersRoutes = (deps: AdminOrdersDeps): Routes => ({
  'GET /orders': makeListOrders(deps),
  'GET /orders/{id}': makeShowStaffOrder(deps),
  'PUT /orders/{id}': makeMoveOrder(deps),
});
