import type { Activity, StaffDeed } from '@penstock/domain/dead-letters';
import type { ActivityItem } from '@penstock/domain/items';
import * as z from 'zod';

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

/** The key that the id of an act stands for; undefined for a text that is none. */
export const activityKey = (id: string): { readonly pk: string; readonly sk: string } | undefined => {
  try {
    const key = keySchema.parse(JSON.parse(Buffer.from(id, 'base64url').toString()));
    return { pk: key[0], sk: key[1] };
  } catch {
    return undefined;
  }
};

const keySchema = z.tuple([z.string().min(1).max(1000), z.string().min(1).max(1000)]);
