import { composeAdminOrders, composeSecrets, composeShared } from '#compose';
import { adminOrdersRoutes } from '#flows/admin-orders';
import { makeStaffApi } from '#http/staff-api';

const shared = composeShared(process.env);
const deps = composeAdminOrders(shared, composeSecrets(shared));

export const handler = makeStaffApi(shared, adminOrdersRoutes(deps));
