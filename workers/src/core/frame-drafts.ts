import type { BasketItem, DetailsItem, OfferItem, OrderItem } from '@penstock/domain/items';
import type { Money } from '@penstock/domain/money';
import type { Product } from '@penstock/domain/product';
import { basketView, productView, publicOrderView, staffOrderFrame, staffProductView } from '@penstock/domain/views';
import type { EntityChange } from '#core/entity-changes';

/** A frame before it is addressed: what it says, and which record of the batch it comes from. */
export type FrameDraft = {
  readonly topic: string;
  readonly id: string;
  readonly rev: number;
  /** The whole snapshot from an allow-list (H1), null when the thing is gone. */
  readonly data: unknown;
  /** The id of the call that began it, when the row knows; else one is minted. */
  readonly correlationId?: string;
  readonly position: number;
  readonly createdAtMs: number;
};

type Origin = Pick<FrameDraft, 'id' | 'rev' | 'position' | 'createdAtMs'>;
const originOf = ({ id, rev, position, createdAtMs }: EntityChange<unknown>): Origin => ({
  id,
  rev,
  position,
  createdAtMs,
});

/** product/{id}: to the shop an archived product is gone, under its own rev; it comes back with the next. */
export const productFrames = (change: EntityChange<OfferItem>, details: DetailsItem | undefined): FrameDraft[] => {
  const shown = change.row === undefined || change.row.archived ? null : productView(change.row, details);
  return [{ ...originOf(change), topic: `product/${change.id}`, data: shown }];
};

/** basket/{id} and staff/baskets. An expired basket is a removed row, an emptied one is told like any other. */
export const basketFrames = (change: EntityChange<BasketItem>, unavailable: ReadonlySet<string>): FrameDraft[] => {
  const data = change.row === undefined ? null : basketView(change.row, unavailable);
  return [
    { ...originOf(change), topic: `basket/${change.id}`, data },
    { ...originOf(change), topic: 'staff/baskets', data },
  ];
};

/** order/{id} without name, address and e-mail; staff/orders without them too (H6). */
export const orderFrames = (change: EntityChange<OrderItem>): FrameDraft[] => {
  const { row } = change;
  const correlationId = (row ?? change.removed)?.correlationId;
  const origin = { ...originOf(change), ...(correlationId === undefined ? {} : { correlationId }) };
  return [
    { ...origin, topic: `order/${change.id}`, data: row === undefined ? null : publicOrderView(row) },
    { ...origin, topic: 'staff/orders', data: row === undefined ? null : staffOrderFrame(row) },
  ];
};

/** staff/products: archived ones too. */
export const staffProductFrame = (change: EntityChange<OfferItem>, details: DetailsItem | undefined): FrameDraft => ({
  ...originOf(change),
  topic: 'staff/products',
  data: change.row === undefined ? null : staffProductView(change.row, details),
});

/** A product as the frame of topic `catalogue` names it. */
export type AnnouncedProduct = {
  readonly id: string;
  readonly rev: number;
  readonly price: Money;
  readonly stock: Product['stock'];
};

/** What the catalogue frame says of a product: one that is archived or gone has nothing to sell. */
export const announcedProduct = (change: EntityChange<OfferItem>): AnnouncedProduct | undefined => {
  const offer = change.row ?? change.removed;
  if (offer === undefined) return undefined;
  const { price, stock } = productView(offer, undefined);
  const sold = change.row === undefined || offer.archived;
  return { id: change.id, rev: change.rev, price, stock: sold ? { available: 0, level: 'out' } : stock };
};
