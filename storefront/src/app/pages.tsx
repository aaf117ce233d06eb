import { lazy, type ReactNode, use, useEffect } from 'react';
import { Route, Routes } from 'react-router';
import { CataloguePage } from '#features/catalogue/components/catalogue-page.tsx';
import { useServices } from '#lib/services.ts';
import { NotFound } from '#ui/not-found.tsx';

const loadProduct = () => import('#features/product/components/product-page.tsx');
const loadBasket = () => import('#features/basket/components/basket-page.tsx');
const loadCheckout = () => import('#features/checkout/components/checkout-page.tsx');
const loadOrders = () => import('#features/order/components/orders-page.tsx');
const loadOrder = () => import('#features/order/components/order-page.tsx');

const ProductPage = lazy(async () => ({ default: (await loadProduct()).ProductPage }));
const BasketPage = lazy(async () => ({ default: (await loadBasket()).BasketPage }));
const CheckoutPage = lazy(async () => ({ default: (await loadCheckout()).CheckoutPage }));
const OrdersPage = lazy(async () => ({ default: (await loadOrders()).OrdersPage }));
const OrderPage = lazy(async () => ({ default: (await loadOrder()).OrderPage }));

/** Every token and component on one page, for who works on the shop: no build has it. */
const BrandSheet = import.meta.env.DEV
  ? lazy(async () => ({ default: (await import('#app/brand-sheet.tsx')).BrandSheet }))
  : undefined;

/** Holds a page back until basket and orders are loaded: what is done there must be kept at once. */
const WithEngine = ({ children }: { readonly children: ReactNode }) => {
  use(useServices().loaded);
  return children;
};

type Props = { readonly onAdded: (said: string) => void };

/** The addresses of the shop. The catalogue is in the first load; the others follow when the browser is idle. */
export const Pages = ({ onAdded }: Props) => {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const load of [loadProduct, loadBasket]) load().catch((error: unknown) => console.warn(error));
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
            <ProductPage onAdded={onAdded} />
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
      <Route path="orders" element={<OrdersPage />} />
      <Route path="orders/:id" element={<OrderPage />} />
      {BrandSheet === undefined ? null : <Route path="brand" element={<BrandSheet />} />}
      <Route path="*" element={<NotFound title="Page not found">There is nothing at this address.</NotFound>} />
    </Routes>
  );
};

/** Late enough that the first screen's pictures go first. */
const preloadAfterMs = 3000;
