import { type Money, timesMoney } from '@penstock/domain/money';
import { Price } from '#ui/price.tsx';

type Line = {
  readonly productId: string;
  readonly name?: string | undefined;
  readonly quantity: number;
  readonly unitPrice?: Money | undefined;
};

/** What was ordered, and what it comes to. */
export const OrderLines = ({
  lines,
  total,
}: {
  readonly lines: readonly Line[];
  readonly total: Money | undefined;
}) => (
  <>
    <ul>
      {lines.map(({ productId, name, quantity, unitPrice }) => (
        <li key={productId} className="summary-line">
          <span>
            {quantity} × <bdi>{name ?? productId}</bdi>
          </span>
          {unitPrice === undefined ? null : <Price money={timesMoney(unitPrice, quantity)} />}
        </li>
      ))}
    </ul>
    {total === undefined ? null : (
      <p className="basket-sum">
        <span>Total</span>{' '}
        <strong>
          <Price money={total} />
        </strong>
      </p>
    )}
  </>
);
