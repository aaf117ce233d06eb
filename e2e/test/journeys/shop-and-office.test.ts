import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '#browser';
import { givenCloud } from '#given-cloud';
import { call } from '#http';
import { makeProduct } from '#shopper';
import { until } from '#until';

const cloud = givenCloud();
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

/** Puts a product into the basket from its page. */
const addToBasket = async (page: Page, productId: string): Promise<void> => {
  await page.goto(`${cloud.shopUrl}/products/${productId}`);
  await page.getByRole('button', { name: 'Add to basket' }).click();
};

const fillCheckout = async (page: Page): Promise<void> => {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada Lovelace');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ada@example.com');
  await page.getByRole('textbox', { name: 'Address line 1' }).fill('1 Weir Lane');
  await page.getByRole('textbox', { name: 'Town or city' }).fill('Leeds');
  await page.getByRole('textbox', { name: 'Postcode' }).fill('LS1 1AA');
};

/** Orders what is in the basket; resolves with the order's id, on whose page the browser then is. */
const placeOrder = async (page: Page): Promise<string> => {
  await page.goto(`${cloud.shopUrl}/checkout`);
  await fillCheckout(page);
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.waitForURL(/\/orders\/[0-9a-z]{26}/);
  return /\/orders\/([0-9a-z]{26})/.exec(page.url())?.[1] ?? '';
};

/** Opens the back office and gives the name that its writes carry. */
const openOffice = async (path = ''): Promise<Page & { faults: string[] }> => {
  const page = await openPage(browser);
  await page.goto(`${cloud.adminUrl}/${path}`);
  const name = page.getByRole('textbox', { name: 'Your name' });
  await name.fill('Sam');
  await page.getByRole('button', { name: 'Continue' }).click();
  return page;
};

describe('a shopper and a member of staff', () => {
  it('see one order from the basket to the door, live on both sides', async () => {
    const product = await makeProduct(cloud, 6, 1250);
    const office = await openOffice('#/orders');
    const shopper = await openPage(browser);
    const neighbour = await openPage(browser);
    await neighbour.goto(`${cloud.shopUrl}/products/${product.id}`);
    await neighbour.getByText('6 in stock').or(neighbour.getByText('In stock')).first().waitFor();

    await addToBasket(shopper, product.id);
    const orderId = await placeOrder(shopper);
    await shopper.getByRole('heading', { name: /placed/i }).waitFor();

    // The neighbour's open page follows the stock without a reload.
    await neighbour
      .getByText(/5 left|5 in stock/i)
      .first()
      .waitFor();

    // The back office shows the order without a reload, and moves it.
    const number = `${orderId.slice(0, 5)}-${orderId.slice(5, 10)}`.toUpperCase();
    await office.getByText(number).first().waitFor();
    await office.getByText(number).first().click();
    await office.getByRole('button', { name: 'Mark as packed' }).click();
    await shopper.getByRole('heading', { name: /packed/i }).waitFor();
    await office.getByRole('button', { name: 'Mark as shipped' }).click();
    await shopper.getByRole('heading', { name: /shipped/i }).waitFor();
    expect([...shopper.faults, ...office.faults, ...neighbour.faults]).toEqual([]);
  });

  it('learn why an order was refused, and the basket gives its lines back', async () => {
    const product = await makeProduct(cloud, 2);
    const shopper = await openPage(browser);
    // No change reaches this page: whoever sees that something is sold out is asked before anything is sent.
    await shopper.routeWebSocket(/./, () => {});
    await addToBasket(shopper, product.id);
    await shopper.goto(`${cloud.shopUrl}/checkout`);
    await fillCheckout(shopper);
    // Somebody else takes both units while the shopper types.
    const rival = await openPage(browser);
    await addToBasket(rival, product.id);
    await rival.goto(`${cloud.shopUrl}/basket`);
    await rival
      .getByRole('button', { name: new RegExp(`^(Increase|More|Add one).*${product.name}`, 'i') })
      .first()
      .click();
    await placeOrder(rival);
    await rival.getByRole('heading', { name: /placed/i }).waitFor();
    await shopper.getByRole('button', { name: 'Place order' }).click();
    await shopper.getByRole('heading', { name: /refused|could not be placed|not placed/i }).waitFor();
    await shopper
      .getByText(/0 left|none left|sold out/i)
      .first()
      .waitFor();
    await shopper.goto(`${cloud.shopUrl}/basket`);
    await shopper.getByText(product.name).first().waitFor();
  });
});

describe('a basket', () => {
  it('survives a reload and converges over two tabs and two devices', async () => {
    const product = await makeProduct(cloud, 20);
    const tab = await openPage(browser);
    await addToBasket(tab, product.id);
    await tab.goto(`${cloud.shopUrl}/basket`);
    const quantity = (page: Page) => page.getByRole('spinbutton', { name: new RegExp(product.name) }).first();
    await until('the line', async () => (await quantity(tab).inputValue()) === '1');
    const second = await tab.context().newPage();
    await second.goto(`${cloud.shopUrl}/basket`);
    await until('the same line in the second tab', async () => (await quantity(second).inputValue()) === '1');
    await quantity(second).fill('4');
    await quantity(second).blur();
    await until('the first tab to follow', async () => (await quantity(tab).inputValue()) === '4');
    await tab.reload();
    await until('the line after a reload', async () => (await quantity(tab).inputValue()) === '4');

    const basketId = await tab.evaluate(
      () =>
        Object.values({ ...localStorage })
          .join(' ')
          .match(/[A-Za-z0-9_-]{22}/)?.[0] ?? '',
    );
    const device = await openPage(browser);
    await device.goto(`${cloud.shopUrl}/basket#basket=${basketId}`);
    await until('the line on another device', async () => (await quantity(device).inputValue()) === '4');
    await quantity(device).fill('7');
    await quantity(device).blur();
    await until('the first device to follow', async () => (await quantity(tab).inputValue()) === '7');
    const stored = await until('the server to agree', async () => {
      const answer = await call<{ lines: { quantity: number }[] }>('GET', `${cloud.shopApiUrl}/baskets/${basketId}`);
      return answer.body.lines[0]?.quantity === 7 && answer.body;
    });
    expect(stored.lines).toHaveLength(1);
  });
});

describe('an order that does not get through', () => {
  it('[A5] is told on every page until it is taken, and no link takes its receipt away', async () => {
    const product = await makeProduct(cloud, 4);
    const shopper = await openPage(browser, { width: 390, height: 844 });
    const answers = {
      busy: { status: 503, body: { code: 'queue-unavailable', detail: 'Busy.' } },
      refused: {
        status: 422,
        body: { code: 'validation-failed', detail: 'Check.', errors: { 'address.postcode': 'No such postcode.' } },
      },
    } as const;
    let answer: keyof typeof answers | undefined = 'busy';
    await shopper.context().route('**/api/orders', async (route) => {
      if (answer === undefined) return route.continue();
      const { status, body } = answers[answer];
      return route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify(body) });
    });

    // Nothing beyond what is left, and no fault before there is one.
    await shopper.goto(`${cloud.shopUrl}/products/${product.id}`);
    await shopper.getByRole('spinbutton').fill('50');
    await shopper.getByRole('button', { name: 'Add to basket' }).click();
    await shopper.getByText('4 in your basket').first().waitFor();
    await shopper.goto(`${cloud.shopUrl}/checkout`);
    await fillCheckout(shopper);
    expect(await shopper.getByText('Please check').count()).toBe(0);

    await shopper.getByRole('button', { name: 'Place order' }).click();
    await shopper.getByText('Placing your order').waitFor();
    expect(await shopper.evaluate(() => [scrollY, document.activeElement?.textContent?.includes('order')])).toEqual([
      0,
      true,
    ]);
    await shopper.getByRole('link', { name: 'Basket' }).click();
    await shopper.getByText('1 product is in an order that is on its way').waitFor();
    const again = await shopper.context().newPage();
    await shopper.close();
    await again.goto(cloud.shopUrl);
    await again.getByText('not yet received').first().waitFor();
    await again.getByRole('link', { name: 'Orders' }).first().click();
    await again.getByText('Not yet received. Kept here, sent by itself').waitFor();
    await again.getByText(`4 × ${product.name}`).waitFor();

    answer = 'refused';
    await again.getByText('Your order was not taken: No such postcode.').first().waitFor({ timeout: 80_000 });
    await again.reload();
    const mend = again.getByRole('button', { name: 'Mend the order' });
    const name = again.getByRole('textbox', { name: 'Name', exact: true });
    await mend.first().waitFor();
    await until(
      'the form with what was typed',
      async () => {
        if (await mend.isVisible()) await mend.click();
        await again.waitForURL(/\/checkout$/, { timeout: 5_000 });
        return (await name.isVisible()) && (await name.inputValue()) === 'Ada Lovelace';
      },
      40_000,
    );

    answer = undefined;
    await again.getByRole('button', { name: 'Place order' }).click();
    await again.waitForURL(/\/orders\/[0-9a-z]{26}$/);
    await again.getByText(`4 × ${product.name}`).waitFor();
    await again.getByRole('heading', { name: 'Order placed' }).waitFor();
    const orderUrl = again.url();
    await again.goto(`${cloud.shopUrl}/orders`);
    await again.goto(`${orderUrl}#receipt=r1.broken`);
    await again.getByText('1 Weir Lane').waitFor();
    await again.waitForURL(orderUrl);
    await again.reload();
    await again.getByText('1 Weir Lane').waitFor();
  }, 180_000);
});

describe('checkout', () => {
  it('names what is wrong at the field and keeps what was typed', async () => {
    const product = await makeProduct(cloud, 5);
    const page = await openPage(browser);
    await addToBasket(page, product.id);
    await page.goto(`${cloud.shopUrl}/checkout`);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada Lovelace');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('nobody');
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByText('The @ is missing').first().waitFor();
    expect(await page.getByRole('textbox', { name: 'E-mail' }).getAttribute('aria-invalid')).toBe('true');
    await page.reload();
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Ada Lovelace');
  });
});

describe('the catalogue', () => {
  it('keeps search, filter, sort and page in the URL', async () => {
    const page = await openPage(browser);
    await page.goto(cloud.shopUrl);
    await page.getByRole('searchbox').first().fill('green');
    await page.waitForURL(/q=green/);
    const count = await page.getByRole('status').first().textContent();
    await page.reload();
    expect(await page.getByRole('searchbox').first().inputValue()).toBe('green');
    await until('the same count', async () => (await page.getByRole('status').first().textContent()) === count);
    await page.getByRole('searchbox').first().fill('zzzzzz');
    await page
      .getByText(/nothing|no products/i)
      .first()
      .waitFor();
  });
});
