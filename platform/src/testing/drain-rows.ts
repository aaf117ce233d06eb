import type { BasketItem, OfferItem, OrderItem } from '@penstock/domain/items';

/** Rows for the contract suites of the drains' stores, with overrides. */
const at = '2025-11-23T10:00:00.000Z';

export const offerOf = (overrides: Partial<OfferItem> = {}): OfferItem => ({
  id: 'assam-second-flush',
  part: 'offer',
  schema: 1,
  name: 'Assam second flush',
  category: 'tea',
  priceMinor: 1250,
  currency: 'GBP',
  stock: 10,
  version: 1,
  rev: 100,
  archived: false,
  editIds: [],
  createdAt: at,
  updatedAt: at,
  ...overrides,
});

export const orderOf = (overrides: Partial<OrderItem> = {}): OrderItem => ({
  id: '01hv3k9zq7c2x5t8w4n6m0p1rs',
  schema: 1,
  number: '01HV3-K9ZQ7',
  rev: 1,
  bodyHash: 'a'.repeat(64),
  basketId: 'dGhpcyBpcyBhIGJhc2tldA',
  status: 'placed',
  lines: [{ productId: 'assam-second-flush', name: 'Assam second flush', quantity: 2, priceMinor: 1250 }],
  totalMinor: 2500,
  currency: 'GBP',
  contact: { name: 'Ada', email: 'ada@example.com' },
  address: { line1: '1 High Street', city: 'Leeds', postcode: 'LS1 1AA', country: 'GB' },
  acceptedAt: at,
  placedAt: at,
  history: [{ status: 'placed', at }],
  correlationId: 'correlation-1',
  recentShard: '0',
  recentAt: `${at}#01hv3k9zq7c2x5t8w4n6m0p1rs`,
  openShard: 'placed#0',
  emailHash: 'b'.repeat(64),
  ...overrides,
});

export const basketOf = (overrides: Partial<BasketItem> = {}): BasketItem => ({
  id: 'dGhpcyBpcyBhIGJhc2tldA',
  schema: 1,
  rev: 5,
  lines: { 'assam-second-flush': { quantity: 2, stamp: '1763892000000.0.device-one' } },
  updatedAt: at,
  touchedShard: '0',
  touchedAt: '2025-11-23T10#dGhpcyBpcyBhIGJhc2tldA',
  expiresAt: 1_800_000_000,
  ...overrides,
});
