import { composeAdminProducts, composeShared } from '#compose';
import { adminProductsRoutes } from '#flows/admin-products';
import { makeStaffApi } from '#http/staff-api';

const shared = composeShared(process.env);
const deps = composeAdminProducts(shared);

export const handler = makeStaffApi(shared, adminProductsRoutes(deps));
