import { Link } from 'react-router';
import { type BasketRow, formerPrice } from '#lib/basket/basket-rows.ts';
import type { Saving } from '#lib/basket/basket-store.ts';
import { mostOf, shortagesIn } from '#lib/basket/shortages.ts';
import { FormerPrice } from '#ui/former-price.tsx';
import { Picture } from '#ui/picture.tsx';
import { Price } from '#ui/price.tsx';
import { QuantityStepper } from '#ui/quantity-stepper.tsx';
import { TakeWhatIsLeft } from '#ui/take-what-is-left.tsx';

type Props = {
  readonly row: BasketRow;
  readonly onQuantity: (quantity: number) => void;
  readonly onRemove: () => void;
  readonly onLeave: () => void;
};

/** One line: picture, name, unit price, quantity, line total, what to know, and quietly whether it is saved. */
export const BasketRowView = ({ row, onQuantity, onRemove, onLeave }: Props) => (
  <li className="basket-line">
    <span className="basket-picture" data-category={row.product?.category}>
      <Picture image={row.product?.images[0]} sizes="5rem" />
    </span>
    <div className="basket-what">
      <Link to={`/products/${row.productId}`} onClick={onLeave}>
        <bdi>{row.name}</bdi>
      </Link>
      {row.product === undefined ? null : (
        <span className="small">
          <Price money={row.product.price} /> each
        </span>
      )}
      <FormerPrice money={formerPrice(row)} />
      {row.hint === undefined ? null : <span className="hint">{row.hint}</span>}
      <Shortage row={row} onQuantity={onQuantity} />
    </div>
    <QuantityStepper
      name={row.name}
      quantity={row.quantity}
      min={0}
      most={mostOf(row.unavailable ? undefined : row.product?.stock.available)}
      onChange={(quantity) => (quantity === 0 ? onRemove() : onQuantity(quantity))}
    />
    <span className="basket-total">{row.total === undefined ? '' : <Price money={row.total} />}</span>
    <button type="button" className="button-quiet" aria-label={`Remove ${row.name}`} onClick={onRemove}>
      Remove
    </button>
    <span className="saving">{savingWords[row.saving]}</span>
  </li>
);

/** Sold out, the Remove button beside it says it all. */
const Shortage = ({ row, onQuantity }: Pick<Props, 'row' | 'onQuantity'>) => {
  const [shortage] = shortagesIn([row]);
  return shortage === undefined || shortage.available === 0 ? null : (
    <TakeWhatIsLeft name={row.name} available={shortage.available} onTake={onQuantity} />
  );
};

const savingWords: Readonly<Record<Saving, string>> = { saving: 'Saving…', accepted: 'Accepted', saved: 'Saved' };
