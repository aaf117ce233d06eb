import type { Stamp } from '@penstock/domain/stamps';
import type { Stored, StoredBasket, StoredOrder, StoredProduct } from '#audit/stored';
import type { OpReceipt, OrderReceipt } from '#receipts';

/** Factories for tests: a whole run that is right, to plant one fault in. */
const hash = 'a'.repeat(64);
const at = '2026-01-01T00:00:10.000Z';

export const stampAt = (wallMs: number): Stamp => ({ wallMs, counter: 0, device: 'device-a' });

export const orderReceipt = (over: Partial<OrderReceipt> = {}): OrderReceipt => {
  const id = over.id ?? 'order-1';
  return {
    kind: 'order',
    basketId: 'basket-1',
    key: `key of ${id}`,
    lines: [{ productId: 'oolong', quantity: 2, priceMinor: 500 }],
    atMs: 1000,
    tookMs: 5,
    status: 202,
    receipt: `r1.k1.${id}.1767225600000.${hash}.signature`,
    ...over,
    id,
  };
};

export const opReceipt = (over: Partial<OpReceipt> = {}): OpReceipt => ({
  kind: 'op',
  basketId: 'basket-1',
  line: 'oolong',
  quantity: 3,
  stamp: stampAt(1000),
  atMs: 1000,
  tookMs: 5,
  status: 202,
  ...over,
});

export const storedOrder = (over: Partial<StoredOrder> = {}): StoredOrder => ({
  id: 'order-1',
  status: 'placed',
  lines: [{ productId: 'oolong', quantity: 2, unitPrice: { amountMinor: 500 } }],
  timeline: [],
  basketId: 'basket-1',
  bodyHash: hash,
  stamps: [null],
  placedAt: at,
  ...over,
});

export const storedProduct = (over: Partial<StoredProduct> & { readonly available?: number } = {}): StoredProduct => {
  const { available = 8, ...rest } = over;
  return {
    id: 'oolong',
    rev: 2,
    version: 1,
    price: { amountMinor: 500 },
    stock: { available },
    archived: false,
    updatedAt: at,
    ...rest,
  };
};

export const storedBasket = (over: Partial<StoredBasket> = {}): StoredBasket => ({
  id: 'basket-1',
  rev: 1,
  lines: [{ productId: 'oolong', quantity: 3, stamp: stampAt(1000) }],
  ...over,
});

/** Ten units of oolong, two of them sold to order-1; basket-1 holds three. */
export const stored = (over: Partial<Stored> = {}): Stored => ({
  orders: [storedOrder()],
  baskets: [storedBasket()],
  products: [storedProduct()],
  edits: [{ productId: 'oolong', editId: 'seed', delta: 10, at: '2026-01-01T00:00:00.000Z' }],
  productsBefore: [storedProduct({ available: 10, rev: 1 })],
  ...over,
});
