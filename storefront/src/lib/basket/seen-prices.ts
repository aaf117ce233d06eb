import { productIdPattern } from '@penstock/domain/ids';
import type { Money } from '@penstock/domain/money';
import { money } from '#lib/storage/kept-shapes.ts';
import { mapOf, type Reader, shape } from '#lib/storage/shape.ts';

/** The prices at which the shopper knows a line of the basket. */
export type SeenPrice = {
  /** When the line was put in. */
  readonly putIn: Money;
  /** The highest that the shopper has agreed to: an order is placed at this price or below (D1). */
  readonly agreed: Money;
};
export type SeenPrices = ReadonlyMap<string, SeenPrice>;
export type Priced = { readonly productId: string; readonly price: Money };

export type PriceEvent =
  /** A product was put into the basket at the price beside the button. */
  | { readonly type: 'put-in'; readonly priced: Priced; readonly isNew: boolean }
  /** A page shows these: the first price is the one that the line was put in at, and a lower one counts at once. */
  | { readonly type: 'shown'; readonly prices: readonly Priced[] }
  /** The shopper takes the higher price. */
  | { readonly type: 'accepted'; readonly prices: readonly Priced[] };

export const noPrices: SeenPrices = new Map();
export const seenPricesShape: Reader<SeenPrices> = mapOf(productIdPattern, shape({ putIn: money, agreed: money }));

/** Products whose prices are remembered for one basket: far more than it holds. */
const pricesMax = 200;

/** Folds an event. Pure; returns the very same map when nothing changed. */
export const reducePrices = (seen: SeenPrices, event: PriceEvent): SeenPrices => {
  switch (event.type) {
    case 'put-in': {
      const { productId, price } = event.priced;
      const known = event.isNew ? undefined : seen.get(productId);
      return withPrice(seen, productId, { putIn: known?.putIn ?? price, agreed: price });
    }
    case 'shown':
      return event.prices.reduce((all, { productId, price }) => {
        const known = all.get(productId);
        if (known === undefined) return withPrice(all, productId, { putIn: price, agreed: price });
        return isRisen(price, known.agreed) ? all : withPrice(all, productId, { ...known, agreed: price });
      }, seen);
    case 'accepted':
      return event.prices.reduce(
        (all, { productId, price }) =>
          withPrice(all, productId, { putIn: all.get(productId)?.putIn ?? price, agreed: price }),
        seen,
      );
  }
};

/** Whether a price must be accepted before an order may carry it. */
export const isRisen = (price: Money, agreed: Money): boolean =>
  price.currency === agreed.currency && price.amountMinor > agreed.amountMinor;

const withPrice = (seen: SeenPrices, productId: string, next: SeenPrice): SeenPrices => {
  const known = seen.get(productId);
  if (known !== undefined && isSame(known.putIn, next.putIn) && isSame(known.agreed, next.agreed)) return seen;
  const others = [...seen].filter(([id]) => id !== productId);
  return new Map([...others, [productId, next] as const].slice(-pricesMax));
};

const isSame = (left: Money, right: Money): boolean =>
  left.amountMinor === right.amountMinor && left.currency === right.currency;
