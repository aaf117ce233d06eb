import { act, screen } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { describe, expect, it, vi } from 'vitest';
import { CataloguePage } from '#features/catalogue/components/catalogue-page.tsx';
import { ProductPage } from '#features/product/components/product-page.tsx';
import { ProblemError } from '#lib/net/problem.ts';
import { productOf, renderShop, shopOf } from '#testing/render-shop.tsx';

const pages = (onViewBasket = () => {}) => (
  <Routes>
    <Route index element={<CataloguePage />} />
    <Route path="products/:id" element={<ProductPage onAdded={() => {}} onViewBasket={onViewBasket} />} />
  </Routes>
);
const busy = new ProblemError({
  status: 503,
  code: 'store-busy',
  detail: 'Busy.',
  correlationId: 'c',
  fieldErrors: {},
});

describe('a product that the list has shown', () => {
  it('is there at once, also while the shop does not answer, and says what it is', async () => {
    const shop = shopOf([productOf()]);
    const { user } = await renderShop(pages(), {
      answer: (call) => {
        if (call.path.startsWith('/products/')) throw busy;
        return shop(call);
      },
    });
    await user.click(await screen.findByRole('link', { name: /Sencha/ }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Sencha');
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
    expect(screen.getByRole('button', { name: 'Add to basket' })).toBeTruthy();
    const alert = await screen.findByRole('alert', {}, { timeout: 3000 });
    expect(alert.textContent).toContain('Shown is what was last known.');
  });
});

describe('a product page', () => {
  it('shows its shape while the product is on its way, never nothing', async () => {
    let come = (_product: unknown): void => {};
    const coming = new Promise((resolve) => {
      come = resolve;
    });
    await renderShop(pages(), { path: '/products/sencha', answer: () => coming });
    expect(screen.getByText('Loading the product…')).toBeTruthy();
    await act(async () => come(productOf()));
    expect(await screen.findByRole('heading', { name: 'Sencha' })).toBeTruthy();
  });

  it('says that it is sold out on the button itself', async () => {
    const answer = shopOf([productOf({ stock: { available: 0, level: 'out' } })]);
    await renderShop(pages(), { path: '/products/sencha', answer });
    const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Sold out' });
    expect(button.disabled).toBe(true);
  });

  it('opens the basket from the words that say what is in it', async () => {
    const onViewBasket = vi.fn();
    const { user } = await renderShop(pages(onViewBasket), { path: '/products/sencha', answer: shopOf([productOf()]) });
    await user.click(await screen.findByRole('button', { name: 'Add to basket' }));
    await user.click(await screen.findByRole('button', { name: 'View basket' }));
    expect(onViewBasket).toHaveBeenCalledOnce();
  });

  it('is a page like any other for a product named as what objects inherit', async () => {
    const id = 'constructor';
    const answer = shopOf([productOf({ id, name: id, category: id })]);
    await renderShop(pages(), { path: `/products/${id}`, answer });
    expect(await screen.findByRole('heading', { name: id })).toBeTruthy();
  });
});
