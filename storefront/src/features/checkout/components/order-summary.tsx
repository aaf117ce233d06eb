import { formatMoney, timesMoney } from '@penstock/domain/money';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { useSeenPrices } from '#features/checkout/api/seen-prices.ts';
import { type BasketRow, sumOf } from '#lib/basket/basket-rows.ts';
import { Notice } from '#ui/notice.tsx';
import { Price } from '#ui/price.tsx';
import { Slip } from '#ui/slip.tsx';

type Props = {
  readonly rows: readonly BasketRow[];
  readonly prices: ReturnType<typeof useSeenPrices>;
  readonly children: ReactNode;
};

/** What is ordered at which price, live, with what has changed since the page was opened. */
export const OrderSummary = ({ rows, prices, children }: Props) => {
  const sum = sumOf(rows);
  return (
    <section className="summary" aria-labelledby="summary-heading">
      <Slip title="Basket ticket">
        <h2 id="summary-heading">Your order</h2>
        <ul>
          {rows.map((row) => (
            <li key={row.productId} className="summary-line">
              <span>
                {row.quantity} × <bdi>{row.name}</bdi>
                {row.hint === undefined ? null : <span className="hint">{row.hint}</span>}
              </span>
              {row.product === undefined || row.unavailable ? null : (
                <Price money={timesMoney(row.product.price, row.quantity)} />
              )}
            </li>
          ))}
        </ul>
        <p className="basket-sum">
          <span>Total</span> <strong>{sum === undefined ? '…' : <Price money={sum} />}</strong>
        </p>
      </Slip>
      {prices.risen.length === 0 ? null : (
        <Notice tone="signal">
          {prices.risen.map(({ row, from, to }) => (
            <p key={row.productId}>
              <bdi>{row.name}</bdi> now costs {formatMoney(to)} instead of {formatMoney(from)}.
            </p>
          ))}
          <button type="button" className="button" onClick={prices.accept}>
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
