import type { Activity, ActivityKind } from '@penstock/domain/dead-letters';
import { orderNumberOf } from '@penstock/domain/ids';
import { statusWords } from '#orders/words.ts';

export const kindWords: Readonly<Record<ActivityKind, string>> = {
  'stock-edit': 'Stock edited',
  move: 'Order moved',
  redrive: 'Letter sent again',
  discard: 'Letter discarded',
};

/** What was done, in one line. */
export const activityText = (act: Activity): string => {
  if (act.kind === 'stock-edit') {
    const delta = act.delta ?? 0;
    return `${act.productId ?? ''}: ${delta < 0 ? '' : '+'}${delta} in stock`;
  }
  if (act.kind === 'move') {
    const status = act.status === undefined ? '' : statusWords[act.status].toLowerCase();
    const number = act.orderId === undefined ? '' : orderNumberOf(act.orderId);
    return `Order ${number}: ${status}${act.outcome === 'refused' ? ' was refused' : ''}`;
  }
  return `${kindWords[act.kind]} (${act.queue ?? ''})`;
};
