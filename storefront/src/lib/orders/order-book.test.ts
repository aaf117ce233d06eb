import type { AcceptedOrder, PlaceOrder } from '@penstock/domain/order';
import { describe, expect, it } from 'vitest';
import {
  emptyOrderBook,
  heldStamps,
  type OrderBook,
  reduceOrderBook,
  toSend,
  unsettled,
} from '#lib/orders/order-book.ts';

const basketId = 'AAAAAAAAAAAAAAAAAAAAAA';
const bodyOf = (...wallMs: readonly number[]): PlaceOrder => ({
  basketId,
  lines: wallMs.map((at) => ({
    productId: `tea-${at}`,
    quantity: 1,
    unitPrice: { amountMinor: 500, currency: 'GBP' },
    stamp: { wallMs: at, counter: 0, device: 'device-a' },
  })),
  contact: { name: 'Ada', email: 'ada@example.com' },
  address: { line1: '1 Weir Lane', city: 'Leeds', postcode: 'LS1 1AA', country: 'GB' },
});
const begin = (book: OrderBook, begunId: string, body: PlaceOrder, browser = 'browser-a'): OrderBook =>
  reduceOrderBook(book, { type: 'begun', begunId, browser, body, atMs: 1 });
const accept = (book: OrderBook, key: string, id = 'order-1'): OrderBook =>
  reduceOrderBook(book, { type: 'accepted', key, order: { id, receipt: 'r' } as AcceptedOrder });

describe('[C9] the orders of a browser', () => {
  it('begin once when two tabs order the same basket at the same moment', () => {
    const first = begin(emptyOrderBook, 'tab-1', bodyOf(1));
    expect(begin(first, 'tab-2', bodyOf(1))).toBe(first);
    expect(begin(accept(first, 'browser-a.0'), 'tab-2', bodyOf(1)).attempts).toHaveLength(1);
  });

  it('take a new key for each order begun from a basket, the same one for a corrected body', () => {
    const turnedDown = reduceOrderBook(begin(emptyOrderBook, 'one', bodyOf(1)), {
      type: 'turned-down',
      key: 'browser-a.0',
      problem: { detail: 'No.', correlationId: 'c', fieldErrors: {} },
    });
    expect(heldStamps(turnedDown)).toEqual([]);
    const corrected = begin(turnedDown, 'two', bodyOf(1));
    expect(corrected.attempts.map(({ key }) => key)).toEqual(['browser-a.0']);
    const next = begin(accept(corrected, 'browser-a.0'), 'three', bodyOf(2), 'another-name');
    expect(toSend(next).map(({ key }) => key)).toEqual(['browser-a.1']);
  });

  it('hide their lines until they are refused', () => {
    const accepted = accept(begin(emptyOrderBook, 'one', bodyOf(1, 2)), 'browser-a.0');
    expect(heldStamps(accepted)).toEqual(['1.0.device-a', '2.0.device-a']);
    expect(unsettled(accepted)).toHaveLength(1);
    const refused = reduceOrderBook(accepted, { type: 'settled', orderId: 'order-1', outcome: 'refused' });
    expect([heldStamps(refused), unsettled(refused)]).toEqual([[], []]);
  });

  it('keep no name and address once the server has the order', () => {
    expect(JSON.stringify(begin(emptyOrderBook, 'one', bodyOf(1)))).toContain('Weir Lane');
    expect(JSON.stringify(accept(begin(emptyOrderBook, 'one', bodyOf(1)), 'browser-a.0'))).not.toContain('Weir Lane');
  });
});
