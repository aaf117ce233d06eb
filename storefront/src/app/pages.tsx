import { type ReactNode, use, useEffect } from 'react';
import { Route, Routes } from 'react-router';
import { CataloguePage } from '#features/catalogue/components/catalogue-page.tsx';
import type { BasketCalls } from '#features/product/components/add-to-basket.tsx';
import { lazyPart } from '#lib/lazy-part.ts';
import { useServices } from '#lib/services.ts';

const ProductPage = lazyPart(async () => (await import('#features/product/components/product-page.tsx')).ProductPage);
const BasketPage = lazyPart(async () => (await import('#features/basket/components/basket-page.tsx')).BasketPage);
const CheckoutPage = lazyPart(
  async () => (await import('#features/checkout/components/checkout-page.tsx')).CheckoutPage,
);
const OrdersPage = lazyPart(async () => (await import('#features/order/components/orders-page.tsx')).OrdersPage);
const OrderPage = lazyPart(async () => (await import('#features/order/components/order-page.tsx')).OrderPage);
const Nowhere = lazyPart(async () => (await import('#app/nowhere.tsx')).Nowhere);

/** In the order in which they are likely to be opened. */
const preloaded = [ProductPage, BasketPage, CheckoutPage, OrderPage, OrdersPage];

/** Every token and component on one page, for who works on the shop: no build has it. */
const BrandSheet = import.meta.env.DEV
  ? lazyPart(async () => (await import('#app/brand-sheet.tsx')).BrandSheet)
  : undefined;

/** Holds a page back until basket and orders are loaded: what is done there must be kept at once. */
const WithEngine = ({ children }: { readonly children: ReactNode }) => {
  use(useServices().loaded);
  return children;
};

/** The addresses of the shop. The catalogue is in the first load; the others follow when the first screen is there. */
export const Pages = (basket: BasketCalls) => {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const { preload } of preloaded) preload().catch((error: unknown) => console.warn(error));
    }, preloadAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Routes>
      <Route index element={<CataloguePage />} />
      <Route
        path="products/:id"
        element={
          <WithEngine>
            <ProductPage {...basket} />
          </WithEngine>
        }
      />
      <Route
        path="basket"
        element={
          <WithEngine>
            <BasketPage />
          </WithEngine>
        }
      />
      <Route
        path="checkout"
        element={
          <WithEngine>
            <CheckoutPage />
          </WithEngine>
        }
      />
      <Route
        path="orders"
        element={
          <WithEngine>
            <OrdersPage />
          </WithEngine>
        }
      />
      <Route
        path="orders/:id"
        element={
          <WithEngine>
            <OrderPage />
          </WithEngine>
        }
      />
      {BrandSheet === undefined ? null : <Route path="brand" element={<BrandSheet />} />}
      <Route path="*" element={<Nowhere />} />
    </Routes>
  );
};

/** Late enough that the first screen's pictures go first, early enough for who loses the connection in the shop. */
const preloadAfterMs = 3000;
