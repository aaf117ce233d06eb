import type { AwaitedOrder, Order } from '@penstock/domain/order';
import { orderStatuses, rejectionReasons } from '@penstock/domain/order-states';
import { describe, expect, it } from 'vitest';
import { explanationOf, headingOf, shortLineWords, stepsOf } from '#features/order/api/order-texts.ts';
import { mergeFrame } from '#features/order/api/use-order.ts';

const id = '01hv3k9zq7c2x5t8w4n6m0p1rs';
const at = '2026-11-23T10:00:00.000Z';
const order = (overrides: Partial<Order> = {}): Order => ({
  id,
  number: '01HV3-K9ZQ7',
  rev: 1,
  status: 'placed',
  lines: [],
  total: { amountMinor: 0, currency: 'GBP' },
  timeline: [
    { status: 'accepted', at },
    { status: 'placed', at },
  ],
  ...overrides,
});

const awaited: AwaitedOrder = { id, number: '01HV3-K9ZQ7', rev: 0, status: 'accepted', timeline: [] };

describe('the words of an order', () => {
  it('head the page with the state', () => {
    expect(orderStatuses.map((status) => headingOf(order({ status })))).toEqual([
      'Order accepted',
      'Held for a check',
      'Order placed',
      'Order refused',
      'Packed',
      'Shipped',
      'Delivered',
      'Cancelled',
    ]);
  });

  it('say the wait while there is one, and that the page may be closed', () => {
    expect(explanationOf(awaited, 38_000)).toBe(
      'Your order is saved. Placing it takes about 40 s. You can close this page.',
    );
    expect(explanationOf(awaited, -1)).toMatch(/a little longer/);
    expect(explanationOf({ ...awaited, delayed: true }, 0)).toMatch(/longer than usual/);
  });

  it.each(rejectionReasons)('say what %s means, and that nothing was ordered', (reason) => {
    expect(explanationOf(order({ status: 'rejected', reason }), undefined)).toMatch(/ordered\./);
  });

  it('never shout', () => {
    const texts = orderStatuses.flatMap((status) => [
      headingOf(order({ status })),
      explanationOf(order({ status }), 1),
    ]);
    expect(texts.join(' ')).not.toContain('!');
  });

  it('name what is left of a short line', () => {
    expect(shortLineWords({ wanted: 2, available: 0 })).toBe('you wanted 2, none left');
    expect(shortLineWords({ wanted: 3, available: 1 })).toBe('you wanted 3, 1 left');
  });

  it('list the gates: passed with times, one current, those ahead unless the order has ended', () => {
    expect(stepsOf(order()).map(({ label, state }) => `${label} ${state}`)).toEqual([
      'Accepted past',
      'Placed current',
      'Packed ahead',
      'Shipped ahead',
      'Delivered ahead',
    ]);
    const refused = order({ status: 'rejected', timeline: [{ status: 'accepted', at }] });
    expect(stepsOf(refused).map(({ label, state }) => `${label} ${state}`)).toEqual([
      'Accepted past',
      'Refused current',
    ]);
  });
});

describe('[H1] a frame', () => {
  it('keeps the contact that only the receipt shows, and never goes back', () => {
    const known = order({ contact: { name: 'Ada', email: 'ada@example.com' } });
    const packed = { ...order({ status: 'packed', rev: 2 }) };
    expect(mergeFrame(known, 2, packed, true)).toEqual({ ...packed, contact: known.contact });
    expect(mergeFrame({ ...known, rev: 3 }, 2, packed, true)).toBeUndefined();
  });

  it('[A4] is not believed before GET has said whose body was stored', () => {
    expect(mergeFrame(awaited, 1, order(), true)).toBe('ask');
    expect(mergeFrame({ id, status: 'rejected', reason: 'payload-mismatch' }, 1, order(), true)).toBeUndefined();
  });
});
