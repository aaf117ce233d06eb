import type { ProblemCode } from '@penstock/domain/problems';
import type { Audience } from '@penstock/domain/topics';
import type { SocketCall } from '#core/socket-call';

/** What a client shows when it opens a socket. Browsers always send an Origin, tools such as wscat send none. */
export type SocketRequest = Pick<SocketCall, 'audience' | 'origin' | 'sourceIp'>;

export type SocketRules = {
  readonly shopOrigins: readonly string[];
  readonly adminOrigins: readonly string[];
  readonly isStaffNetwork: (address: string) => boolean;
};

export type Admission =
  | { readonly ok: true; readonly audience: Audience }
  | { readonly ok: false; readonly status: 400 | 403; readonly code: ProblemCode };

/**
 * Who may open a socket for which audience (H6). Staff: from a staff network, and from the back office's pages or a
 * tool; sockets ignore CORS, so without the Origin check any page opened inside the network could read orders.
 */
export const admitSocket = ({ audience, origin, sourceIp }: SocketRequest, rules: SocketRules): Admission => {
  if (audience !== 'shop' && audience !== 'staff') return { ok: false, status: 400, code: 'parameter-invalid' };
  if (audience === 'staff' && !rules.isStaffNetwork(sourceIp))
    return { ok: false, status: 403, code: 'network-not-allowed' };
  const origins = audience === 'staff' ? rules.adminOrigins : rules.shopOrigins;
  if (origin !== undefined && !origins.includes(origin)) return { ok: false, status: 403, code: 'origin-not-allowed' };
  return { ok: true, audience };
};
