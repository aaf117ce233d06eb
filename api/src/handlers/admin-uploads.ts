import { composeAdminUploads, composeShared } from '#compose';
import { adminUploadsRoutes } from '#flows/admin-uploads';
import { makeStaffApi } from '#http/staff-api';

const shared = composeShared(process.env);
const deps = composeAdminUploads(shared);

export const handler = makeStaffApi(shared, adminUploadsRoutes(deps));
