import type { Activity } from '@penstock/domain/dead-letters';
import { expect, it } from 'vitest';
import { activityText } from '#activity/words.ts';

const act = { id: 'a', at: '2026-01-01T00:00:00.000Z', by: 'Sam', correlationId: 'c' };

it.each<[Partial<Activity>, string]>([
  [{ kind: 'stock-edit', productId: 'assam', delta: 3 }, 'assam: +3 in stock'],
  [{ kind: 'stock-edit', productId: 'assam', delta: -2 }, 'assam: -2 in stock'],
  [
    { kind: 'move', orderId: '01hv3k9zq7c2x5t8w4n6m0p1rs', status: 'packed', outcome: 'applied' },
    'Order 01HV3-K9ZQ7: packed',
  ],
  [
    { kind: 'move', orderId: '01hv3k9zq7c2x5t8w4n6m0p1rs', status: 'cancelled', outcome: 'refused' },
    'Order 01HV3-K9ZQ7: cancelled was refused',
  ],
  [{ kind: 'redrive', queue: 'orders' }, 'Letter sent again (orders)'],
])('says %j in one line', (some, text) => {
  expect(activityText({ ...act, ...some } as Activity)).toBe(text);
});
