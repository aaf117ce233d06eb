import type { SnapshotProduct } from '@penstock/domain/items';

const at = '2025-11-23T10:00:00.000Z';

/** A product of the catalogue snapshot, with overrides. */
export const snapshotProduct = (overrides: Partial<SnapshotProduct> = {}): SnapshotProduct => ({
  id: 'assam-second-flush',
  rev: 100,
  version: 1,
  name: 'Assam second flush',
  category: 'tea',
  description: '',
  price: { amountMinor: 1250, currency: 'GBP' },
  level: 'in',
  images: [],
  archived: false,
  createdAt: at,
  updatedAt: at,
  ...overrides,
});
