import { formatMoney, timesMoney } from '@penstock/domain/money';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { type BasketRow, formerPrice, risenIn, sumOf } from '#lib/basket/basket-rows.ts';
import { shortagesIn } from '#lib/basket/shortages.ts';
import { useServices } from '#lib/services.ts';
import { FormerPrice } from '#ui/former-price.tsx';
import { Notice } from '#ui/notice.tsx';
import { Price } from '#ui/price.tsx';
import { Slip } from '#ui/slip.tsx';
import { TakeWhatIsLeft } from '#ui/take-what-is-left.tsx';

type Props = {
  readonly rows: readonly BasketRow[];
  readonly children: ReactNode;
};

/** What is ordered at which price, live, with what has changed since it was put in. */
export const OrderSummary = ({ rows, children }: Props) => {
  const { basket } = useServices();
  const sum = sumOf(rows);
  const risen = risenIn(rows);
  const accept = (): void =>
    basket.notePrices(
      'accepted',
      risen.map(({ row, to }) => ({ productId: row.productId, price: to })),
    );
  return (
    <section className="summary" aria-labelledby="summary-heading">
      <Slip title="Basket ticket">
        <h2 id="summary-heading">Your order</h2>
        <ul>
          {rows.map((row) => (
            <SummaryLine key={row.productId} row={row} />
          ))}
        </ul>
        <p className="basket-sum">
          <span>Total</span> <strong>{sum === undefined ? '…' : <Price money={sum} />}</strong>
        </p>
      </Slip>
      {risen.length === 0 ? null : (
        <Notice tone="signal">
          {risen.map(({ row, from, to }) => (
            <p key={row.productId}>
              <bdi>{row.name}</bdi> now costs {formatMoney(to)} instead of {formatMoney(from)}.
            </p>
          ))}
          <button type="button" className="button" onClick={accept}>
            Accept the new price
          </button>
        </Notice>
      )}
      {children}
      <p>
        <Link to="/basket">Change the basket</Link>
      </p>
    </section>
  );
};

const SummaryLine = ({ row }: { readonly row: BasketRow }) => {
  const { basket } = useServices();
  const [shortage] = shortagesIn([row]);
  return (
    <li className="summary-line">
      <span>
        {row.quantity} × <bdi>{row.name}</bdi>
        <FormerPrice money={formerPrice(row)} />
        {row.hint === undefined ? null : <span className="hint">{row.hint}</span>}
        {shortage === undefined ? null : (
          <TakeWhatIsLeft
            name={row.name}
            available={shortage.available}
            onTake={(quantity) => basket.setQuantity(row.productId, quantity)}
          />
        )}
      </span>
      {row.product === undefined || row.unavailable ? null : (
        <Price money={timesMoney(row.product.price, row.quantity)} />
      )}
    </li>
  );
};
