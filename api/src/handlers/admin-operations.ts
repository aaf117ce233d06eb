import { composeAdminOperations, composeShared } from '#compose';
import { adminOperationsRoutes } from '#flows/admin-operations';
import { makeStaffApi } from '#http/staff-api';

const shared = composeShared(process.env);
const deps = composeAdminOperations(shared);

export const handler = makeStaffApi(shared, adminOperationsRoutes(deps));
