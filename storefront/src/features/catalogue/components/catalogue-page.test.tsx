import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CataloguePage } from '#features/catalogue/components/catalogue-page.tsx';
import { ProblemError } from '#lib/net/problem.ts';
import { productOf, renderShop, shopOf } from '#testing/render-shop.tsx';

const shop = shopOf(
  Array.from({ length: 60 }, (_, index) =>
    productOf({
      id: `tea-${index}`,
      name: `Green tea ${index}`,
      category: index % 2 === 0 ? 'green-tea' : 'coffee',
    }),
  ),
);
const open = async (path = '/') => {
  const view = await renderShop(<CataloguePage />, { path, answer: shop });
  await screen.findAllByText(/^\d+ products?/);
  return view;
};

describe('who types or chooses in the catalogue', () => {
  it('loses no letter when the first answer of the visit comes', async () => {
    const { user, scrollTo } = await open();
    const box = screen.getByRole('searchbox', { name: 'Search' });
    await user.type(box, 'green');
    await waitFor(() => expect(location.search).toBe('?q=green'));
    expect(document.activeElement).toBe(box);
    await user.keyboard(' tea');
    expect((box as HTMLInputElement).value).toBe('green tea');
    expect(scrollTo).not.toHaveBeenCalled();
  });

  it('keeps focus and scroll at the first checkbox of a category', async () => {
    const { user, scrollTo } = await open();
    const coffee = screen.getByRole('checkbox', { name: /Coffee/ });
    await user.click(coffee);
    expect(location.search).toBe('?category=coffee');
    expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: /Coffee/ }));
    expect(scrollTo).not.toHaveBeenCalled();
  });
});

describe('the focus, when what held it goes away', () => {
  it('goes to the main part after "Show everything"', async () => {
    const { user } = await renderShop(<CataloguePage />, { path: '/?q=zzz', answer: shop });
    await user.click(await screen.findByRole('button', { name: 'Show everything' }));
    await screen.findByText('60 products', { exact: false });
    expect(document.activeElement).toBe(document.getElementById('main'));
  });
});

describe('the focus in the list', () => {
  it('is at the list after the next page, which says its number', async () => {
    const { user } = await open();
    await user.click(screen.getByRole('link', { name: 'Next' }));
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Products' }));
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('60 products, page 2 of 3'));
    expect(document.title).toContain('Catalogue – page 2');
  });

  it('goes on to the next chip when one is removed, and to the list after the last', async () => {
    const { user } = await open('/?category=coffee&category=green-tea&inStock=true');
    const chip = (label: string) => screen.getByRole('button', { name: `Remove filter ${label}` });
    await user.click(chip('Coffee'));
    expect(document.activeElement).toBe(chip('Green tea and oolong'));
    await user.click(chip('In stock'));
    expect(document.activeElement).toBe(chip('Green tea and oolong'));
    await user.click(chip('Green tea and oolong'));
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Products' }));
  });
});

describe('a list that cannot be asked for', () => {
  beforeEach(() => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const busy = new ProblemError({
    status: 503,
    code: 'store-busy',
    detail: 'The shop is busy.',
    correlationId: 'corr-1234',
    fieldErrors: {},
    retryAfterMs: 20_000,
  });
  const shopThat = () => {
    const state: { error: Error | undefined } = { error: undefined };
    const answer: typeof shop = (call) => {
      if (state.error !== undefined && call.path.startsWith('/products')) throw state.error;
      return shop(call);
    };
    return { state, answer };
  };

  it('is asked again with a countdown, no sooner than the shop asked for, for as long as it takes', async () => {
    const { state, answer } = shopThat();
    state.error = busy;
    const { calls } = await renderShop(<CataloguePage />, { answer });
    const asked = () => calls.filter(({ path }) => path.startsWith('/products')).length;
    await act(() => vi.advanceTimersByTimeAsync(500));
    expect(screen.getByRole('alert').textContent).toContain('The shop is busy.');
    const before = asked();
    await act(() => vi.advanceTimersByTimeAsync(15_000));
    expect(asked()).toBe(before);
    expect(screen.getByText(/tried again by itself in \d+ s/)).toBeTruthy();
    for (let minutes = 0; minutes < 10; minutes += 1) await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(asked()).toBeGreaterThan(before + 5);
    state.error = undefined;
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(screen.getByText('60 products', { exact: false })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('stays as it was last known, says so, and keeps the search alive', async () => {
    const { state, answer } = shopThat();
    await renderShop(<CataloguePage />, { answer });
    await act(() => vi.advanceTimersByTimeAsync(100));
    state.error = busy;
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
    await user.click(screen.getByRole('checkbox', { name: /Coffee/ }));
    await act(() => vi.advanceTimersByTimeAsync(500));
    expect(screen.getByText('Green tea 1')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('Below is the list from before');
    state.error = undefined;
    await user.type(screen.getByRole('searchbox'), 'tea 3');
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByText('Green tea 1')).toBeNull();
  });
});

describe('names that an object inherits', () => {
  it.each(['constructor', '__proto__', 'toString'])(
    'break nothing as a product, a category or a search: %s',
    async (name) => {
      const answer = shopOf([
        productOf({ id: name, name, category: name, stock: { available: 3, level: 'low' } }),
        productOf(),
      ]);
      const { user, change } = await renderShop(<CataloguePage />, { path: `/?q=${name}&category=${name}`, answer });
      expect(await screen.findByRole('link', { name: new RegExp(name) })).toBeTruthy();
      expect(screen.getByRole('button', { name: `Remove filter “${name}”` })).toBeTruthy();
      act(() =>
        change('catalogue', 9, {
          changed: [
            { id: name, rev: 9, price: { amountMinor: 777, currency: 'GBP' }, stock: { available: 2, level: 'low' } },
          ],
        }),
      );
      expect(await screen.findByText('£7.77')).toBeTruthy();
      await user.click(screen.getByRole('button', { name: 'Clear all' }));
      expect(await screen.findByText('2 products')).toBeTruthy();
    },
  );
});
