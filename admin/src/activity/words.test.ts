import type { Activity } from '@penstock/domain/dead-letters';
import { expect, it } from 'vitest';
import { activitySubject, activityText } from '#activity/words.ts';

const act = { id: 'a', at: '2026-01-01T00:00:00.000Z', by: 'Sam', correlationId: 'c' };
const orderId = '01hv3k9zq7c2x5t8w4n6m0p1rs';
const product = { name: 'assam', path: '/products/assam' };
const order = { name: 'Order 01HV3-K9ZQ7', path: `/orders/${orderId}/show` };
const price = { field: 'price', from: '£44.00', to: '£55.00' };

it.each<[Partial<Activity>, { readonly name: string; readonly path?: string }, string]>([
  [{ kind: 'stock-edit', productId: 'assam', delta: 3 }, product, '+3 in stock'],
  [{ kind: 'stock-edit', productId: 'assam', delta: -2 }, product, '-2 in stock'],
  [{ kind: 'move', orderId, status: 'packed', outcome: 'applied' }, order, 'packed'],
  [{ kind: 'move', orderId, status: 'cancelled', outcome: 'refused' }, order, 'cancelled was refused'],
  [
    { kind: 'redrive', queue: 'orders', letterId: 'orders.m 1' },
    { name: 'Letter', path: '/dead-letters/orders.m%201/show' },
    'sent again (orders)',
  ],
  [
    { kind: 'product-edit', productId: 'assam', changes: [price, { field: 'description' }] },
    product,
    'price £44.00 to £55.00, description',
  ],
  [{ kind: 'product-archive', productId: 'assam' }, product, 'archived'],
  [
    { kind: 'basket-clear', basketId: 'dGhpcyBpcyBhIGJhc2tldA' },
    { name: 'Basket dGhpcy…', path: '/baskets/dGhpcyBpcyBhIGJhc2tldA/show' },
    'clear asked for',
  ],
  [
    { kind: 'capacity', table: 'orders', changes: [{ field: 'writePerSecond', to: '25' }] },
    { name: 'Capacity of orders', path: '/operations' },
    '25 WCU/s',
  ],
  [
    { kind: 'switches', changes: [{ field: 'ordersPaused', to: 'true' }] },
    { name: 'Switches', path: '/operations' },
    'the shop takes no orders',
  ],
])('says %j in one line, with a way to it', (some, subject, text) => {
  const whole = { ...act, ...some } as Activity;
  expect([activitySubject(whole), activityText(whole)]).toEqual([subject, text]);
});
