import { orderNumberOf } from '@penstock/domain/ids';
import { useState } from 'react';
import { Link } from 'react-router';
import { listReceipts } from '#lib/orders/receipts.ts';
import { spokenTime } from '#lib/text/format.ts';
import { PageHeading } from '#ui/page-heading.tsx';
import { State } from '#ui/state.tsx';
import '#ui/slip.css';
import './order.css';

/** There are no accounts: these are the orders whose receipts this browser keeps. */
export const OrdersPage = () => {
  const [receipts] = useState(listReceipts);
  return (
    <div className="orders">
      <PageHeading title="Orders">Orders</PageHeading>
      {receipts.length === 0 ? (
        <State drawing="nothing-found">
          <p>This browser keeps no receipt of an order.</p>
          <Link to="/" className="button">
            Go to the catalogue
          </Link>
        </State>
      ) : (
        <ul>
          {receipts.map(({ id, acceptedAt }) => (
            <li key={id} className="summary-line">
              <Link to={`/orders/${id}`}>{orderNumberOf(id)}</Link>
              {acceptedAt === undefined ? null : <time dateTime={acceptedAt}>{spokenTime(acceptedAt)}</time>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
