import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults } from '#axe';
import { hearConsole, launchBrowser, openPage } from '#browser';
import { givenCloud } from '#given-cloud';
import { type Accepted, makeProduct, newBasket, orderBody, postOrder, settled } from '#shopper';
import { until } from '#until';

const cloud = givenCloud();
let browser: Browser;
let order: Accepted;
let refused: Accepted;
let productId: string;
beforeAll(async () => {
  browser = await launchBrowser();
  // One long word in every text that people write: it widens no page, on no screen.
  const product = await makeProduct(cloud, 9, 500, { name: `Tea ${'W'.repeat(80)}` });
  const contact = { name: 'X'.repeat(90), email: 'ann@example.org' };
  const address = { line1: 'Y'.repeat(100), city: 'Leeds', postcode: 'LS1 1AA', country: 'GB' };
  productId = product.id;
  const send = async (quantity: number) =>
    (
      await postOrder(
        cloud,
        orderBody(await newBasket(cloud), [{ productId: product.id, quantity, priceMinor: 500 }], { contact, address }),
      )
    ).body;
  order = await send(1);
  refused = await send(50);
  await settled(cloud, order);
  await settled(cloud, refused);
});
afterAll(async () => {
  await browser.close();
});

const pages: readonly [string, () => string][] = [
  ['the catalogue', () => '/'],
  ['nothing found', () => '/?q=zzzzzz'],
  ['a product', () => `/products/${productId}`],
  ['a product with a gallery', () => '/products/yunnan-gold-tips'],
  ['a product that is not', () => '/products/no-such-tea'],
  ['an empty basket', () => '/basket'],
  ['the checkout', () => '/checkout'],
  ['a placed order', () => `/orders/${order.id}#receipt=${order.receipt}`],
  ['a refused order', () => `/orders/${refused.id}#receipt=${refused.receipt}`],
  ['an order that is not', () => '/orders/01hv3k9zq7c2x5t8w4n6m0p1rs'],
  ['a page that is not', () => '/nowhere'],
];

const open = async (path: string, options: Parameters<typeof openPage>[1]): Promise<Page & { faults: string[] }> => {
  const page = await openPage(browser, options);
  hearConsole(page);
  await page.addInitScript(sumShifts);
  await page.goto(`${cloud.shopUrl}${path}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
  return page;
};

/** Sums the layout shifts of a page that nobody has touched, as the metric CLS counts them. */
const sumShifts = (): void => {
  type Shift = PerformanceEntry & { readonly value: number; readonly hadRecentInput: boolean };
  Object.assign(window, { shifts: 0 });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[])
      if (!entry.hadRecentInput) Object.assign(window, { shifts: shiftsOf(window) + entry.value });
  }).observe({ type: 'layout-shift', buffered: true });
  function shiftsOf(holder: object): number {
    return 'shifts' in holder && typeof holder.shifts === 'number' ? holder.shifts : 0;
  }
};
/** The budget of the design: fonts, pictures and answers that arrive move nothing. */
const shiftsMax = 0.03;

describe.each(pages)('%s', (_what, path) => {
  it.each([
    [360, 'light'],
    [1440, 'dark'],
  ] as const)(
    'at %i px in %s has no accessibility fault, no sideways scrolling, no script error, and nothing in it jumps',
    async (width, colorScheme) => {
      const page = await open(path(), { width, colorScheme });
      expect(await accessibilityFaults(page)).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
      expect(page.faults).toEqual([]);
      expect(await page.evaluate(() => Number(Reflect.get(window, 'shifts')))).toBeLessThanOrEqual(shiftsMax);
      await page.context().close();
    },
  );
});

describe('the measure of what jumps', () => {
  it('finds a page that is pushed down', async () => {
    const page = await open('/nowhere', { width: 1440 });
    await page.evaluate(() =>
      document.body.prepend(Object.assign(document.createElement('p'), { style: 'height: 40vh' })),
    );
    await until('the jump is counted', () =>
      page.evaluate((most) => Number(Reflect.get(window, 'shifts')) > most, shiftsMax),
    );
    await page.context().close();
  });
});

describe('the keyboard alone', () => {
  it('skips to the content, opens a product, puts it into the basket and reaches the checkout', async () => {
    const page = await open(`/products/${productId}`, {});
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/skip/i);
    const focusOn = async (name: RegExp) => {
      for (let presses = 0; presses < 60; presses += 1) {
        const label = await page.evaluate(
          () =>
            `${document.activeElement?.getAttribute('aria-label') ?? ''} ${document.activeElement?.textContent ?? ''}`,
        );
        if (name.test(label)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`No focus on ${name}`);
    };
    await focusOn(/add to basket/i);
    await page.keyboard.press('Enter');
    await page
      .getByText(/in (your|the) basket|added/i)
      .first()
      .waitFor();
    await page.goto(`${cloud.shopUrl}/basket`);
    await page.getByRole('link', { name: 'Check out' }).waitFor();
    await page.getByRole('link', { name: 'Check out' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/checkout/);
  });
});

describe('the gallery', () => {
  it('is moved by the arrow keys and by its thumbnails, and says which view is shown', async () => {
    const page = await open('/products/yunnan-gold-tips', { width: 1440 });
    const views = page.getByRole('region', { name: 'Pictures' });
    const thumbnail = (name: string) => page.getByRole('button', { name });
    await views.focus();
    await page.keyboard.press('ArrowRight');
    await until(
      'the second view is shown',
      async () => (await thumbnail('in the cup, from above').getAttribute('aria-current')) === 'true',
    );
    await thumbnail('The label of').click();
    await until(
      'the third view is shown',
      async () => (await thumbnail('The label of').getAttribute('aria-current')) === 'true',
    );
    await page.context().close();
  });
});

describe('the back office', () => {
  const work = ['dead-letters', 'activity', 'operations'];

  it.each([360, 720, 1440])(
    'at %i px shows its pages without accessibility faults, sideways scrolling or script errors',
    async (width) => {
      const page = await openPage(browser, { width });
      await page.goto(cloud.adminUrl);
      await page.getByRole('textbox', { name: 'Your name' }).fill('Sam');
      await page.getByRole('button', { name: 'Continue' }).click();
      for (const resource of ['orders', `orders/${order.id}/show`, 'products', 'baskets', ...work]) {
        await page.goto(`${cloud.adminUrl}/#/${resource}`);
        await page.waitForLoadState('networkidle');
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect([resource, overflow <= 0]).toEqual([resource, true]);
        expect([resource, await accessibilityFaults(page)]).toEqual([resource, []]);
      }
      expect(page.faults).toEqual([]);
      await page.context().close();
    },
  );
});
