import { lazy, Suspense, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { ConnectionBanner } from '#app/connection-banner.tsx';
import { ErrorBoundary } from '#app/error-boundary.tsx';
import { Header } from '#app/header.tsx';
import { Pages } from '#app/pages.tsx';
import { PausedBanner } from '#app/paused-banner.tsx';
import { useTurnedDown } from '#app/use-turned-down.ts';
import { unsettled } from '#lib/orders/order-book.ts';
import { useOrderBook } from '#lib/orders/use-orders.ts';
import { useToast } from '#ui/toasts.tsx';

const BasketDrawer = lazy(async () => ({
  default: (await import('#features/basket/components/basket-drawer.tsx')).BasketDrawer,
}));
const BusyBanner = lazy(async () => ({ default: (await import('#app/busy-banner.tsx')).BusyBanner }));
const OrderFollower = lazy(async () => ({ default: (await import('#app/order-follower.tsx')).OrderFollower }));

/** What surrounds every page. Orders that are not settled are followed from here, whichever page is open. */
export const Layout = () => {
  const { pathname } = useLocation();
  const toast = useToast();
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const waiting = unsettled(useOrderBook());
  useTurnedDown();
  return (
    <>
      <a href="#main" className="skip">
        Skip to the content
      </a>
      <Header />
      <ConnectionBanner />
      <PausedBanner />
      {waiting.length === 0 ? null : (
        <Suspense fallback={null}>
          <BusyBanner orders={waiting.flatMap(({ order }) => (order === undefined ? [] : [order]))} />
        </Suspense>
      )}
      <main id="main" tabIndex={-1}>
        <ErrorBoundary key={pathname}>
          <Suspense fallback={null}>
            <Pages
              onAdded={(text) => toast({ text, action: { label: 'Show lines', run: () => setDrawerOpen(true) } })}
            />
          </Suspense>
        </ErrorBoundary>
      </main>
      <footer className="footer scale">
        <p>Weirhouse, tea &amp; coffee. In the old pumping house by the weir.</p>
        <Link to="/orders">Orders</Link>
      </footer>
      <Suspense fallback={null}>
        {isDrawerOpen ? <BasketDrawer onClose={() => setDrawerOpen(false)} /> : null}
        {waiting.map(({ order, basketId, lines }) =>
          order === undefined ? null : <OrderFollower key={order.id} order={order} basketId={basketId} lines={lines} />,
        )}
      </Suspense>
    </>
  );
};
