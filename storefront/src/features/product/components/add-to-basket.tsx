import { limits } from '@penstock/domain/limits';
import type { Product } from '@penstock/domain/product';
import { useState } from 'react';
import { leftWords, mostOf } from '#lib/basket/shortages.ts';
import { useBasket } from '#lib/basket/use-basket.ts';
import { useServices } from '#lib/services.ts';
import { isolated } from '#lib/text/format.ts';
import { Notice } from '#ui/notice.tsx';
import { QuantityStepper } from '#ui/quantity-stepper.tsx';
import { TakeWhatIsLeft } from '#ui/take-what-is-left.tsx';

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
  const [chosen, setQuantity] = useState(1);
  const held = lines.find(({ productId }) => productId === product.id)?.quantity ?? 0;
  const isFull = held === 0 && lines.length >= limits.orderLinesMax;
  const isSoldOut = product.stock.available <= 0;
  const { available } = product.stock;
  /** How many of those that are left are not in the basket yet. */
  const addable = Math.max(0, Math.min(available, limits.lineQuantityMax) - held);
  const quantity = Math.min(chosen, Math.max(1, addable));
  const wanted = held + quantity;
  const add = (): void => {
    basket.setQuantity(product.id, wanted, product.price);
    setQuantity(1);
    const text = `${wanted} in your basket.`;
    onAdded({ productId: product.id, text, said: `${isolated(product.name)}: ${text}` });
  };
  return (
    <div className="add">
      <QuantityStepper
        name={product.name}
        quantity={quantity}
        min={1}
        most={
          mostOf(available, held) ?? {
            quantity: addable,
            why: `${limits.lineQuantityMax} is the most that can be taken.`,
          }
        }
        onChange={setQuantity}
      />
      <button type="button" className="button button-main" disabled={isFull || addable === 0} onClick={add}>
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
      {isSoldOut || (held < available && chosen < addable) || available > limits.lineQuantityMax ? null : (
        <p className="small">{leftWords(available)}</p>
      )}
      {!isSoldOut && held > available ? (
        <TakeWhatIsLeft
          name={product.name}
          available={available}
          onTake={(quantity) => basket.setQuantity(product.id, quantity)}
        />
      ) : null}
      {isFull ? (
        <Notice tone="signal">
          Your basket holds {limits.orderLinesMax} products, as many as one order takes. Order these first, then go on.
        </Notice>
      ) : null}
    </div>
  );
};
