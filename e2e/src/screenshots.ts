/**
 * Makes the pictures of the README and, on request, of every page: boots a cloud, buys something, and takes screenshots.
 * Usage: node e2e/src/screenshots.ts [FOLDER [NAME …]]: without a folder docs/pictures is made anew; with one, every page at 360, 768
 * and 1440 px, light and dark, goes there, or only those that are named.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '#browser';
import { type Cloud, repository, startCloud } from '#cloud';
import { call } from '#http';
import { newBasket, orderBody, postOrder, settled } from '#shopper';

/** `ready` is there when the page has what the picture is of; `via` is opened first, as a link to a basket is. */
type Shot = {
  readonly name: string;
  readonly path: string;
  readonly ready: string;
  readonly via?: string;
  readonly office?: true;
};

const settle = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready.then(() => true));
};

const enterOffice = async (page: Page, cloud: Cloud): Promise<void> => {
  await page.goto(cloud.adminUrl);
  await page.getByRole('textbox', { name: 'Your name' }).fill('Sam');
  await page.getByRole('button', { name: 'Continue' }).click();
};

const shoot = async (
  browser: Browser,
  cloud: Cloud,
  shot: Shot,
  width: number,
  colorScheme: 'light' | 'dark',
  file: string,
): Promise<void> => {
  const page = await openPage(browser, { width, height: width < 500 ? 780 : 900, colorScheme });
  if (shot.office === true) await enterOffice(page, cloud);
  const site = shot.office === true ? cloud.adminUrl : cloud.shopUrl;
  if (shot.via !== undefined) {
    await page.goto(`${site}${shot.via}`);
    await page.locator('main li').first().waitFor();
  }
  await page.goto(`${site}${shot.path}`);
  await page.locator(shot.ready).first().waitFor();
  await settle(page);
  await page.screenshot({ path: file });
  await page.context().close();
};

const shotsOf = async (cloud: Cloud): Promise<readonly Shot[]> => {
  const products = await call<{ items: { id: string; price: { amountMinor: number } }[] }>(
    'GET',
    `${cloud.shopApiUrl}/products?inStock=true`,
  );
  const [first, second] = products.body.items;
  if (first === undefined || second === undefined)
    throw new Error('The catalogue is empty: nothing to take a picture of.');
  const basketId = await newBasket(cloud);
  const lines = [first, second].map(({ id, price }) => ({ productId: id, quantity: 2, priceMinor: price.amountMinor }));
  for (const { productId } of lines)
    await call('PUT', `${cloud.shopApiUrl}/baskets/${basketId}/lines/${productId}`, { body: { quantity: 2 } });
  const accepted = (await postOrder(cloud, orderBody(await newBasket(cloud), lines))).body;
  const tooMany = [{ productId: scarceId, quantity: 50, priceMinor: 100 }];
  const refused = (await postOrder(cloud, orderBody(await newBasket(cloud), tooMany))).body;
  await settled(cloud, accepted);
  await settled(cloud, refused);
  return [
    { name: 'catalogue', path: '/', ready: 'main img' },
    { name: 'category', path: '/?category=coffee', ready: 'main img' },
    { name: 'nothing-found', path: '/?q=zzzzzz', ready: 'h1' },
    { name: 'product', path: `/products/${first.id}`, ready: 'main img' },
    { name: 'product-gear', path: '/products/gooseneck-kettle', ready: 'main img' },
    { name: 'product-sold-out', path: '/products/nilgiri-winter-frost', ready: 'main img' },
    { name: 'basket', path: `/basket#basket=${basketId}`, ready: 'main li' },
    { name: 'empty-basket', path: '/basket', ready: 'h1' },
    { name: 'checkout', path: '/checkout', via: `/basket#basket=${basketId}`, ready: 'form' },
    { name: 'order', path: `/orders/${accepted.id}#receipt=${accepted.receipt}`, ready: 'main li' },
    {
      name: 'order-refused',
      path: `/orders/${refused.id}#receipt=${refused.receipt}`,
      ready: 'main .drawing-refused',
    },
    { name: 'orders', path: '/orders', ready: 'h1' },
    { name: 'not-found', path: '/nowhere', ready: 'h1' },
    { name: 'office-orders', path: '/#/orders', ready: '.list-page a, .list-page td', office: true },
    { name: 'office-order', path: `/#/orders/${accepted.id}/show`, ready: '.show-page h1', office: true },
    { name: 'office-products', path: '/#/products', ready: '.list-page a, .list-page td', office: true },
    { name: 'office-product', path: `/#/products/${first.id}`, ready: '.edit-page input', office: true },
    { name: 'office-product-new', path: '/#/products/create', ready: '.create-page input', office: true },
    { name: 'office-write-path', path: '/#/operations', ready: '.sluice', office: true },
    { name: 'office-baskets', path: '/#/baskets', ready: '.list-page a, .list-page td', office: true },
  ];
};

/** A product of the seed with four units of stock. */
const scarceId = 'dong-ding-oolong';

const readmeShots = ['catalogue', 'order', 'office-orders'];

const main = async (folder: string | undefined, names: readonly string[]): Promise<void> => {
  const target = folder === undefined ? join(repository, 'docs/pictures') : resolve(folder);
  mkdirSync(target, { recursive: true });
  const cloud = await startCloud();
  const browser = await launchBrowser();
  try {
    for (const shot of await shotsOf(cloud)) {
      if (folder === undefined) {
        if (readmeShots.includes(shot.name))
          await shoot(browser, cloud, shot, 1280, 'light', join(target, `${shot.name}.png`));
        continue;
      }
      if (names.length > 0 && !names.includes(shot.name)) continue;
      for (const width of [360, 768, 1440])
        for (const scheme of ['light', 'dark'] as const)
          await shoot(browser, cloud, shot, width, scheme, join(target, `${shot.name}-${width}-${scheme}.png`));
    }
  } finally {
    await browser.close();
    await cloud.stop();
  }
  console.error(`pictures in ${target}`);
};

await main(process.argv[2], process.argv.slice(3));
