import { describe, expect, it } from 'vitest';
import { auditRun, isCorrect } from '#audit/audit';
import { opReceipt, orderReceipt, stampAt, stored, storedBasket, storedOrder, storedProduct } from '#audit/testing';
import type { Receipt } from '#receipts';

const none: ReadonlySet<string> = new Set();
const receipts: readonly Receipt[] = [orderReceipt(), opReceipt()];
const countsOf = (...args: Parameters<typeof auditRun>) => auditRun(...args).counts;
const clean = { lost: 0, doubled: 0, oversold: 0, stale: 0, wronglyRefused: 0, stranded: 0 };

describe('the waits', () => {
  it('compare what the first answer stated with when the order was settled', () => {
    const settled = Date.parse(storedOrder().placedAt);
    const receipts = [
      orderReceipt({ atMs: settled - 8010, tookMs: 10, estimatedWaitMs: 5000 }),
      orderReceipt({ atMs: settled - 10, tookMs: 10, estimatedWaitMs: 1 }),
      orderReceipt({ id: 'of a paused queue' }),
    ];
    expect(auditRun(receipts, stored(), new Set()).waits).toEqual([{ statedMs: 5000, actualMs: 8000 }]);
  });
});

describe('the audit', () => {
  it('finds nothing in a run that is right', () => {
    const audit = auditRun(receipts, stored(), none);
    expect(audit.counts).toEqual({ ...clean, accepted: 2, placed: 1, rejected: 0, held: 0 });
    expect(isCorrect(audit.counts)).toBe(true);
  });

  it('catches a planted loss of an order, and says which', () => {
    const audit = auditRun([...receipts, orderReceipt({ id: 'order-2' })], stored(), none);
    expect(audit.counts).toMatchObject({ ...clean, lost: 1 });
    expect(audit.findings.lost[0]).toMatchObject({ id: 'order-2' });
    expect(isCorrect(audit.counts)).toBe(false);
  });

  it('counts a dead letter apart: held is not lost', () => {
    const counts = countsOf([...receipts, orderReceipt({ id: 'order-2' })], stored(), new Set(['order-2']));
    expect(counts).toMatchObject({ ...clean, held: 1 });
  });

  it('takes an order that was not confirmed either way: stored or not, it is no loss', () => {
    const unknown = orderReceipt({ id: 'order-2', status: 503 });
    expect(countsOf([...receipts, unknown], stored(), none)).toMatchObject({ ...clean, accepted: 2 });
  });

  it('takes the receipt of another body as final', () => {
    const other = orderReceipt({ receipt: `r1.k1.order-1.1767225600000.${'b'.repeat(64)}.signature` });
    const audit = auditRun([other], stored(), none);
    expect(audit.counts).toMatchObject({ ...clean, placed: 0 });
    expect(audit.mismatched).toBe(1);
  });

  it('catches a planted loss of a basket op', () => {
    const later = opReceipt({ stamp: stampAt(2000), quantity: 5 });
    expect(countsOf([...receipts, later], stored(), none)).toMatchObject({ ...clean, lost: 1 });
  });

  it('catches a basket that is gone', () => {
    expect(countsOf(receipts, stored({ baskets: [] }), none)).toMatchObject({ ...clean, lost: 1 });
  });

  it('catches a planted double: the lines of a placed order left the stock twice', () => {
    const audit = auditRun(receipts, stored({ products: [storedProduct({ available: 6 })] }), none);
    expect(audit.counts).toMatchObject({ ...clean, doubled: 1 });
    expect(audit.findings.doubled[0]).toMatchObject({ id: 'order-1' });
  });

  it('catches one key that became two orders', () => {
    const second = orderReceipt({ id: 'order-2', key: 'key of order-1' });
    const rows = stored({
      orders: [storedOrder(), storedOrder({ id: 'order-2' })],
      products: [storedProduct({ available: 6 })],
    });
    expect(countsOf([...receipts, second], rows, none)).toMatchObject({ ...clean, doubled: 1 });
  });

  it.each([
    ['more sold than there were', { edits: [{ productId: 'oolong', editId: 'seed', delta: 1, at: '' }] }, 0, 1],
    ['an order placed without taking its units', {}, 10, 2],
    ['a stock below nothing', {}, -1, 1],
  ])('catches a planted oversell: %s', (_what, over, available, units) => {
    const counts = countsOf(receipts, stored({ ...over, products: [storedProduct({ available })] }), none);
    expect(counts.oversold).toBe(units);
  });

  it('catches a planted stranded unit: it left the stock and no order holds it', () => {
    const counts = countsOf(receipts, stored({ products: [storedProduct({ available: 7 })] }), none);
    expect(counts).toMatchObject({ ...clean, stranded: 1 });
  });

  it('lays the units of a lost order to that order, not to one that was placed', () => {
    const lost = orderReceipt({ id: 'order-2' });
    const counts = countsOf([...receipts, lost], stored({ products: [storedProduct({ available: 6 })] }), none);
    expect(counts).toMatchObject({ ...clean, lost: 1, stranded: 2 });
  });

  it('catches a refusal although the units stayed unsold (D4)', () => {
    const refused = storedOrder({
      id: 'order-2',
      status: 'rejected',
      reason: 'out-of-stock',
      shortLines: [{ productId: 'oolong', wanted: 2, available: 1 }],
    });
    const rows = stored({ orders: [storedOrder(), refused] });
    expect(countsOf([...receipts, orderReceipt({ id: 'order-2' })], rows, none)).toMatchObject({
      ...clean,
      rejected: 1,
      wronglyRefused: 1,
    });
    const putBack = { productId: 'oolong', editId: 'e2', delta: 8, at: '2026-01-01T00:01:00.000Z' };
    const right = stored({
      orders: [storedOrder(), refused],
      edits: [...stored().edits.map((edit) => ({ ...edit, delta: 2 })), putBack],
    });
    expect(countsOf([...receipts, orderReceipt({ id: 'order-2' })], right, none)).toMatchObject(clean);
  });

  it.each([['price-changed'], ['unknown-product']])('catches a refusal without its reason: %s', (reason) => {
    const rows = stored({ orders: [storedOrder(), storedOrder({ id: 'order-2', status: 'rejected', reason })] });
    expect(countsOf([...receipts, orderReceipt({ id: 'order-2' })], rows, none)).toMatchObject({ wronglyRefused: 1 });
  });

  it('catches a basket that holds what nobody sent', () => {
    const lines = [{ productId: 'oolong', quantity: 3, stamp: stampAt(1500) }];
    expect(countsOf(receipts, stored({ baskets: [storedBasket({ lines })] }), none)).toMatchObject({
      ...clean,
      doubled: 1,
    });
  });

  it('catches a basket with another quantity than was sent with its stamp', () => {
    const lines = [{ productId: 'oolong', quantity: 2, stamp: stampAt(1000) }];
    expect(countsOf(receipts, stored({ baskets: [storedBasket({ lines })] }), none)).toMatchObject({
      ...clean,
      stale: 1,
    });
  });

  it('catches a line that was ordered and never taken out of the basket (C9)', () => {
    const orders = [storedOrder({ stamps: ['1000.0.device-a'] })];
    expect(countsOf(receipts, stored({ orders }), none)).toMatchObject({ ...clean, stale: 1 });
    const lines = [{ productId: 'oolong', quantity: 0, stamp: { ...stampAt(1000), device: 'device-a~order' } }];
    expect(countsOf(receipts, stored({ orders, baskets: [storedBasket({ lines })] }), none)).toMatchObject(clean);
  });

  it('takes a change that was not confirmed when it shows', () => {
    const unknown = opReceipt({ stamp: stampAt(2000), quantity: 9, status: 0 });
    const lines = [{ productId: 'oolong', quantity: 9, stamp: stampAt(2000) }];
    expect(countsOf([...receipts, unknown], stored({ baskets: [storedBasket({ lines })] }), none)).toMatchObject(clean);
    expect(countsOf([...receipts, unknown], stored(), none)).toMatchObject(clean);
  });

  it('catches a planted stale client, and leaves out what may still be on its way', () => {
    const atMs = Date.parse('2026-01-01T00:01:00.000Z');
    const client = (rev: number, when = atMs): Receipt => ({
      kind: 'seen',
      atMs: when,
      client: 'watcher-1',
      topics: { 'product/oolong': rev },
    });
    expect(countsOf([...receipts, client(1)], stored(), none)).toMatchObject({ ...clean, stale: 1 });
    expect(countsOf([...receipts, client(2)], stored(), none)).toMatchObject(clean);
    expect(countsOf([...receipts, client(1, Date.parse(storedProduct().updatedAt))], stored(), none)).toMatchObject(
      clean,
    );
  });
});
