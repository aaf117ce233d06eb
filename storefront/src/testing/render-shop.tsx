import type { CataloguePage } from '@penstock/domain/catalogue';
import type { Product } from '@penstock/domain/product';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ReactNode, Suspense } from 'react';
import { BrowserRouter } from 'react-router';
import { afterEach, vi } from 'vitest';
import { makeQueryClient } from '#app/compose.ts';
import { makeEngine } from '#lib/engine.ts';
import { makeLazyEngine } from '#lib/lazy-engine.ts';
import { type Services, ServicesProvider, type TurnedDownListener } from '#lib/services.ts';
import { fakeHttp, fakeLive, problem } from '#lib/testing/fakes.ts';
import { Announcer } from '#ui/announcer.tsx';
import { Toasts } from '#ui/toasts.tsx';
import { VisitProvider } from '#ui/visit.tsx';

type Answer = Parameters<typeof fakeHttp>[0];

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.restoreAllMocks();
});

/** Collaborators of the pages over an API whose answers a test gives; storage is the test window's own. */
const makeServices = (answer: Answer) => {
  const { http, calls } = fakeHttp(answer);
  const { live, change } = fakeLive();
  const listeners = new Set<TurnedDownListener>();
  const clock = { now: () => Date.now() };
  const engine = makeLazyEngine(async () =>
    makeEngine({
      http,
      clock,
      device: clock,
      tab: 'test-tab-00000000',
      live,
      random: () => 0,
      onTurnedDown: (op, error) => {
        for (const listener of listeners) listener(op, error);
      },
    }),
  );
  const onTurnedDown = (listener: TurnedDownListener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const services: Services = { ...engine, http, live, clock, onTurnedDown };
  return { services, calls, change };
};

/** Renders pages or parts of them at an address, with all that surrounds them in the app. */
export const renderShop = async (ui: ReactNode, { path = '/', answer = shopOf([]) as Answer } = {}) => {
  window.history.replaceState(null, '', path);
  // The window of the tests does not scroll; calls are counted instead.
  const scrollTo = vi.spyOn(window, 'scrollTo').mockImplementation(() => {});
  const made = makeServices(answer);
  await made.services.loaded;
  const queryClient = makeQueryClient();
  const view = await act(async () =>
    render(
      <ServicesProvider value={made.services}>
        <QueryClientProvider client={queryClient}>
          <BrowserRouter useTransitions={false}>
            <VisitProvider>
              <Announcer>
                <Toasts>
                  <main id="main" tabIndex={-1}>
                    <Suspense>{ui}</Suspense>
                  </main>
                </Toasts>
              </Announcer>
            </VisitProvider>
          </BrowserRouter>
        </QueryClientProvider>
      </ServicesProvider>,
    ),
  );
  return { ...view, ...made, queryClient, scrollTo, user: userEvent.setup() };
};

/** A product with a test's own wishes. */
export const productOf = (wishes: Partial<Product> = {}): Product => ({
  id: 'sencha',
  version: 1,
  rev: 1,
  name: 'Sencha',
  category: 'green-tea',
  description: 'A green tea.',
  price: { amountMinor: 500, currency: 'GBP' },
  stock: { available: 50, level: 'in' },
  images: [],
  ...wishes,
});

const basketId = 'testbasket000000000000';

/** An API that knows these products: the list with search, categories and pages, each by its id, and one basket. */
export const shopOf =
  (products: readonly Product[]): Answer =>
  ({ method, path }) => {
    const url = new URL(path, 'http://shop.test');
    if (url.pathname.startsWith('/baskets')) return method === 'PUT' ? {} : { id: basketId, rev: 0, lines: [] };
    if (url.pathname === '/health') return { status: 'ok', ordersPaused: false };
    if (url.pathname === '/products') return listOf(products, url.searchParams);
    const product = products.find(({ id }) => url.pathname === `/products/${encodeURIComponent(id)}`);
    if (product === undefined) throw problem(404, 'product-not-found');
    return product;
  };

const listOf = (products: readonly Product[], params: URLSearchParams): CataloguePage => {
  const wanted = params.getAll('category');
  const q = (params.get('q') ?? '').toLowerCase();
  const page = Number(params.get('page') ?? 1);
  const pageSize = Number(params.get('pageSize') ?? 24);
  const found = products.filter(
    ({ name, category }) => name.toLowerCase().includes(q) && (wanted.length === 0 || wanted.includes(category)),
  );
  const counts = new Map<string, number>();
  for (const { category } of products) counts.set(category, (counts.get(category) ?? 0) + 1);
  return {
    items: found.slice((page - 1) * pageSize, page * pageSize),
    page,
    pageSize,
    total: found.length,
    rev: 1,
    facets: { category: [...counts].map(([value, count]) => ({ value, count })) },
  };
};
