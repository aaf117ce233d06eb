import type { Stamp } from '@penstock/domain/stamps';

/** The lines of GET /export/{orders, baskets, products, stock-edits}, as far as the audit needs them. */
export type StoredOrder = {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly shortLines?: readonly { readonly productId: string; readonly wanted: number; readonly available: number }[];
  readonly lines: readonly {
    readonly productId: string;
    readonly quantity: number;
    readonly unitPrice: { readonly amountMinor: number };
  }[];
  readonly timeline: readonly { readonly status: string; readonly at: string }[];
  readonly basketId: string;
  readonly bodyHash: string;
  /** Packed, by line; null where the line came without one. */
  readonly stamps: readonly (string | null)[];
  readonly placedAt: string;
};
export type StoredBasket = {
  readonly id: string;
  readonly rev: number;
  readonly lines: readonly { readonly productId: string; readonly quantity: number; readonly stamp: Stamp }[];
  readonly cleared?: Stamp;
};
export type StoredProduct = {
  readonly id: string;
  readonly rev: number;
  readonly version: number;
  readonly price: { readonly amountMinor: number };
  readonly stock: { readonly available: number };
  readonly archived: boolean;
  readonly updatedAt: string;
};
type StoredEdit = {
  readonly productId: string;
  readonly editId: string;
  readonly delta: number;
  readonly at: string;
};

/** Everything that is stored after a run, and the products as they were before it. */
export type Stored = {
  readonly orders: readonly StoredOrder[];
  readonly baskets: readonly StoredBasket[];
  readonly products: readonly StoredProduct[];
  readonly edits: readonly StoredEdit[];
  readonly productsBefore: readonly StoredProduct[];
};

/** What is wrong: how many, and which, the first hundred with a sentence each. */
export type Finding = { readonly id: string; readonly says: string };
