import type { Activity, StaffDeed } from '@penstock/domain/dead-letters';
import type { ActivityItem } from '@penstock/domain/items';

/** What was done, in one shape whatever it was; `reason` is the person's own, of a refused move the refusal's. */
export const activityView = (item: ActivityItem): Activity => {
  const { correlationId } = item;
  const id = Buffer.from(JSON.stringify([item.pk, item.sk])).toString('base64url');
  if (item.kind === 'stock-edit') {
    const { productId, delta, reason, staffName: by, at } = item;
    return { id, kind: item.kind, at, by, reason, productId, delta, correlationId };
  }
  if (item.kind === 'move') {
    const { orderId, status, outcome, reason, lastSeenAt: at } = item;
    const by = item.staffName ?? item.by;
    return {
      id,
      kind: item.kind,
      at,
      by,
      ...(reason === undefined ? {} : { reason }),
      orderId,
      status,
      outcome,
      correlationId,
    };
  }
  if (!('letterId' in item)) {
    const { kind, about, changes, staffName: by, lastSeenAt: at } = item;
    return {
      id,
      kind,
      at,
      by,
      ...subjectOf(kind, about),
      ...(changes === undefined ? {} : { changes }),
      correlationId,
    };
  }
  const { kind, lastSeenAt: at, staffName: by, reason, letterId, queue } = item;
  return { id, kind, at, by, reason, letterId, queue, correlationId };
};

const subjectOf = (kind: StaffDeed, about: string | undefined): Pick<Activity, 'productId' | 'basketId' | 'table'> => {
  if (about === undefined) return {};
  if (kind === 'basket-clear') return { basketId: about };
  return kind === 'capacity' ? { table: about } : { productId: about };
};
