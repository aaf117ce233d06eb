import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Shared } from '#compose';
import { makeApi, type Routes } from '#http/api';
import { callOfRestApi } from '#http/api-call';
import { refuseWhileReadOnly, requireStaffNetwork, requireStaffWrite, staffCors } from '#http/guards';

type StaffShared = Pick<Shared, 'clock' | 'logger'> & {
  readonly switches: Pick<Shared['switches'], 'read'>;
  readonly mintId: () => string;
  readonly settings: Pick<Shared['settings'], 'staffNetworks' | 'adminOrigins'>;
};

/** A function of the admin API: the staff network first, then what a write needs, and CORS of the back office's origins. */
export const makeStaffApi = (shared: StaffShared, routes: Routes) =>
  makeApi<APIGatewayProxyEvent>({
    ...shared,
    read: callOfRestApi,
    guards: [
      requireStaffNetwork(shared.settings),
      requireStaffWrite(shared.settings),
      refuseWhileReadOnly(shared.switches),
    ],
    headers: staffCors(shared.settings),
    routes,
  });
