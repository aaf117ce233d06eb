import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults } from '#axe';
import { launchBrowser, openPage } from '#browser';
import { givenCloud } from '#given-cloud';
import { until } from '#until';

const cloud = givenCloud();
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

const phone = async (path: string) => {
  const page = await openPage(browser, { width: 390, height: 844 });
  await page.goto(`${cloud.shopUrl}${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
};
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => `${document.activeElement?.id ?? ''} ${document.activeElement?.textContent ?? ''}`);
const busy = {
  status: 503,
  headers: { 'retry-after': '20', 'content-type': 'application/problem+json' },
  body: JSON.stringify({ code: 'store-busy', title: 'Busy', detail: 'The shop is busy.' }),
};

describe('who types into the search', () => {
  it('loses no letter when the first answer of the visit comes', async () => {
    const page = await phone('/');
    await page.getByRole('searchbox').click();
    await page.keyboard.type('green');
    await page.waitForURL(/q=green/);
    await page.keyboard.type(' tea');
    expect(await page.getByRole('searchbox').inputValue()).toBe('green tea');
    await page.context().close();
  });
});

describe('a shop that does not answer', () => {
  it('keeps the list, says when it tries again, and has no accessibility fault meanwhile', async () => {
    const page = await phone('/');
    await page.locator('a.card').first().waitFor();
    await page.route('**/api/products**', (route) => route.fulfill(busy));
    await page.getByRole('checkbox', { name: /Coffee/ }).check();
    await page.getByText(/tried again by itself in \d+ s/).waitFor();
    expect(await page.locator('a.card').count()).toBeGreaterThan(20);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.unroute('**/api/products**');
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('10 products').waitFor();
    await page.context().close();
  });
});

describe('a page whose code is not there', () => {
  it('says offline, never leaves the shop, and opens by itself when the connection is back', async () => {
    const page = await phone('/');
    await page.route('**/assets/basket-page*', (route) => route.abort());
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Basket' }).click();
    await page.getByRole('heading', { name: 'Offline' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByRole('heading', { name: 'Offline' }).waitFor();
    await page.unroute('**/assets/basket-page*');
    await page.context().setOffline(false);
    await page.getByRole('heading', { name: 'Basket' }).waitFor();
    await page.context().close();
  });

  it('is loaded anew once after a release that dropped it', async () => {
    const page = await openPage(browser);
    await page.route('**/assets/checkout-page*', (route) => route.fulfill({ status: 404, body: 'gone' }));
    let loads = 0;
    page.on('request', (request) => {
      if (request.isNavigationRequest()) loads += 1;
    });
    await page.goto(`${cloud.shopUrl}/checkout`);
    await page.getByRole('button', { name: 'Load the page again' }).waitFor();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(loads).toBe(2);
    await page.context().close();
  });
});

describe('the basket beside the page', () => {
  it('is reached from the message and from the product, and gives the focus back', async () => {
    const page = await phone('/products/yunnan-gold-tips');
    const add = page.getByRole('button', { name: 'Add to basket' });
    for (let presses = 0; presses < 3; presses += 1) await add.click();
    expect(await page.locator('.toast').count()).toBe(1);
    const close = async (): Promise<string> => {
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      return focused(page);
    };
    await page.locator('.toast').getByRole('button', { name: 'View basket' }).click();
    await page.getByRole('dialog').getByRole('spinbutton').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await close()).toMatch(/^basket-link/);
    await page.getByRole('button', { name: 'View basket' }).click();
    expect(await close()).toContain('View basket');
    await page.context().close();
  });
});

describe('where the system chooses the colours', () => {
  it('the gauge still shows its level and the chosen category is marked', async () => {
    const page = await openPage(browser, { width: 390, height: 844 });
    await page.emulateMedia({ forcedColors: 'active' });
    await page.goto(`${cloud.shopUrl}/products/yunnan-gold-tips`);
    const water = page.locator('.stock-gauge .gauge');
    await water.waitFor();
    const colours = await water.evaluate((gauge) => [
      getComputedStyle(gauge, '::after').backgroundColor,
      getComputedStyle(document.body).backgroundColor,
    ]);
    expect(colours[0]).not.toBe(colours[1]);
    await page.goto(`${cloud.shopUrl}/?category=coffee`);
    const chosen = page.locator('.check', { has: page.locator(':checked') });
    await until('the mark', () => chosen.evaluate((label) => getComputedStyle(label).outlineStyle === 'solid'));
    await page.context().close();
  });
});
