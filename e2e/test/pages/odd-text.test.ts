import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hearConsole, launchBrowser, openPage } from '#browser';
import { givenCloud } from '#given-cloud';
import { type Accepted, makeProduct, newBasket, orderBody, postOrder, settled } from '#shopper';
import { until } from '#until';

const word = (letters: number): string => 'Rindfleischetikettierungsueberwachung'.repeat(5).slice(0, letters);
const link = `https://example.org/${'a'.repeat(66)}`;

const cloud = givenCloud();
let browser: Browser;
let longId: string;
let arabicId: string;
let order: Accepted;
let refused: Accepted;
beforeAll(async () => {
  browser = await launchBrowser();
  const long = await makeProduct(cloud, 9, 500, {
    name: word(116),
    category: `c${'x'.repeat(38)}`,
    description: `See ${link}\n${word(200)}\nOrigin: ${word(116)}`,
  });
  longId = long.id;
  arabicId = (await makeProduct(cloud, 9, 500, { name: 'شاي أخضر (50 غ) 12' })).id;
  const send = async (quantity: number) => {
    const body = orderBody(await newBasket(cloud), [{ productId: longId, quantity, priceMinor: 500 }], {
      contact: { name: word(60), email: `${'e'.repeat(50)}@example.org` },
      address: { line1: word(86), line2: word(86), city: word(60), postcode: 'LS1 1AA', country: 'GB' },
    });
    return (await postOrder(cloud, body)).body;
  };
  order = await send(1);
  refused = await send(50);
  await settled(cloud, order);
  await settled(cloud, refused);
});
afterAll(async () => {
  await browser.close();
});

/** What sticks out of the page at the side: the page itself, and anything that is cut off without a way to scroll to it. */
const widerThanPage = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const wide = [...document.querySelectorAll<HTMLElement>('main *, .toasts *, dialog *')].filter(
      (element) =>
        element.getBoundingClientRect().right > clientWidth + 1 &&
        element.closest('.categories, .views, .visually-hidden') === null,
    );
    return [
      ...(scrollWidth > clientWidth ? [`the page: ${scrollWidth}`] : []),
      ...wide.map(({ tagName, className }) => `${tagName}.${className}`),
    ];
  });

/** Controls that a phone would zoom into. */
const smallControls = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('input:not([type="checkbox"]), select, textarea')]
      .filter((control) => Number.parseFloat(getComputedStyle(control).fontSize) < 16)
      .map(({ outerHTML }) => outerHTML.slice(0, 80)),
  );

const shopOn = async (width: number) => {
  const page = await openPage(browser, { width, height: 700 });
  hearConsole(page);
  const look = async (path: string): Promise<void> => {
    await page.goto(`${cloud.shopUrl}${path}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForLoadState('networkidle');
    expect([path, await widerThanPage(page), await smallControls(page)]).toEqual([path, [], []]);
  };
  return { page, look };
};

describe('at 320 px, a word of 116 letters and an address of 86', () => {
  it('widen no page, leave every control at 16 px, and no page reports an error', async () => {
    const { page, look } = await shopOn(320);
    await look(`/?q=${word(100)}`);
    await look(`/?q=${word(40)}&category=c${'x'.repeat(38)}&priceMin=100`);
    await page.getByText('Filters', { exact: true }).click();
    expect(await smallControls(page)).toEqual([]);
    await look(`/products/${longId}`);
    await page.getByRole('button', { name: 'Add to basket' }).click();
    await page.locator('.toast').getByText('1 in your basket').waitFor();
    expect(await widerThanPage(page)).toEqual([]);
    await page.locator('.toast').getByRole('button', { name: 'View basket' }).click();
    await page.getByRole('dialog').getByRole('spinbutton').waitFor();
    expect(await widerThanPage(page)).toEqual([]);
    await look(`/products/${arabicId}`);
    await page.getByRole('button', { name: 'Add to basket' }).click();
    await look('/basket');
    await look('/checkout');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(word(100));
    await page.getByRole('textbox', { name: 'E-mail' }).fill(word(80));
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await widerThanPage(page)).toEqual([]);
    await look(`/orders/${order.id}#receipt=${order.receipt}`);
    await page.emulateMedia({ media: 'print' });
    expect(await widerThanPage(page)).toEqual([]);
    await page.emulateMedia({ media: 'screen' });
    await look(`/orders/${refused.id}#receipt=${refused.receipt}`);
    await look('/orders');
    await look(`/products/${word(40).toLowerCase()}`);
    await look(`/${word(100)}`);
    expect(page.faults).toEqual([]);
    await page.context().close();
  });
});

describe('[T1] text of any script', () => {
  const texts = {
    Name: '𠮷野家 🍵 علي',
    'Address line 1': '12 شارع النيل, שדרות',
    'Address line 2 (optional)': 'Cafe\u0301 Zoe\u0308 👩‍🌾',
    'Town or city': 'Việt Trì 𝒜 Ǻ',
  };

  it('is the same in the form, on the page of the order, in its print and in the office', async () => {
    const page = await openPage(browser, { width: 1000, height: 900 });
    hearConsole(page);
    await page.goto(`${cloud.shopUrl}/products/${arabicId}`);
    await page.getByRole('button', { name: 'Add to basket' }).click();
    await page.locator('.toast').getByText('1 in your basket').waitFor();
    await page.goto(`${cloud.shopUrl}/checkout`);
    for (const [label, text] of Object.entries(texts))
      await page.getByRole('textbox', { name: label, exact: true }).fill(text);
    await page.getByRole('textbox', { name: 'E-mail' }).fill('用户@例え.jp');
    await page.getByRole('textbox', { name: 'Postcode' }).fill('LS1 1AA');
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.waitForURL(/\/orders\/[0-9a-z]{26}/);
    await page.getByText('Placed', { exact: true }).first().waitFor();
    const words = [...Object.values(texts), '用户@例え.jp', 'شاي أخضر (50 غ) 12'].map((text) => text.normalize('NFC'));
    const missingOn = async (each: Page): Promise<readonly string[]> => {
      // biome-ignore lint/performance/useDomNodeTextContent: what a print leaves out is not shown, and must count as missing.
      const shown = (await each.locator('main').innerText()).normalize('NFC');
      return words.filter((text) => !shown.includes(text));
    };
    expect(await missingOn(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    expect(await missingOn(page)).toEqual([]);
    const office = await openPage(browser, { width: 1200, height: 900 });
    const id = /[0-9a-z]{26}/.exec(page.url())?.[0];
    await office.goto(`${cloud.adminUrl}/#/orders/${id}/show`);
    await office.getByRole('textbox', { name: 'Your name' }).fill('Łukasz 🍵');
    await office.getByRole('button', { name: 'Continue' }).click();
    await office
      .getByText(words[0] ?? '')
      .first()
      .waitFor();
    expect(await missingOn(office)).toEqual([]);
    expect(page.faults).toEqual([]);
    await Promise.all([page, office].map((each) => each.context().close()));
  });
});

describe('at 320 px with letters of twice the size', () => {
  it('no page is wider than the phone', async () => {
    const { page, look } = await shopOn(320);
    await page.addInitScript(() =>
      document.addEventListener('DOMContentLoaded', () => {
        document.documentElement.style.fontSize = '200%';
      }),
    );
    await look('/');
    await look(`/products/${longId}`);
    await page.getByRole('button', { name: 'Add to basket' }).click();
    await look('/basket');
    await look('/checkout');
    await look(`/orders/${order.id}#receipt=${order.receipt}`);
    await look(`/orders/${refused.id}#receipt=${refused.receipt}`);
    await look('/orders');
    await page.context().close();
  });
});

describe('the shop on a phone', () => {
  it('shows the first product within 300 px and the main button above the fold, sold out or not', async () => {
    const { id: soldOut } = await makeProduct(cloud, 0, 500, {
      description: 'A story of four lines that goes on and on, as stories do. '.repeat(4),
    });
    const page = await openPage(browser, { width: 390, height: 844 });
    await page.goto(cloud.shopUrl);
    const first = await page.locator('.grid a.card').first().boundingBox();
    expect(first?.y).toBeLessThanOrEqual(300);
    expect(first?.width).toBeGreaterThan(350);
    for (const [id, name] of [
      ['yunnan-gold-tips', 'Add to basket'],
      [soldOut, 'Sold out'],
    ] as const) {
      await page.goto(`${cloud.shopUrl}/products/${id}`);
      const button = await page.getByRole('button', { name }).boundingBox();
      expect((button?.y ?? 900) + (button?.height ?? 0)).toBeLessThanOrEqual(844);
    }
    await page.context().close();
  });

  it('is at the top of the list after the next page, and where it was after Back', async () => {
    const page = await openPage(browser, { width: 390, height: 844 });
    await page.goto(cloud.shopUrl);
    await page.getByRole('link', { name: 'Next' }).click();
    await page.getByText('page 2 of').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Products');
    expect(await page.evaluate(() => window.scrollY)).toBeLessThan(400);
    await page.goBack();
    await until('the place on the first page', () => page.evaluate(() => window.scrollY > 1000));
    await page.context().close();
  });
});
