import { orderIdPattern } from '@penstock/domain/ids';
import { useEffect, useMemo, useRef } from 'react';
import { useLocation, useParams } from 'react-router';
import { headingOf } from '#features/order/api/order-texts.ts';
import { useOrder } from '#features/order/api/use-order.ts';
import { OrderDetails } from '#features/order/components/order-details.tsx';
import { OrderState } from '#features/order/components/order-state.tsx';
import { isNotFound } from '#lib/net/problem.ts';
import { adoptReceipt, type KeptReceipt, readReceipt, receiptInHash } from '#lib/orders/receipts.ts';
import { useDelayed } from '#lib/use-delayed.ts';
import { useTryAgain } from '#lib/use-try-again.ts';
import { useAnnounce } from '#ui/announcer.tsx';
import { Fault } from '#ui/fault.tsx';
import { NotFound } from '#ui/not-found.tsx';
import { Offline } from '#ui/offline.tsx';
import { PageHeading } from '#ui/page-heading.tsx';
import './order.css';

/** An order, from accepted to delivered or refused, live. */
export const OrderPage = () => {
  const { id = '' } = useParams();
  return orderIdPattern.test(id) ? <KnownId key={id} id={id} /> : <NoSuchOrder />;
};

const KnownId = ({ id }: { readonly id: string }) => {
  const kept = useReceipt(id);
  const question = useOrder(id, kept?.receipt);
  const { data, error, fetchStatus, isPending } = question;
  const trouble = useTryAgain(question);
  const showWaiting = useDelayed(isPending);
  const heading = data === undefined ? undefined : headingOf(data.order);
  useSaid(heading);
  if (isNotFound(error)) return <NoSuchOrder />;
  if (data !== undefined && heading !== undefined)
    return (
      <article className="order">
        <PageHeading title={heading}>{heading}</PageHeading>
        <OrderState order={data.order} kept={kept} />
        <OrderDetails order={data.order} kept={kept} />
      </article>
    );
  if (trouble !== undefined) return <Fault what="This order" trouble={trouble} />;
  if (fetchStatus === 'paused') return <Offline what="This order" />;
  return showWaiting ? <p aria-busy="true">Looking for the order…</p> : null;
};

/** The receipt: out of the link's #, which never reaches a server's log, or as kept by this browser. */
const useReceipt = (id: string): KeptReceipt | undefined => {
  const { hash } = useLocation();
  return useMemo(() => {
    const linked = receiptInHash(hash);
    return linked === undefined ? readReceipt(id) : adoptReceipt(id, linked);
  }, [id, hash]);
};

/** Says a change of the state that happens while the page is open. */
const useSaid = (heading: string | undefined): void => {
  const announce = useAnnounce();
  const last = useRef(heading);
  useEffect(() => {
    if (last.current !== undefined && heading !== undefined && last.current !== heading) announce(heading);
    last.current = heading;
  }, [announce, heading]);
};

const NoSuchOrder = () => (
  <NotFound title="Order not found">
    There is no order under this address. If you have just ordered, open the link from the device that you ordered with:
    it carries your receipt.
  </NotFound>
);
