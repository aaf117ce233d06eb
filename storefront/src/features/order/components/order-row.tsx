import { Link } from 'react-router';
import { refusalWords, stateLabel } from '#features/order/api/order-texts.ts';
import { Withdraw } from '#features/order/components/withdraw.tsx';
import type { MyOrder } from '#lib/orders/my-orders.ts';
import { spokenTime } from '#lib/text/format.ts';
import { Price } from '#ui/price.tsx';

/** An order in the list: which one, its state, what is in it, what it comes to. */
export const OrderRow = ({ order }: { readonly order: MyOrder }) => {
  const { id, number, state, lines, total, sinceMs, canWithdraw, begunId, problem, reason } = order;
  return (
    <li className="order-row">
      <p className="order-row-head">
        {id === undefined ? (
          <strong>{stateLabel(order)}</strong>
        ) : (
          <>
            <Link to={`/orders/${id}`}>{number}</Link> <span>{stateLabel(order)}</span>
          </>
        )}
        {total === undefined ? null : <Price money={total} />}
      </p>
      {lines.length === 0 ? null : (
        <p>
          {lines.map(({ productId, name, quantity }, index) => (
            <span key={productId}>
              {index === 0 ? '' : ', '}
              {quantity} × <bdi>{name ?? productId}</bdi>
            </span>
          ))}
        </p>
      )}
      {state === 'rejected' ? <p className="small">{refusalWords(reason)}</p> : null}
      {state === 'turned-down' ? (
        <p>
          {problem?.detail} Nothing was ordered. <Link to="/checkout">Mend the order</Link>
        </p>
      ) : null}
      {sinceMs === 0 ? null : (
        <time className="small" dateTime={new Date(sinceMs).toISOString()}>
          {spokenTime(new Date(sinceMs).toISOString())}
        </time>
      )}
      {state === 'sending' && begunId !== undefined ? <Withdraw begunId={begunId} isCertain={canWithdraw} /> : null}
    </li>
  );
};
