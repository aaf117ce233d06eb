import type { StaffOrder } from '@penstock/domain/order';
import type { StaffProduct } from '@penstock/domain/product';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '#browser';
import { givenCloud } from '#given-cloud';
import { control, staff } from '#http';
import { makeProduct, newBasket, orderBody, postOrder, settled } from '#shopper';

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

const storedProduct = async (id: string) => (await staff<StaffProduct>(cloud, 'GET', `/products/${id}`)).body;

/** A one-pixel PNG: the browser makes three WebP widths of it. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('the back office', () => {
  it('edits a product with a picture', async () => {
    const product = await makeProduct(cloud, 3);
    const page = await openOffice(`#/products/${product.id}`);
    await page.getByRole('textbox', { name: 'Name' }).fill('Renamed in the office');
    await page.locator('input[type=file]').setInputFiles([
      { name: 'tea.png', mimeType: 'image/png', buffer: png },
      { name: 'tea.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') },
    ]);
    await page.getByText('SVG files cannot be used').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/#\/products(\?|$)/);
    const { name, images } = await storedProduct(product.id);
    expect([name, images.length]).toEqual(['Renamed in the office', 1]);
  });

  it('keeps what is typed while the product sells and a colleague saves, and puts both together field by field', async () => {
    const product = await makeProduct(cloud, 9);
    const edit = await openOffice(`#/products/${product.id}`);
    await edit.getByRole('textbox', { name: 'Name' }).fill('Mine');
    await edit.getByRole('textbox', { name: /^Price/ }).fill('12,5');

    const basketId = await newBasket(cloud);
    const lines = [{ productId: product.id, quantity: 1, priceMinor: product.price.amountMinor }];
    const order = await postOrder(cloud, orderBody(basketId, lines));
    expect(order.status).toBe(202);
    await edit.getByText('In stock now: 8').waitFor();
    const typed = () =>
      Promise.all([/^Name/, /^Price/].map((name) => edit.getByRole('textbox', { name }).inputValue()));
    expect(await typed()).toEqual(['Mine', '12,5']);
    expect(await edit.getByText('Changed meanwhile').count()).toBe(0);

    const { version } = await storedProduct(product.id);
    const theirs = { version, name: 'Theirs', description: 'Their words.' };
    await staff(cloud, 'PUT', `/products/${product.id}`, theirs, { 'x-staff-name': 'Zoe' });
    await edit.getByText(/Changed meanwhile\. Saved by Zoe/).waitFor();
    expect(await typed()).toEqual(['Mine', '12,5']);
    await edit.getByRole('button', { name: 'Save' }).click();
    await edit.getByRole('radiogroup', { name: 'Name' }).getByText('Theirs: Theirs').waitFor();
    expect((await storedProduct(product.id)).name).toBe('Theirs');
    await edit.getByRole('button', { name: 'Use these' }).click();
    await edit.getByRole('button', { name: 'Save' }).click();
    await edit.waitForURL(/#\/products(\?|$)/);
    expect(await storedProduct(product.id)).toMatchObject({
      name: 'Mine',
      description: 'Their words.',
      price: { amountMinor: 1250 },
      stock: { available: 8 },
    });
  });

  it('a name that is taken is mended in the form, and a page whose line was away opens by itself', async () => {
    const taken = await makeProduct(cloud, 1);
    const page = await openOffice('#/products/create');
    await page.getByRole('textbox', { name: 'Name' }).fill('Taken Tea');
    await page.getByRole('combobox', { name: 'Category' }).click();
    await page.getByRole('option', { name: 'Black tea' }).click();
    await page.getByRole('textbox', { name: /^Price/ }).fill('1e3');
    await page.getByRole('textbox', { name: 'Id' }).fill(taken.id);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Give the price in digits').first().waitFor();
    await page.getByRole('textbox', { name: /^Price/ }).fill('10');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`There is a product ${taken.id} already`).first().waitFor();
    await page.getByRole('textbox', { name: 'Id' }).fill(`${taken.id}-2`);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/#\/products(\?|$)/);

    await page.context().setOffline(true);
    await page.getByRole('menuitem', { name: 'Activity' }).click();
    await page.getByText('The page is on its way').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('heading', { name: 'Activity' }).waitFor();
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

describe('a move of an order that has to wait', () => {
  it('[E5] is shown as waiting to everybody, over polls and reloads, until it has landed', async () => {
    const product = await makeProduct(cloud, 3);
    const lines = [{ productId: product.id, quantity: 1, priceMinor: 500 }];
    const { body: order } = await postOrder(cloud, orderBody(await newBasket(cloud), lines));
    await settled(cloud, order);
    // What is sent from now on comes to the worker later: a source that is paused may still end the look it began.
    await control(cloud, 'PUT', '/faults', { sqs: { delayMs: 10_000 } });
    try {
      // By keyboard, from the list: the number is a link.
      const sam = await openOffice('#/orders');
      await sam.getByRole('link', { name: order.number }).focus();
      await sam.keyboard.press('Enter');
      const zoe = await openOffice(`#/orders/${order.id}/show`);
      await zoe.getByRole('button', { name: 'Cancel order' }).waitFor();
      await sam.getByRole('button', { name: 'Mark as packed' }).dblclick();
      const waits = /Packed: taken, waiting to be stored\. Asked for by Sam/;
      await zoe.getByText(waits).waitFor();
      // Longer than the page's own look at the order, which forgot it.
      await sam.waitForTimeout(3000);
      await sam.getByText(waits).waitFor();
      await sam.reload();
      await sam.getByText(waits).waitFor();
      for (const page of [sam, zoe])
        expect(await page.getByRole('button', { name: 'Cancel order' }).isDisabled()).toBe(true);
      await sam.goto(`${cloud.adminUrl}/#/orders`);
      await sam.getByRole('row').filter({ hasText: order.number }).getByText('Placed; packed waits').waitFor();
      await zoe.getByRole('button', { name: 'Mark as shipped' }).waitFor();
      expect(await zoe.title()).toMatch(/^Order .{11}: Packed/);
      const stored = (await staff<StaffOrder>(cloud, 'GET', `/orders/${order.id}`)).body;
      expect(stored.timeline.at(-1)).toMatchObject({ status: 'packed', by: 'Sam' });
      expect([stored.pending, stored.refusedMove]).toEqual([undefined, undefined]);
    } finally {
      await control(cloud, 'DELETE', '/faults');
    }
  });
});
