import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { deadLetters } from '#dead-letters/index.ts';
import { OfficeMenu } from '#frame/office-menu.tsx';
import { orders } from '#orders/index.ts';
import { products } from '#products/index.ts';
import { renderOffice, someOrder } from '#testing/render-office.tsx';

const order = someOrder();
const data = {
  getList: async (resource: string) =>
    resource === 'orders' ? { data: [order as never], total: 1 } : { data: [], total: 3 },
  getOne: async () => ({ data: order as never }),
};

it('a row of a list is a link, opened by keyboard, and the page that opens takes the focus and names the tab', async () => {
  renderOffice({ resources: [orders], data, at: '/orders' });
  const link = await screen.findByRole('link', { name: order.number });
  expect(link.getAttribute('href')).toBe(`/orders/${order.id}/show`);
  expect(screen.getAllByRole('heading', { level: 1 }).map(({ textContent }) => textContent)).toEqual(['Orders']);
  expect(document.title).toBe('Orders – Weirhouse back office');

  link.focus();
  await userEvent.keyboard('{Enter}');
  const name = `Order ${order.number}: Placed`;
  await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(name));
  expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
  expect(document.title).toBe(`${name} – Weirhouse back office`);
  expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1);
});

it('the menu says how many dead letters are open, in words that are seen', async () => {
  renderOffice({ resources: [orders, deadLetters], data, at: '/orders', beside: <OfficeMenu /> });
  const entry = await screen.findByRole('menuitem', { name: /Dead letters 3 open/ });
  expect(entry.querySelector('.RaMenuItemLink-icon')?.textContent).toBe('');
});

it('a product is opened by a link too', async () => {
  const product = { id: 'assam', name: 'Assam', category: 'tea', images: [], stock: { available: 3, level: 'low' } };
  const record = { ...product, price: { amountMinor: 1250, currency: 'GBP' }, archived: false };
  const list = async () => ({ data: [record as never], total: 1 });
  renderOffice({ resources: [products], data: { getList: list }, at: '/products' });
  const link = await screen.findByRole('link', { name: 'Assam' });
  expect(link.getAttribute('href')).toBe('/products/assam');
});
