import { composeAdminBaskets, composeShared } from '#compose';
import { adminBasketsRoutes } from '#flows/admin-baskets';
import { makeStaffApi } from '#http/staff-api';

const shared = composeShared(process.env);
const deps = composeAdminBaskets(shared);

export const handler = makeStaffApi(shared, adminBasketsRoutes(deps));
