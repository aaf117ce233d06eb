import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Banners } from '#app/banners.tsx';
import { BasketPage } from '#features/basket/components/basket-page.tsx';
import { CheckoutPage } from '#features/checkout/components/checkout-page.tsx';
import { OrderPage } from '#features/order/components/order-page.tsx';
import { OrdersPage } from '#features/order/components/orders-page.tsx';
import { problem } from '#lib/testing/fakes.ts';
import { productOf, renderShop, shopOf } from '#testing/render-shop.tsx';

const pages = (
  <>
    <Banners />
    <Routes>
      <Route index element={<h1>Catalogue</h1>} />
      <Route path="basket" element={<BasketPage />} />
      <Route path="checkout" element={<CheckoutPage />} />
      <Route path="orders" element={<OrdersPage />} />
      <Route path="orders/:id" element={<OrderPage />} />
    </Routes>
  </>
);
const id = '01hv3k9zq7c2x5t8w4n6m0p1rs';
const accepted = {
  id,
  number: '01HV3-K9ZQ7',
  status: 'accepted',
  receipt: `r1.k1.${id}.1763892000000.${'0'.repeat(64)}.${'s'.repeat(43)}`,
  acceptedAt: new Date().toISOString(),
};

/** A shop with one product, whose order route does as the test says. */
const openShop = async (path: string, stock = 50, order: () => unknown = () => accepted) => {
  const room = { product: productOf({ stock: { available: stock, level: 'in' } }), order };
  const answer: ReturnType<typeof shopOf> = (call) => {
    if (call.method === 'POST' && call.path === '/orders') return room.order();
    if (call.path === `/orders/${id}`)
      return {
        id,
        number: accepted.number,
        rev: 0,
        status: 'accepted',
        timeline: [{ status: 'accepted', at: accepted.acceptedAt }],
      };
    return shopOf([room.product])(call);
  };
  const shop = await renderShop(pages, { path, answer });
  return { ...shop, room };
};
const put = async ({ services }: Awaited<ReturnType<typeof openShop>>, quantity: number): Promise<void> => {
  await act(async () => services.basket.setQuantity('sencha', quantity, productOf().price));
};
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const fill = async ({ user }: Awaited<ReturnType<typeof openShop>>): Promise<void> => {
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Ada');
  await user.type(field('E-mail'), 'ada@example.com');
  await user.type(field('Address line 1'), '1 Weir Lane');
  await user.type(field('Town or city'), 'Leeds');
  await user.type(field('Postcode'), 'LS1 1AA');
};

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

describe('the checkout', () => {
  it('shows no error before there is one, and all of them only after the press', async () => {
    const shop = await openShop('/checkout');
    await put(shop, 2);
    const { user } = shop;
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Ada');
    await user.tab();
    await user.type(field('E-mail'), 'nobody');
    await user.tab();
    await screen.findByText(/The @ is missing/);
    expect(screen.queryByText('Please check')).toBeNull();
    // Of type email, a browser would put xn--… for a domain in other letters.
    expect(field('E-mail')).toMatchObject({ type: 'text', inputMode: 'email' });
    await user.click(screen.getByRole('button', { name: 'Place order' }));
    const summary = (await screen.findByText('Please check')).closest<HTMLElement>('[role=alert]');
    expect(within(summary ?? document.body).getByText(/E-mail/)).toBeTruthy();
  });

  it('puts what became of the press into view, with the focus and what was ordered, and every page knows of it', async () => {
    const shop = await openShop('/checkout', 50, () => {
      throw problem(503, 'queue-unavailable');
    });
    await put(shop, 2);
    await fill(shop);
    shop.scrollTo.mockClear();
    await shop.user.click(screen.getByRole('button', { name: 'Place order' }));
    const status = await screen.findByText('Placing your order…');
    expect(document.activeElement?.contains(status)).toBe(true);
    expect(shop.scrollTo).toHaveBeenCalledWith(0, 0);
    expect(screen.getByText('£10.00')).toBeTruthy();
    await shop.user.click(screen.getByRole('link', { name: 'Show it among your orders' }));
    expect(await screen.findByText('Not yet received. Kept here, sent by itself')).toBeTruthy();
    expect(screen.getAllByText(/not yet received. It is kept on this device/).length).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: /Withdraw/ })).toBeNull();
  });

  it('asks before it sends more than is left, and sends what is taken', async () => {
    const order = vi.fn(() => accepted);
    const shop = await openShop('/checkout', 4, order);
    await put(shop, 50);
    await fill(shop);
    await shop.user.click(screen.getByRole('button', { name: 'Place order' }));
    expect(await screen.findByText(/Order 4 instead of 50\?/)).toBeTruthy();
    expect(order).not.toHaveBeenCalled();
    const [take] = screen.getAllByRole('button', { name: 'Take 4 of Sencha' });
    if (take !== undefined) await shop.user.click(take);
    await waitFor(() => expect(screen.queryByText(/instead of 50/)).toBeNull());
    expect(document.activeElement).not.toBe(document.body);
    await shop.user.click(screen.getByRole('button', { name: 'Place order' }));
    await screen.findByRole('heading', { name: 'Order accepted' });
    expect(shop.calls.find(({ path, method }) => method === 'POST' && path === '/orders')?.body).toMatchObject({
      lines: [{ quantity: 4 }],
    });
    expect(screen.getAllByText('£20.00').length).toBeGreaterThan(0);
    expect(screen.getByText('1 Weir Lane')).toBeTruthy();
  });

  it('[D1] has a price that rose since the line was put in accepted, on a page opened later too', async () => {
    const shop = await openShop('/checkout');
    shop.room.product = productOf({ price: { amountMinor: 610, currency: 'GBP' } });
    await put(shop, 1);
    expect(await screen.findByText(/now costs £6.10 instead of £5.00/)).toBeTruthy();
    expect(screen.getByText('was £5.00 when you put it in')).toBeTruthy();
    await fill(shop);
    await shop.user.click(screen.getByRole('button', { name: 'Place order' }));
    expect(await screen.findByText(/A price has changed/)).toBeTruthy();
    await shop.user.click(screen.getByRole('button', { name: 'Accept the new price' }));
    await waitFor(() => expect(screen.queryByText(/now costs/)).toBeNull());
  });
});

describe('an order that was turned down while one was elsewhere', () => {
  it('is told with its reason and the way to mend it', async () => {
    const shop = await openShop('/', 50, () => {
      throw problem(422, 'validation-failed', { 'address.postcode': 'Enter the postcode.' });
    });
    await put(shop, 2);
    const { basket, orders } = shop.services;
    await act(async () => {
      await orders.begin({
        basketId: basket.current().id ?? '',
        lines: [{ productId: 'sencha', quantity: 2, unitPrice: productOf().price }],
        contact: { name: 'Ada', email: 'ada@example.com' },
        address: { line1: '1 Weir Lane', city: 'Leeds', postcode: '', country: 'GB' },
      });
    });
    expect((await screen.findAllByText(/Your order was not taken: Enter the postcode/)).length).toBeGreaterThan(0);
    await shop.user.click(screen.getByRole('button', { name: 'Mend the order' }));
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' })).value).toBe('Ada');
    expect(screen.queryByRole('button', { name: 'Mend the order' })).toBeNull();
  });
});

describe('the basket', () => {
  it('can be brought back after it was emptied, and the focus stays in it', async () => {
    const shop = await openShop('/basket');
    await put(shop, 2);
    await act(async () => shop.services.basket.setQuantity('assam', 3));
    await shop.user.click(await screen.findByRole('button', { name: 'Empty the basket' }));
    expect(document.activeElement?.textContent).toBe('Undo');
    await shop.user.click(screen.getByRole('button', { name: 'Undo all' }));
    expect(shop.services.basket.current().lines.map(({ productId, quantity }) => [productId, quantity])).toEqual([
      ['assam', 3],
      ['sencha', 2],
    ]);
    expect(document.activeElement).not.toBe(document.body);
  });

  it('goes no further than what is left', async () => {
    const shop = await openShop('/basket', 4);
    await put(shop, 4);
    const more = await screen.findByRole<HTMLButtonElement>('button', { name: /Increase quantity/ });
    await waitFor(() => expect(more.disabled).toBe(true));
    await shop.user.clear(screen.getByRole('spinbutton'));
    await shop.user.type(screen.getByRole('spinbutton'), '50{Enter}');
    expect(shop.services.basket.current().lines[0]?.quantity).toBe(4);
    expect(screen.getAllByText('Only 4 are left.').length).toBeGreaterThan(0);
  });
});

describe('the link of an order', () => {
  const good = accepted.receipt;

  it.each([['r1.broken'], [`r1.k1.${id}.1763892000000.${'0'.repeat(64)}.${'x'.repeat(43)}`], ['%F0%9F%8D%B5']])(
    'with a receipt that is none, %s, changes nothing that is kept',
    async (bad) => {
      localStorage.setItem(`penstock.order.${id}`, JSON.stringify({ receipt: good, acceptedAt: accepted.acceptedAt }));
      const view = { id, number: accepted.number, rev: 1, status: 'placed', lines: [], timeline: [] };
      const total = { amountMinor: 0, currency: 'GBP' };
      const contact = { name: 'Ada', email: 'ada@example.com' };
      await renderShop(pages, {
        path: `/orders/${id}#receipt=${bad}`,
        answer: ({ path, headers }) => {
          if (path !== `/orders/${id}`) return shopOf([])({ method: 'GET', path, headers, body: undefined });
          const isGood = (headers as Record<string, string>)['Order-Receipt'] === good;
          return { ...view, total, ...(isGood ? { contact } : {}) };
        },
      });
      expect(await screen.findByText('Ada')).toBeTruthy();
      await waitFor(() => expect(location.hash).toBe(''));
      expect(JSON.parse(localStorage.getItem(`penstock.order.${id}`) ?? '')).toMatchObject({
        receipt: good,
        acceptedAt: accepted.acceptedAt,
      });
    },
  );
});

describe('a cancellation that the shop took', () => {
  const view = {
    id,
    number: accepted.number,
    rev: 2,
    status: 'placed',
    lines: [],
    timeline: [],
    total: productOf().price,
  };
  const contact = { name: 'Ada', email: 'ada@example.com' };
  const openOrder = async (path: string, order: () => object, cancellation: () => unknown = () => ({})) =>
    renderShop(pages, {
      path,
      answer: (call) => {
        if (call.path === `/orders/${id}/cancellation`) return cancellation();
        return call.path === `/orders/${id}` ? { ...view, contact, ...order() } : shopOf([])(call);
      },
    });
  const keep = (more: object = {}): void =>
    localStorage.setItem(`penstock.order.${id}`, JSON.stringify({ receipt: accepted.receipt, ...more }));

  it('[E5] is shown as waiting by a page opened later and by the list, until it landed or was refused', async () => {
    keep();
    const first = await openOrder(`/orders/${id}`, () => ({}));
    await first.user.click(await screen.findByRole('button', { name: 'Cancel order' }));
    expect(document.activeElement?.textContent).toBe('Keep the order');
    await first.user.click(screen.getByRole('button', { name: 'Yes, cancel it' }));
    await screen.findByText(/Cancellation asked for, /);
    await waitFor(() => expect(document.activeElement?.textContent).toMatch(/Cancellation asked for/));
    first.unmount();

    const later = await openOrder(`/orders/${id}`, () => ({}));
    await screen.findByText(/Cancellation asked for, /);
    expect(screen.queryByRole('button', { name: 'Cancel order' })).toBeNull();
    later.unmount();

    const list = await openOrder('/orders', () => ({}));
    await screen.findByText('Cancellation asked for');
    list.unmount();

    const { change } = await openOrder(`/orders/${id}`, () => ({}));
    (await screen.findByText(/Cancellation asked for, /)).focus();
    await act(async () => change(`order/${id}`, 3, { ...view, rev: 3, status: 'cancelled' }));
    await screen.findByRole('heading', { name: 'Cancelled' });
    expect(document.activeElement?.id).toBe('main');
    cleanup();

    keep({ cancelAskedAt: accepted.acceptedAt });
    await openOrder(`/orders/${id}`, () => ({
      rev: 3,
      refusedMove: { status: 'cancelled', reason: 'moved on', at: accepted.acceptedAt },
    }));
    await screen.findByText(/could not be cancelled/);
    expect(screen.queryByText(/Cancellation asked for, /)).toBeNull();
  });

  it('may be asked for again when nobody decided it for a minute', async () => {
    keep({ cancelAskedAt: new Date(Date.now() - 61_000).toISOString() });
    const { user, calls } = await openOrder(`/orders/${id}`, () => ({}));
    await user.click(await screen.findByRole('button', { name: 'Ask again' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Ask again' })).toBeNull());
    expect(calls.find(({ method }) => method === 'POST')?.headers).toMatchObject({ 'Idempotency-Key': `cancel-${id}` });
  });

  it('[A5] is not said to have failed when no clear answer came', async () => {
    keep();
    const { user } = await openOrder(
      `/orders/${id}`,
      () => ({}),
      () => {
        throw problem(503, 'queue-unavailable');
      },
    );
    await user.click(await screen.findByRole('button', { name: 'Cancel order' }));
    await user.click(screen.getByRole('button', { name: 'Yes, cancel it' }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/did not confirm.*asking twice cancels once/);
  });
});

describe('a basket of which this browser keeps nothing', () => {
  it('is being read, and not empty, until the shop has answered', async () => {
    localStorage.setItem('penstock.basket', 'CCCCCCCCCCCCCCCCCCCCCC');
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await renderShop(pages, {
      path: '/basket',
      answer: async (call) => {
        if (call.path.startsWith('/baskets')) await answered;
        return shopOf([])(call);
      },
    });
    expect(await screen.findByText('Your basket is being read…', {}, { timeout: 4000 })).toBeTruthy();
    expect(screen.queryByText('Your basket is empty.')).toBeNull();
    answer();
    expect(await screen.findByText('Your basket is empty.', {}, { timeout: 4000 })).toBeTruthy();
  });
});

describe('an order on its way without a connection', () => {
  it('is told by one banner', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const shop = await openShop('/');
    await put(shop, 2);
    const { basket, orders } = shop.services;
    await act(async () => {
      await orders.begin({
        basketId: basket.current().id ?? '',
        lines: [{ productId: 'sencha', quantity: 2, unitPrice: productOf().price }],
        contact: { name: 'Ada', email: 'ada@example.com' },
        address: { line1: '1 Weir Lane', city: 'Leeds', postcode: 'LS1 1AA', country: 'GB' },
      });
    });
    expect((await screen.findAllByText(/^Offline\. Your order of 1 product is kept/)).length).toBeGreaterThan(0);
    const banners = [...shop.container.querySelectorAll('.banner')].map(({ textContent }) => textContent);
    expect(banners.filter((text) => /offline|sent/i.test(text))).toHaveLength(1);
  });
});

describe('the link of a basket', () => {
  const theirs = 'BBBBBBBBBBBBBBBBBBBBBB';

  it('that leads to nothing never replaces the basket of this browser', async () => {
    const shop = await openShop('/basket');
    await put(shop, 2);
    const mine = shop.services.basket.current().id;
    await act(async () => {
      history.pushState(null, '', `/basket#basket=${theirs}`);
      window.dispatchEvent(new PopStateEvent('popstate'));
    });
    expect((await screen.findAllByText(/There is nothing in the basket of this link/)).length).toBeGreaterThan(0);
    expect([shop.services.basket.current().id, location.hash]).toEqual([mine, '']);
  });

  it('that leads to one leaves a way back that stays', async () => {
    const shop = await openShop('/basket');
    await put(shop, 2);
    const mine = shop.services.basket.current().id;
    await act(async () => {
      await shop.services.basket.take(theirs);
    });
    await shop.user.click(await screen.findByRole('button', { name: 'Go back to that basket' }));
    expect(shop.services.basket.current().id).toBe(mine);
  });
});
