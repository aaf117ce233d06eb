import { isFinal, type OrderStatus } from '@penstock/domain/order-states';
import { Link } from 'react-router';
import { useOrder } from '#features/order/api/use-order.ts';
import { OrderRow } from '#features/order/components/order-row.tsx';
import type { MyOrder } from '#lib/orders/my-orders.ts';
import { useMyOrders } from '#lib/orders/use-orders.ts';
import { PageHeading } from '#ui/page-heading.tsx';
import { State } from '#ui/state.tsx';
import '#ui/slip.css';
import './order.css';

/** A socket takes 20 topics, and a page asks for no more than one sees at once. */
const followedMax = 8;

/** There are no accounts: these are the orders of this browser, on their way or with a receipt that it keeps. */
export const OrdersPage = () => {
  const orders = useMyOrders();
  const followed = orders.filter(isOpen).slice(0, followedMax);
  return (
    <div className="orders">
      <PageHeading title="Orders">Orders</PageHeading>
      {orders.length === 0 ? (
        <State drawing="nothing-found">
          <p>No order was placed in this browser.</p>
          <Link to="/" className="button">
            Go to the catalogue
          </Link>
        </State>
      ) : (
        <ul>
          {orders.map((order) => (
            <OrderRow key={order.key} order={order} />
          ))}
        </ul>
      )}
      {followed.map(({ id, receipt }) => (id === undefined ? null : <Followed key={id} id={id} receipt={receipt} />))}
    </div>
  );
};

/** Something may still become of it. */
const isOpen = ({ id, state, isWaiting }: MyOrder): boolean =>
  id !== undefined && !isWaiting && !isFinal(state as OrderStatus);

/** Keeps a row up to date: what the shop answers is noted with the receipt. */
const Followed = ({ id, receipt }: { readonly id: string; readonly receipt: string | undefined }) => {
  useOrder(id, receipt);
  return null;
};
