import { composeAdminBaskets, composeShared } from '#compose';
import { makeClearStaffBasket, makeListBaskets, makeShowStaffBasket } from '#flows/admin-baskets';
import { makeStaffApi } from '#http/staff-api';

const shared = composeShared(process.env);
const deps = composeAdminBaskets(shared);

export const handler = makeStaffApi(shared, {
  'GET /baskets': makeListBaskets(deps),
  'GET /baskets/{id}': makeShowStaffBasket(deps),
  'DELETE /baskets/{id}': makeClearStaffBasket(deps),
});
