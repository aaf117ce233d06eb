import { composeAdminUploads, composeShared } from '#compose';
import { makeCompleteUpload, makeRequestUpload } from '#flows/admin-uploads';
import { makeStaffApi } from '#http/staff-api';

const shared = composeShared(process.env);
const deps = composeAdminUploads(shared);

export const handler = makeStaffApi(shared, {
  'POST /uploads': makeRequestUpload(deps),
  'POST /uploads/{id}/complete': makeCompleteUpload(deps),
});
