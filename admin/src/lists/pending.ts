import type { PendingAct } from '@penstock/domain/pending';

/** While something waits in a queue its record is asked again, in case that the socket is away; more rarely in a long wait. */
export const pendingRefreshMs = (pending: PendingAct | undefined, nowMs = Date.now()): number | false => {
  if (pending === undefined) return false;
  return nowMs - Date.parse(pending.since) < 30_000 ? 2000 : 10_000;
};
