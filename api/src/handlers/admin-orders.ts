import { composeAdminOrders, composeSecrets, composeShared } from '#compose';
import { makeListOrders, makeMoveOrder, makeShowStaffOrder } from '#flows/admin-orders';
import { makeStaffApi } from '#http/staff-api';

const shared = composeShared(process.env);
const deps = composeAdminOrders(shared, composeSecrets(shared));

export const handler = makeStaffApi(shared, {
  'GET /orders': makeListOrders(deps),
  'GET /orders/{id}': makeShowStaffOrder(deps),
  'PUT /orders/{id}': makeMoveOrder(deps),
});
