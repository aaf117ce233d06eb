import { orderIdPattern, orderNumberOf } from '@penstock/domain/ids';
import { useEffect, useRef } from 'react';
import { useParams } from 'react-router';
import { headingOf } from '#features/order/api/order-texts.ts';
import { type AnyOrder, useOrder } from '#features/order/api/use-order.ts';
import { useJudged, useKeptReceipt, useLinkedReceipt } from '#features/order/api/use-receipt.ts';
import { OrderDetails } from '#features/order/components/order-details.tsx';
import { OrderState } from '#features/order/components/order-state.tsx';
import { isNotFound } from '#lib/net/problem.ts';
import type { KeptReceipt } from '#lib/orders/receipts.ts';
import { useServices } from '#lib/services.ts';
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
  const kept = useKeptReceipt(id);
  const { receipt, judge } = useLinkedReceipt(id, kept);
  const question = useOrder(id, receipt);
  const { data, error, fetchStatus, isPending } = question;
  useJudged(judge, data?.order, error);
  const trouble = useTryAgain(question);
  const showWaiting = useDelayed(isPending);
  const order = data?.order ?? (kept === undefined ? undefined : knownOrder(id, kept));
  const heading = order === undefined ? undefined : headingOf(order);
  useSaid(heading);
  useSeenRefusal(id, data?.order);
  if (isNotFound(error)) return <NoSuchOrder />;
  if (order !== undefined && heading !== undefined)
    return (
      <article className="order">
        <PageHeading title={heading}>{heading}</PageHeading>
        {trouble === undefined ? null : (
          <Fault what="The latest state" trouble={trouble} kept="Shown is what this device keeps of the order." />
        )}
        <OrderState order={order} kept={kept} />
        <OrderDetails order={order} kept={kept} />
      </article>
    );
  if (trouble !== undefined) return <Fault what="This order" trouble={trouble} />;
  if (fetchStatus === 'paused') return <Offline what="This order" />;
  return showWaiting ? <p aria-busy="true">Looking for the order…</p> : null;
};

/** The order as this browser knows it, before the shop has answered or while it cannot. */
const knownOrder = (id: string, { order, acceptedAt }: KeptReceipt): AnyOrder =>
  order ?? {
    id,
    number: orderNumberOf(id),
    rev: 0,
    status: 'accepted',
    timeline: acceptedAt === undefined ? [] : [{ status: 'accepted', at: acceptedAt }],
  };

/** Whoever sees the refusal here need not be told on every page. */
const useSeenRefusal = (id: string, order: AnyOrder | undefined): void => {
  const { orders } = useServices();
  const isRefused = order?.status === 'rejected';
  useEffect(() => {
    if (isRefused) orders.dismiss({ id, begunId: undefined });
  }, [orders, id, isRefused]);
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
