import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '#browser';
import { givenCloud } from '#given-cloud';
import { staff } from '#http';
import { makeProduct } from '#shopper';

const cloud = givenCloud();
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

const openOffice = async (path = '') => {
  const page = await openPage(browser);
  await page.goto(`${cloud.adminUrl}/${path}`);
  await page.getByRole('textbox', { name: 'Your name' }).fill('Sam');
  await page.getByRole('button', { name: 'Continue' }).click();
  return page;
};

/** A one-pixel PNG: the browser makes three WebP widths of it. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('the back office', () => {
  it('edits a product with a picture, and shows when someone else was faster', async () => {
    const product = await makeProduct(cloud, 3);
    const page = await openOffice(`#/products/${product.id}`);
    await page.getByRole('textbox', { name: 'Name' }).fill('Renamed in the office');
    await page.locator('input[type=file]').setInputFiles({ name: 'tea.png', mimeType: 'image/png', buffer: png });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/#\/products(\?|$)/);

    const edit = await openOffice(`#/products/${product.id}`);
    await edit.getByRole('textbox', { name: 'Name' }).fill('Mine');
    const current = (await staff<{ version: number }>(cloud, 'GET', `/products/${product.id}`)).body;
    await staff(cloud, 'PUT', `/products/${product.id}`, { version: current.version, name: 'Theirs' });
    await edit.getByRole('button', { name: 'Save' }).click();
    await edit
      .getByText(/changed by someone else/i)
      .first()
      .waitFor();
    await edit.getByText('Theirs').first().waitFor();
    const stored = (await staff<{ name: string; images: unknown[] }>(cloud, 'GET', `/products/${product.id}`)).body;
    expect([stored.name, stored.images.length]).toEqual(['Theirs', 1]);
  });

  it('creates and archives a product, which the shop follows', async () => {
    const page = await openOffice('#/products/create');
    await page.getByRole('textbox', { name: 'Name' }).fill('Office Assam');
    await page.getByRole('combobox', { name: 'Category' }).click();
    await page.getByRole('option', { name: 'Black tea' }).click();
    await page.getByRole('textbox', { name: /^Price/ }).fill('4,50');
    await page.getByRole('textbox', { name: 'Opening stock' }).fill('4');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/#\/products(\?|$|\/office)/);
    const shop = await openPage(browser);
    await shop.goto(`${cloud.shopUrl}/products/office-assam`);
    await shop.getByRole('heading', { name: 'Office Assam' }).waitFor();
    await page.goto(`${cloud.adminUrl}/#/products/office-assam`);
    await page.getByRole('button', { name: 'Archive' }).click();
    await page
      .getByRole('button', { name: /confirm|archive/i })
      .last()
      .click();
    await shop
      .getByText(/no longer|not found|gone|archived/i)
      .first()
      .waitFor();
  });
});
