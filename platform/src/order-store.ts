import type { OfferItem, OrderItem } from '@penstock/domain/items';
import type { ActionReason, TableFault } from '#table-fault';

/** Units of one product, summed over the orders of a plan, at the price that was read (D3, D1). */
export type StockDecrement = { readonly productId: string; readonly units: number; readonly priceMinor: number };

/** What commits together: the rows of new orders and one decrement a product. Each order and product at most once. */
export type OrderPlan = {
  readonly orders: readonly OrderItem[];
  readonly decrements: readonly StockDecrement[];
  /** When it was planned, ISO 8601: part of the request, so that a repeat is the same request. */
  readonly at: string;
};

/** What was read, strongly. A key that is in no list and no map is absent. */
export type PlanRead = {
  readonly outcome: 'read';
  readonly orders: ReadonlyMap<string, OrderItem>;
  readonly offers: ReadonlyMap<string, OfferItem>;
  /** Ids of orders and products that nobody answered for: unknown, never absent (D2). */
  readonly unread: ReadonlySet<string>;
  /** Ids whose stored row this release cannot read: nothing is decided on them (A6). */
  readonly unreadable: ReadonlySet<string>;
};

export type PlanAnswer =
  | { readonly outcome: 'committed'; readonly wcu: number }
  | {
      /** Nothing was written. Reasons by position; `unknown` for all when the answer named none. */
      readonly outcome: 'cancelled';
      readonly orders: readonly ActionReason[];
      readonly decrements: readonly ActionReason[];
      /** Rows that were in the way, by order id. */
      readonly stored: ReadonlyMap<string, OrderItem>;
      /** Why, where there is more to say than the reasons do. */
      readonly error?: unknown;
    }
  | TableFault;

export type PutAnswer =
  | { readonly outcome: 'written'; readonly wcu: number }
  | { readonly outcome: 'exists'; readonly stored: OrderItem | undefined }
  | TableFault;

/** Orders and the stock that they take. Faults come back as values: a drain decides on them. */
export type OrderStore = {
  /** These orders and the offers of these products, one strong read (100 keys a call). */
  readonly readForPlan: (orderIds: readonly string[], productIds: readonly string[]) => Promise<PlanRead | TableFault>;
  /**
   * All or nothing: every order put if absent, every decrement on condition that stock suffices, the price is the one
   * read, and the product exists and is not archived. The same plan again within ten minutes is the same commit (D5).
   */
  readonly commitPlan: (plan: OrderPlan) => Promise<PlanAnswer>;
  /** One row, if absent: a refusal (D4). */
  readonly putIfAbsent: (order: OrderItem) => Promise<PutAnswer>;
};
