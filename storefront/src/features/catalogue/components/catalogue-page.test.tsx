import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { CataloguePage } from '#features/catalogue/components/catalogue-page.tsx';
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
  await screen.findByText('60 products', { exact: false });
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
