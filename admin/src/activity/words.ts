import type { Activity, ActivityKind, FieldChange } from '@penstock/domain/dead-letters';
import { orderNumberOf } from '@penstock/domain/ids';
import { statusWords } from '#orders/words.ts';

export const kindWords: Readonly<Record<ActivityKind, string>> = {
  'stock-edit': 'Stock edited',
  move: 'Order moved',
  redrive: 'Letter sent again',
  discard: 'Letter discarded',
  'product-create': 'Product made',
  'product-edit': 'Product edited',
  'product-archive': 'Product archived',
  'product-restore': 'Product put back on sale',
  'basket-clear': 'Basket cleared',
  capacity: 'Capacity moved',
  switches: 'Switched',
};

/** What was done to its record, in the words behind the record's name: "packed", "+3 in stock". */
export const activityText = (act: Activity): string => {
  const { kind, changes = [] } = act;
  if (kind === 'stock-edit') return `${(act.delta ?? 0) < 0 ? '' : '+'}${act.delta ?? 0} in stock`;
  if (kind === 'move') {
    const status = act.status === undefined ? '' : statusWords[act.status].toLowerCase();
    return `${status}${act.outcome === 'refused' ? ' was refused' : ''}`;
  }
  if (kind === 'product-create') return 'made';
  if (kind === 'product-edit') return changes.map(changeText).join(', ');
  if (kind === 'product-archive') return 'archived';
  if (kind === 'product-restore') return 'put back on sale';
  if (kind === 'basket-clear') return 'clear asked for';
  if (kind === 'capacity') return `${changes[0]?.to ?? ''} WCU/s`;
  if (kind === 'switches') return changes.map(switchText).join(', ');
  return `${kind === 'redrive' ? 'sent again' : 'discarded'} (${act.queue ?? ''})`;
};

export type ActivitySubject = { readonly name: string; readonly path?: string };

/** What it was done to, and where that is. */
export const activitySubject = (act: Activity): ActivitySubject => {
  const { orderId, productId, basketId, letterId, table } = act;
  if (letterId !== undefined) return { name: 'Letter', path: `/dead-letters/${encodeURIComponent(letterId)}/show` };
  if (orderId !== undefined) return { name: `Order ${orderNumberOf(orderId)}`, path: `/orders/${orderId}/show` };
  if (productId !== undefined) return { name: productId, path: `/products/${productId}` };
  if (basketId !== undefined) return { name: `Basket ${basketId.slice(0, 6)}…`, path: `/baskets/${basketId}/show` };
  return { name: table === undefined ? 'Switches' : `Capacity of ${table}`, path: '/operations' };
};

/** "price £44.00 to £55.00", "description". */
const changeText = ({ field, from, to }: FieldChange): string =>
  to === undefined ? field : from === undefined ? `${field} ${to}` : `${field} ${from} to ${to}`;

const switchText = ({ field, to }: FieldChange): string => {
  if (field === 'ordersPaused') return to === 'true' ? 'the shop takes no orders' : 'the shop takes orders';
  if (field === 'adminReadOnly') return to === 'true' ? 'the office is read-only' : 'the office is open for writes';
  return `${field} ${to ?? ''}`;
};
