import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { MyOrder } from '#lib/orders/my-orders.ts';
import { counted } from '#lib/text/format.ts';
import { useOnline } from '#lib/use-online.ts';
import { Notice } from '#ui/notice.tsx';
import { Price } from '#ui/price.tsx';
import { Slip } from '#ui/slip.tsx';

/** An answer normally takes less than this; afterwards the page says that it is still trying. */
const patienceMs = 4000;

/**
 * The order is on its way and its outcome unknown: it is kept and sent again by itself, after a reload too (A5). It stands in
 * place of the form, whose foot was on screen, so it comes into view and takes the focus.
 */
export const Sending = ({ order }: { readonly order: MyOrder }) => {
  const isOnline = useOnline();
  const isLate = useLate(order.sinceMs);
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    notice.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <div ref={notice} tabIndex={-1}>
        <Notice tone={isLate || !isOnline ? 'signal' : 'plain'}>
          <p role="status">{stateWords(isOnline, isLate)}</p>
          <p className="small">
            Your order of {counted(order.lines.length, 'product')} is kept on this device and never placed twice.
          </p>
          <p>
            <Link to="/orders">Show it among your orders</Link>
          </p>
        </Notice>
      </div>
      <Slip title="Order ticket">
        <ul>
          {order.lines.map(({ productId, name, quantity }) => (
            <li key={productId} className="summary-line">
              <span>
                {quantity} × <bdi>{name ?? productId}</bdi>
              </span>
            </li>
          ))}
        </ul>
        {order.total === undefined ? null : (
          <p className="basket-sum">
            <span>Total</span>{' '}
            <strong>
              <Price money={order.total} />
            </strong>
          </p>
        )}
      </Slip>
    </>
  );
};

const stateWords = (isOnline: boolean, isLate: boolean): string => {
  if (!isOnline) return 'Not yet sent: this device is offline. It is sent by itself as soon as the connection is back.';
  return isLate
    ? 'Not yet accepted, still trying. You can close this page: it is sent again when you come back to the shop.'
    : 'Placing your order…';
};

const useLate = (sinceMs: number): boolean => {
  const [isLate, setLate] = useState(() => Date.now() - sinceMs > patienceMs);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), Math.max(0, patienceMs - (Date.now() - sinceMs)));
    return () => clearTimeout(timer);
  }, [sinceMs]);
  return isLate;
};
