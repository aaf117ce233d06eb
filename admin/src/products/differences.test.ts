import { formatMoney } from '@penstock/domain/money';
import type { StaffProduct } from '@penstock/domain/product';
import { describe, expect, it } from 'vitest';
import { differences } from '#products/differences.ts';

const product = (overrides: Partial<StaffProduct> = {}): StaffProduct => ({
  id: 'assam',
  version: 1,
  rev: 1,
  name: 'Assam',
  category: 'black-tea',
  description: 'Malty.',
  price: { amountMinor: 950, currency: 'GBP' },
  stock: { available: 3, level: 'low' },
  images: [],
  archived: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  ...overrides,
});

describe('[E1] a version conflict', () => {
  it('shows each field that differs, mine beside theirs', () => {
    const theirs = product({ name: 'Assam Gold', price: { amountMinor: 1000, currency: 'GBP' }, archived: true });
    expect(differences(product(), theirs, formatMoney)).toEqual([
      { field: 'Name', mine: 'Assam', theirs: 'Assam Gold' },
      { field: 'Price', mine: '£9.50', theirs: '£10.00' },
      { field: 'State', mine: 'On sale', theirs: 'Archived' },
    ]);
  });

  it('shows nothing where a sale alone moved the stock', () => {
    expect(differences(product(), product({ rev: 9, stock: { available: 1, level: 'low' } }), formatMoney)).toEqual([]);
  });
});
