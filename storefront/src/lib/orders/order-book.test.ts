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
  reduceOrderBook(book, { type: 'begun', begunId, browser, body, names: new Map(), atMs: 1 });
const accept = (book: OrderBook, begunId: string, id = 'order-1'): OrderBook =>
  reduceOrderBook(book, { type: 'accepted', begunId, order: { id, receipt: 'r' } as AcceptedOrder });

describe('[C9] the orders of a browser', () => {
  it('begin once when two tabs order the same basket at the same moment', () => {
    const first = begin(emptyOrderBook, 'tab-1', bodyOf(1));
    expect(begin(first, 'tab-2', bodyOf(1))).toBe(first);
    expect(begin(accept(first, 'tab-1'), 'tab-2', bodyOf(1)).attempts).toHaveLength(1);
  });

  it('take a new key for each order begun from a basket, the same one for a corrected body', () => {
    const turnedDown = reduceOrderBook(begin(emptyOrderBook, 'one', bodyOf(1)), {
      type: 'turned-down',
      begunId: 'one',
      problem: { detail: 'No.', correlationId: 'c', fieldErrors: {} },
    });
    expect(heldStamps(turnedDown)).toEqual([]);
    const corrected = begin(turnedDown, 'two', bodyOf(1));
    expect(corrected.attempts.map(({ key }) => key)).toEqual(['browser-a.0']);
    const next = begin(accept(corrected, 'two'), 'three', bodyOf(2), 'another-name');
    expect(toSend(next).map(({ key }) => key)).toEqual(['browser-a.1']);
  });

  it('hide their lines until they are refused', () => {
    const accepted = accept(begin(emptyOrderBook, 'one', bodyOf(1, 2)), 'one');
    expect(heldStamps(accepted)).toEqual(['1.0.device-a', '2.0.device-a']);
    expect(unsettled(accepted)).toHaveLength(1);
    const refused = reduceOrderBook(accepted, { type: 'settled', orderId: 'order-1', outcome: 'refused' });
    expect([heldStamps(refused), unsettled(refused)]).toEqual([[], []]);
  });

  it('keep no name and address once the server has the order', () => {
    expect(JSON.stringify(begin(emptyOrderBook, 'one', bodyOf(1)))).toContain('Weir Lane');
    expect(JSON.stringify(accept(begin(emptyOrderBook, 'one', bodyOf(1)), 'one'))).not.toContain('Weir Lane');
  });
});

describe('[A5] an order that is being sent', () => {
  const sending = begin(emptyOrderBook, 'one', bodyOf(1));

  it('can be withdrawn while it was never sent, and gives its lines back', () => {
    const withdrawn = reduceOrderBook(sending, { type: 'withdrawn', begunId: 'one' });
    expect([withdrawn.attempts, heldStamps(withdrawn)]).toEqual([[], []]);
  });

  it('cannot be withdrawn once it was sent: nobody knows whether it arrived', () => {
    const sent = reduceOrderBook(sending, { type: 'sent', begunId: 'one', atMs: 5 });
    expect(reduceOrderBook(sent, { type: 'withdrawn', begunId: 'one' })).toBe(sent);
  });

  it('is told from one of another basket under the same key', () => {
    const both = begin(sending, 'two', { ...bodyOf(2), basketId: 'BBBBBBBBBBBBBBBBBBBBBB' });
    expect(new Set(both.attempts.map(({ key }) => key)).size).toBe(1);
    expect(toSend(accept(both, 'two')).map(({ begunId }) => begunId)).toEqual(['one']);
  });

  it('is never forgotten, however many others there are', () => {
    let book = sending;
    for (let index = 0; index < 50; index += 1) {
      const other = { ...bodyOf(100 + index), basketId: 'BBBBBBBBBBBBBBBBBBBBBB' };
      book = accept(begin(book, `other-${index}`, other), `other-${index}`, `order-${index}`);
      book = reduceOrderBook(book, { type: 'settled', orderId: `order-${index}`, outcome: 'placed' });
    }
    expect(toSend(book).map(({ begunId }) => begunId)).toEqual(['one']);
    expect(book.attempts.length).toBeLessThanOrEqual(30);
  });

  it('keeps what was typed when it is turned down, until it is mended or put away', () => {
    const problem = { detail: 'No.', correlationId: 'c', fieldErrors: {} };
    const turnedDown = reduceOrderBook(sending, { type: 'turned-down', begunId: 'one', problem });
    expect(turnedDown.attempts[0]?.body?.contact.name).toBe('Ada');
    expect(reduceOrderBook(turnedDown, { type: 'dismissed', begunId: 'one' }).attempts).toEqual([]);
  });
});
