import { limits } from '@penstock/domain/limits';
import type { Product } from '@penstock/domain/product';
import { useState } from 'react';
import { useBasket } from '#lib/basket/use-basket.ts';
import { useServices } from '#lib/services.ts';
import { isolated } from '#lib/text/format.ts';
import { Notice } from '#ui/notice.tsx';
import { QuantityStepper } from '#ui/quantity-stepper.tsx';

export type BasketCalls = {
  /** Hears what is now in the basket, in few words for the page of the product and with its name for who listens. */
  readonly onAdded: (added: { readonly productId: string; readonly text: string; readonly said: string }) => void;
  readonly onViewBasket: () => void;
};
type Props = BasketCalls & { readonly product: Product };

/** Adds to what the basket already holds of the product. */
export const AddToBasket = ({ product, onAdded, onViewBasket }: Props) => {
  const { basket } = useServices();
  const { lines } = useBasket();
  const [quantity, setQuantity] = useState(1);
  const held = lines.find(({ productId }) => productId === product.id)?.quantity ?? 0;
  const isFull = held === 0 && lines.length >= limits.orderLinesMax;
  const isSoldOut = product.stock.available <= 0;
  const wanted = Math.min(limits.lineQuantityMax, held + quantity);
  const add = (): void => {
    basket.setQuantity(product.id, wanted);
    setQuantity(1);
    const text = `${wanted} in your basket.`;
    onAdded({ productId: product.id, text, said: `${isolated(product.name)}: ${text}` });
  };
  return (
    <div className="add">
      <QuantityStepper name={product.name} quantity={quantity} min={1} onChange={setQuantity} />
      <button type="button" className="button button-main" disabled={isFull || isSoldOut} onClick={add}>
        {isSoldOut ? 'Sold out' : 'Add to basket'}
      </button>
      {held > 0 ? (
        <p className="small">
          {held} in your basket.{' '}
          <button type="button" className="button-quiet" onClick={onViewBasket}>
            View basket
          </button>
        </p>
      ) : null}
      {isSoldOut ? (
        <div className="sold-out">
          <span className="drawing drawing-sold-out" aria-hidden="true" />
          <p className="small">Sold out at the moment. This page shows it by itself when there is some again.</p>
        </div>
      ) : null}
      {!isSoldOut && wanted > product.stock.available ? (
        <p className="small">Only {product.stock.available} left; an order for more would be refused.</p>
      ) : null}
      {isFull ? (
        <Notice tone="signal">
          Your basket holds {limits.orderLinesMax} products, as many as one order takes. Order these first, then go on.
        </Notice>
      ) : null}
    </div>
  );
};
