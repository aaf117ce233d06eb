import type { Basket } from '#basket';
import type { BasketState } from '#basket-fold';
import { viewBasketLines } from '#basket-fold';
import type { BasketItem, DetailsItem, OfferItem, OrderItem } from '#items';
import type { Order, StaffOrder } from '#order';
import { movesFrom } from '#order-states';
import type { Product, StaffProduct } from '#product';
import { packStamp, unpackStamp } from '#stamps';
import { stockLevelOf } from '#stock';

/**
 * What the outside may see of a row, built from an allow-list (H1, H6): a field that is not named here reaches no page,
 * no frame and no log. Routes and broadcasts use the same functions, so a frame has the shape of the matching GET.
 */
export const productView = (offer: OfferItem, details: DetailsItem | undefined): Product => ({
  id: offer.id,
  version: offer.version,
  rev: offer.rev,
  name: offer.name,
  category: offer.category,
  description: details?.description ?? '',
  price: { amountMinor: offer.priceMinor, currency: offer.currency },
  stock: { available: offer.stock, level: stockLevelOf(offer.stock) },
  images: details?.images ?? [],
});

export const staffProductView = (offer: OfferItem, details: DetailsItem | undefined): StaffProduct => ({
  ...productView(offer, details),
  archived: offer.archived,
  createdAt: offer.createdAt,
  updatedAt: offer.updatedAt,
  ...(offer.editedAt === undefined ? {} : { editedAt: offer.editedAt }),
  ...(offer.editedBy === undefined ? {} : { editedBy: offer.editedBy }),
});

/** The order without name, address and e-mail: what anyone with the id may read. */
export const publicOrderView = (item: OrderItem): Order => ({
  id: item.id,
  number: item.number,
  rev: item.rev,
  status: item.status,
  ...(item.reason === undefined ? {} : { reason: item.reason }),
  ...(item.shortLines === undefined ? {} : { shortLines: item.shortLines }),
  lines: item.lines.map((line) => ({
    productId: line.productId,
    ...(line.name === undefined ? {} : { name: line.name }),
    quantity: line.quantity,
    unitPrice: { amountMinor: line.priceMinor, currency: item.currency },
  })),
  total: { amountMinor: item.totalMinor, currency: item.currency },
  timeline: [{ status: 'accepted', at: item.acceptedAt }, ...item.history.map(({ status, at }) => ({ status, at }))],
  ...(item.refusedMove === undefined
    ? {}
    : { refusedMove: { status: item.refusedMove.status, reason: item.refusedMove.reason, at: item.refusedMove.at } }),
});

/** The order for the holder of its receipt: with contact and address. */
export const receiptOrderView = (item: OrderItem): Order => ({
  ...publicOrderView(item),
  contact: item.contact,
  address: item.address,
});

/** The order for staff over HTTP. Frames of staff/orders carry it without contact and address: see staffOrderFrame. */
export const staffOrderView = (item: OrderItem): StaffOrder => ({
  ...receiptOrderView(item),
  timeline: [
    { status: 'accepted', at: item.acceptedAt },
    ...item.history.map(({ status, at, by }) => ({ status, at, ...(by === undefined ? {} : { by }) })),
  ],
  acceptedAt: item.acceptedAt,
  placedAt: item.placedAt,
  moves: [...movesFrom(item.status)],
});

/** The order in a staff frame: no personal data leaves by the socket; the page GETs it when it needs it. */
export const staffOrderFrame = (item: OrderItem): StaffOrder => {
  const { contact: _contact, address: _address, ...rest } = staffOrderView(item);
  return { ...rest, timeline: publicOrderView(item).timeline };
};

/** The registers of a stored basket. A stamp that cannot be read is a fault of ours and throws. */
export const basketStateOf = (item: Pick<BasketItem, 'lines' | 'clear'>): BasketState => ({
  lines: new Map(
    Object.entries(item.lines).map(([line, { quantity, stamp }]) => [line, { quantity, stamp: readStamp(stamp) }]),
  ),
  ...(item.clear === undefined ? {} : { clear: readStamp(item.clear) }),
});

/** The same registers as a row holds them. */
export const storedBasketLines = (state: BasketState): Pick<BasketItem, 'lines' | 'clear'> => ({
  lines: Object.fromEntries(
    [...state.lines].map(([line, { quantity, stamp }]) => [line, { quantity, stamp: packStamp(stamp) }]),
  ),
  ...(state.clear === undefined ? {} : { clear: packStamp(state.clear) }),
});

/** A basket as GET and its frames show it. `unavailable` names archived products. */
export const basketView = (item: BasketItem, unavailable: ReadonlySet<string> = new Set()): Basket => {
  const state = basketStateOf(item);
  return {
    id: item.id,
    rev: item.rev,
    lines: viewBasketLines(state).map((line) => ({
      ...line,
      ...(unavailable.has(line.productId) ? { unavailable: true as const } : {}),
    })),
    ...(state.clear === undefined ? {} : { cleared: state.clear }),
    updatedAt: item.updatedAt,
  };
};

const readStamp = (text: string) => {
  const stamp = unpackStamp(text);
  if (stamp === undefined) throw new TypeError(`A stored stamp cannot be read: ${text.slice(0, 60)}`);
  return stamp;
};
