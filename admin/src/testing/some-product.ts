import type { StaffProduct } from '@penstock/domain/product';

export const someProduct = (overrides: Partial<StaffProduct> = {}): StaffProduct => ({
  id: 'assam',
  version: 1,
  rev: 1,
  name: 'Assam',
  category: 'black-tea',
  description: 'Malty.',
  price: { amountMinor: 950, currency: 'GBP' },
  stock: { available: 9, level: 'in' },
  images: [],
  archived: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  ...overrides,
});
