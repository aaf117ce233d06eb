import { composeAdminDeadLetters, composeShared } from '#compose';
import { adminActivityRoutes } from '#flows/admin-activity';
import { adminDeadLettersRoutes } from '#flows/admin-dead-letters';
import { makeStaffApi } from '#http/staff-api';

const shared = composeShared(process.env);
const deps = composeAdminDeadLetters(shared);

export const handler = makeStaffApi(shared, { ...adminDeadLettersRoutes(deps), ...adminActivityRoutes(deps) });
