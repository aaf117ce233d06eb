import { type ReactNode, use, useEffect } from 'react';
import { Route, Routes } from 'react-router';
import { CataloguePage, ListNotice } from '#features/catalogue/components/catalogue-page.tsx';
import type { BasketCalls } from '#features/product/components/add-to-basket.tsx';
import { lazyPart } from '#lib/lazy-part.ts';
import { useServices } from '#lib/services.ts';

const ProductPage = lazyPart(async () => (await import('#features/product/components/product-page.tsx')).ProductPage);
const BasketPage = lazyPart(async () => (await import('#features/basket/components/basket-page.tsx')).BasketPage);
/** What checks the form comes along: whoever loses the connection while typing orders all the same. */
const CheckoutPage = lazyPart(async () => {
  const page = import('#features/checkout/components/checkout-page.tsx');
  import('#features/checkout/api/validate.ts').catch((error: unknown) => console.warn(error));
  return (await page).CheckoutPage;
});
const OrdersPage = lazyPart(async () => (await import('#features/order/components/orders-page.tsx')).OrdersPage);
const OrderPage = lazyPart(async () => (await import('#features/order/components/order-page.tsx')).OrderPage);
const Nowhere = lazyPart(async () => (await import('#app/nowhere.tsx')).Nowhere);

/** In the order in which they are likely to be opened. */
const preloaded = [ProductPage, BasketPage, CheckoutPage, OrderPage, OrdersPage, ListNotice];

/** Who looks at the basket may lose the connection right there and order all the same. */
const checkoutPath: readonly { readonly preload: () => Promise<unknown> }[] = [CheckoutPage, OrderPage, OrdersPage];

/** Every token and component on one page, for who works on the shop: no build has it. */
const BrandSheet = import.meta.env.DEV
  ? lazyPart(async () => (await import('#app/brand-sheet.tsx')).BrandSheet)
  : undefined;

/** Holds a page back until basket and orders are loaded: what is done there must be kept at once. */
const WithEngine = ({ children, next }: { readonly children: ReactNode; readonly next?: typeof checkoutPath }) => {
  use(useServices().loaded);
  useEffect(() => preload(next), [next]);
  return children;
};

const preload = (parts: typeof checkoutPath = []): void => {
  for (const part of parts) part.preload().catch((error: unknown) => console.warn(error));
};

/** The addresses of the shop. The catalogue is in the first load; the others follow when the first screen is there. */
export const Pages = (basket: BasketCalls) => {
  useEffect(() => {
    const timer = setTimeout(preload, preloadAfterMs, preloaded);
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
          <WithEngine next={checkoutPath}>
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
