import { type ReactNode, Suspense } from 'react';
import { Link, useLocation } from 'react-router';
import { ErrorBoundary } from '#app/error-boundary.tsx';
import { Header } from '#app/header.tsx';
import { PageSkeleton } from '#app/page-skeleton.tsx';
import { Pages } from '#app/pages.tsx';
import { useDrawer } from '#app/use-drawer.ts';
import { useTurnedDown } from '#app/use-turned-down.ts';
import { lazyPart } from '#lib/lazy-part.ts';
import { useOnline } from '#lib/use-online.ts';
import { useToast } from '#ui/toasts.tsx';

const BasketDrawer = lazyPart(async () => (await import('#features/basket/components/basket-drawer.tsx')).BasketDrawer);
const Banners = lazyPart(async () => (await import('#app/banners.tsx')).Banners);

/** What surrounds every page. */
export const Layout = () => {
  const { pathname } = useLocation();
  const toast = useToast();
  const drawer = useDrawer(BasketDrawer.preload);
  useTurnedDown();
  return (
    <>
      <a href="#main" className="skip">
        Skip to the content
      </a>
      <Header />
      <Aside>
        <Banners />
      </Aside>
      <main id="main" tabIndex={-1}>
        <ErrorBoundary key={pathname}>
          <Suspense fallback={<PageSkeleton />}>
            <Pages
              onAdded={({ productId, text, said }) =>
                toast({ text, said, about: productId, action: { label: 'View basket', run: drawer.open } })
              }
              onViewBasket={drawer.open}
            />
          </Suspense>
        </ErrorBoundary>
      </main>
      <footer className="footer">
        <p>In the old pumping house by the weir.</p>
        <Link to="/orders">Orders</Link>
      </footer>
      <Aside>{drawer.isOpen ? <BasketDrawer onClose={drawer.close} /> : null}</Aside>
    </>
  );
};

/** Around what a page can do without until its code is there; a failure is tried again when the connection is back. */
const Aside = ({ children }: { readonly children: ReactNode }) => (
  <ErrorBoundary key={String(useOnline())} fallback={null}>
    <Suspense>{children}</Suspense>
  </ErrorBoundary>
);
