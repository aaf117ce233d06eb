import { ConnectionBanner } from '#app/connection-banner.tsx';
import { KeptBanner } from '#app/kept-banner.tsx';
import { OrderFollower } from '#app/order-follower.tsx';
import { OrdersBanner } from '#app/orders-banner.tsx';
import { PausedBanner } from '#app/paused-banner.tsx';
import { unsettled } from '#lib/orders/order-book.ts';
import { useOrderBook } from '#lib/orders/use-orders.ts';

/** What is said above every page, and the orders that are followed from every page until they are settled. */
export const Banners = () => (
  <>
    <ConnectionBanner />
    <PausedBanner />
    <KeptBanner />
    <OrdersBanner />
    {unsettled(useOrderBook()).map(({ order, basketId, lines }) =>
      order === undefined ? null : <OrderFollower key={order.id} order={order} basketId={basketId} lines={lines} />,
    )}
  </>
);
