import { orderIdPattern } from '@penstock/domain/ids';
import { limits } from '@penstock/domain/limits';
import { isOpen } from '@penstock/domain/order-states';
import type { OrderListing, OrderReader } from '@penstock/platform/order-reader';
import { existingOrder, type MoveOrderDeps, makeMoveOrder } from '#flows/admin-order-moves';
import { orderInOfficeView, readOrdersInOffice } from '#flows/waiting-moves';
import type { Routes } from '#http/api';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { listAnswer, listQueryOf, noSuchIndex } from '#http/list-answer';
import { isPicked, matchesOrder, type OrderFilter, orderListsServed, readOrderFilter } from '#http/order-filter';

export type AdminOrdersDeps = MoveOrderDeps & {
  readonly orders: OrderReader;
  readonly emailHashOf: (email: string) => Promise<string>;
};

/** GET /orders: one index serves each list; what it does not tell is picked from the rows. */
const makeListOrders =
  (deps: AdminOrdersDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const query = listQueryOf(call);
    if (query.sort !== undefined && query.sort.field !== 'placedAt')
      throw noSuchIndex(`The sort by ${query.sort.field}`, orderListsServed);
    const filter = readOrderFilter(query.filter);
    const newestFirst = query.sort?.descending ?? true;
    if (filter.ids === undefined && !isPicked(filter)) {
      const { ids, total, capped } = await deps.orders.list(await listingOf(deps, filter), newestFirst, query.range[1]);
      const orders = await readOrdersInOffice(deps, ids.slice(query.range[0], query.range[1] + 1));
      return listAnswer('orders', orders.map(orderInOfficeView), query, total, capped);
    }
    const found =
      filter.ids === undefined
        ? await deps.orders.list(await listingOf(deps, filter), newestFirst, limits.totalExactMax - 1)
        : { ids: filter.ids.filter((id) => orderIdPattern.test(id)), capped: false };
    const orders = (await readOrdersInOffice(deps, found.ids)).filter(({ row }) => matchesOrder(row, filter));
    const page = orders.slice(query.range[0], query.range[1] + 1).map(orderInOfficeView);
    return listAnswer('orders', page, query, orders.length, found.capped);
  };

const listingOf = async ({ emailHashOf }: AdminOrdersDeps, filter: OrderFilter): Promise<OrderListing> => {
  const { number, email, statuses, fromTime, toTime } = filter;
  const times = { ...(fromTime === undefined ? {} : { fromTime }), ...(toTime === undefined ? {} : { toTime }) };
  if (number !== undefined) return { by: 'number', number };
  if (email !== undefined) return { by: 'email', emailHash: await emailHashOf(email), ...times };
  if (statuses === undefined) return { by: 'recent', ...times };
  return statuses.every(isOpen) ? { by: 'open', statuses, ...times } : { by: 'recent', statuses, ...times };
};

/** GET /orders/{id}. */
const makeShowStaffOrder =
  (deps: AdminOrdersDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const order = await existingOrder(deps, call);
    return { status: 200, body: orderInOfficeView(order), log: { orderId: order.row.id } };
  };

/** The calls of the function admin-orders, by route. */
export const adminOrdersRoutes = (deps: AdminOrdersDeps): Routes => ({
  'GET /orders': makeListOrders(deps),
  'GET /orders/{id}': makeShowStaffOrder(deps),
  'PUT /orders/{id}': makeMoveOrder(deps),
});
