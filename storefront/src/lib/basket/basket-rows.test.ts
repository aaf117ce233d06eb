import type { Product } from '@penstock/domain/product';
import { describe, expect, it } from 'vitest';
import { rowsOf, sumOf } from '#lib/basket/basket-rows.ts';
import type { BasketLine } from '#lib/basket/basket-store.ts';

const line = (productId: string, quantity: number, overrides: Partial<BasketLine> = {}): BasketLine => ({
  productId,
  quantity,
  stamp: { wallMs: 1, counter: 0, device: 'device-a' },
  saving: 'saved',
  unavailable: false,
  ...overrides,
});
const known = (id: string, amountMinor: number, available: number) =>
  [
    id,
    {
      product: {
        id,
        name: id.toUpperCase(),
        price: { amountMinor, currency: 'GBP' },
        stock: { available, level: available === 0 ? 'out' : 'in' },
      } as Product,
      gone: false,
      error: null,
    },
  ] as const;

describe('the rows of a basket', () => {
  it('sum what can be ordered, and leave out what is no longer sold', () => {
    const products = new Map([known('tea', 250, 9), known('mug', 900, 9)]);
    const rows = rowsOf([line('tea', 2), line('mug', 1, { unavailable: true })], products);
    expect(sumOf(rows)).toEqual({ amountMinor: 500, currency: 'GBP' });
    expect(rows[1]?.hint).toMatch(/No longer sold/);
  });

  it('have no sum while a price is unknown', () => {
    expect(sumOf(rowsOf([line('tea', 2), line('mug', 1)], new Map([known('tea', 250, 9)])))).toBeUndefined();
  });

  it.each([
    [3, 2, 'Only 2 are left.'],
    [1, 0, 'Sold out at the moment.'],
    [2, 2, undefined],
  ])('hint that %i of %i in stock: %s', (quantity, available, hint) => {
    expect(rowsOf([line('tea', quantity)], new Map([known('tea', 250, available)]))[0]?.hint).toBe(hint);
  });
});
