import { warmSnapshot } from '@penstock/platform/snapshot-reader';
import { composeAdminProducts, composeShared } from '#compose';
import { adminProductsRoutes } from '#flows/admin-products';
import { makeStaffApi } from '#http/staff-api';

const shared = composeShared(process.env);
const deps = composeAdminProducts(shared);
// While the functions start, not when somebody waits for the list.
void warmSnapshot(deps.snapshot);

export const handler = makeStaffApi(shared, adminProductsRoutes(deps));
