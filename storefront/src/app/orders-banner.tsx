import { type ReactNode, useEffect } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { refusalWords } from '#features/order/api/order-texts.ts';
import { useBasket } from '#lib/basket/use-basket.ts';
import type { MyOrder } from '#lib/orders/my-orders.ts';
import { useMyOrders } from '#lib/orders/use-orders.ts';
import { useNow, waitLeftMs, waitText } from '#lib/orders/wait.ts';
import { useServices } from '#lib/services.ts';
import { counted } from '#lib/text/format.ts';
import { useOnline } from '#lib/use-online.ts';
import { useAnnounce } from '#ui/announcer.tsx';
import { handOnFocus } from '#ui/focus.ts';
import { Gauge } from '#ui/gauge.tsx';

/**
 * Tells on every page of the orders that are on their way, wait to be placed, or came to nothing. The page that shows such an
 * order itself leaves it out.
 */
export const OrdersBanner = () => {
  const { pathname } = useLocation();
  const { id: basketId } = useBasket();
  const isShownHere = (order: MyOrder): boolean =>
    order.id === undefined
      ? pathname === '/checkout' && order.basketId === basketId
      : pathname === `/orders/${order.id}`;
  const told = useMyOrders().filter((order) => !isShownHere(order));
  const sending = told.filter(({ state }) => state === 'sending');
  const waiting = told.filter(({ isWaiting }) => isWaiting);
  return (
    <>
      {told
        .filter(({ isBadNews }) => isBadNews)
        .map((order) => (
          <BadNews key={order.key} order={order} isOfBasket={order.basketId === basketId} />
        ))}
      {sending.length === 0 ? null : <Sending orders={sending} />}
      {waiting.length === 0 ? null : <Waiting orders={waiting} />}
    </>
  );
};

const Sending = ({ orders }: { readonly orders: readonly MyOrder[] }) => {
  const isOnline = useOnline();
  const announce = useAnnounce();
  const products = orders.reduce((sum, { lines }) => sum + lines.length, 0);
  const text = isOnline
    ? `Your order of ${counted(products, 'product')} is not yet received. It is kept on this device and sent by itself.`
    : `Offline. Your order of ${counted(products, 'product')} is kept on this device and sent as soon as the connection is back.`;
  useEffect(() => announce(text), [announce, text]);
  return (
    <Banner tone="signal">
      {text} <Link to="/orders">Show order</Link>
    </Banner>
  );
};

const Waiting = ({ orders }: { readonly orders: readonly MyOrder[] }) => {
  const nowMs = useNow(true);
  const waits = orders.map((order) => ({ order, leftMs: waitLeftMs(order, nowMs) }));
  // The one that nobody can state a wait for is the longest.
  const [longest] = waits.sort((left, right) => (right.leftMs ?? Infinity) - (left.leftMs ?? Infinity));
  if (longest === undefined) return null;
  const { estimatedWaitMs = 0 } = longest.order;
  const wait = waitText(longest.leftMs);
  const isHeld = orders.some(({ state }) => state === 'held');
  return (
    <Banner tone="busy">
      <Gauge level={estimatedWaitMs === 0 ? 1 : Math.max(0, longest.leftMs ?? 1) / estimatedWaitMs} />
      <span>
        {counted(orders.length, 'order')} accepted, {isHeld ? 'held for a check' : 'waiting to be placed'}
        {wait === undefined || isHeld ? '' : `, which takes ${wait}`}. You can close this page.{' '}
        <Link to={orders.length === 1 ? `/orders/${longest.order.id}` : '/orders'}>Show order</Link>
      </span>
    </Banner>
  );
};

/** An order that came to nothing stays told until the shopper has mended it, looked at it or put the banner away. */
const BadNews = ({ order, isOfBasket }: { readonly order: MyOrder; readonly isOfBasket: boolean }) => {
  const { basket, orders } = useServices();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const isTurnedDown = order.state === 'turned-down';
  const text = isTurnedDown
    ? `Your order was not taken: ${problemWords(order)} Nothing was ordered.`
    : `Order ${order.number} was refused. ${refusalWords(order.reason)}${isOfBasket ? ' Its lines are back in the basket.' : ''}`;
  useEffect(() => announce(text), [announce, text]);
  const mend = async (): Promise<void> => {
    if (order.basketId !== undefined && !isOfBasket) await basket.take(order.basketId);
    await navigate('/checkout');
  };
  return (
    <Banner tone="signal">
      {text}{' '}
      {isTurnedDown ? (
        <button type="button" className="button-quiet" onClick={() => void mend()}>
          Mend the order
        </button>
      ) : (
        <Link to={`/orders/${order.id}`}>Show order</Link>
      )}{' '}
      <button type="button" className="button-quiet" onClick={() => orders.dismiss(order)}>
        Dismiss
      </button>
    </Banner>
  );
};

const problemWords = ({ problem }: MyOrder): string =>
  Object.values(problem?.fieldErrors ?? {}).join(' ') || (problem?.detail ?? '');

const Banner = ({ tone, children }: { readonly tone: 'signal' | 'busy'; readonly children: ReactNode }) => (
  <div ref={handOnFocus} className={tone === 'busy' ? 'banner banner-busy' : 'banner'}>
    {children}
  </div>
);
