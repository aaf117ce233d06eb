import type { Operations } from '@penstock/domain/operations';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '#browser';
import { givenCloud } from '#given-cloud';
import { call, control } from '#http';
import { until } from '#until';

const cloud = givenCloud();
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await control(cloud, 'PUT', '/switches', { ordersPaused: false });
  await browser.close();
});

const capacityOf = async (table: string): Promise<number | undefined> => {
  const { body } = await call<Operations>('GET', `${cloud.adminApiUrl}/operations`);
  return body.tables.find(({ name }) => name === table)?.writePerSecond;
};

/** Loads the page until it is told so: the functions of the shop keep the switches for two seconds. */
const untilOrdersAre = (page: Page, paused: boolean) =>
  until(`a shop whose orders are ${paused ? '' : 'not '}paused`, async () => {
    const health = page.waitForResponse(/\/api\/health$/);
    await page.reload();
    return ((await (await health).json()) as { ordersPaused: boolean }).ordersPaused === paused;
  });

describe('the control room', () => {
  it('moves the capacity of a table, and stops and takes orders, which the shop says', async () => {
    const office = await openPage(browser);
    await office.goto(`${cloud.adminUrl}/#/operations`);
    await office.getByRole('textbox', { name: 'Your name' }).fill('Sam');
    await office.getByRole('button', { name: 'Continue' }).click();
    const before = await capacityOf('orders');
    const lever = office.getByRole('textbox', { name: 'Capacity of orders, WCU a second' });
    await lever.fill('0');
    expect(await office.getByRole('button', { name: 'Set' }).nth(0).isDisabled()).toBe(true);
    await lever.fill('40');
    await lever.press('Enter');
    await office.getByText('orders: 40 WCU/s.').waitFor();
    await until('the new capacity', async () => (await capacityOf('orders')) === 40);
    // The lever follows the meter, which comes a moment later; until then 400 is no news to it.
    const set = office.getByRole('button', { name: 'Set' }).nth(0);
    await until('the lever at rest', async () => (await lever.inputValue()) === '40' && (await set.isDisabled()));
    await lever.fill(String(before));
    await lever.press('Enter');
    await office.getByText(`orders: ${before} WCU/s.`).waitFor();

    await office.getByRole('button', { name: 'Stop taking orders' }).click();
    await office.getByRole('dialog').getByRole('button', { name: 'Stop taking orders' }).click();
    await office.getByRole('button', { name: 'Take orders again' }).waitFor();
    await office.getByRole('alert').getByText('The shop takes no orders.').first().waitFor();
    await office.getByRole('menuitem', { name: 'Products' }).click();
    await office.getByRole('alert').getByRole('link', { name: 'Switches' }).click();
    const shop = await openPage(browser);
    await shop.goto(cloud.shopUrl);
    await untilOrdersAre(shop, true);
    await shop.getByText('We take no orders at the moment.').waitFor();

    await office.getByRole('button', { name: 'Take orders again' }).click();
    await office.getByRole('button', { name: 'Stop taking orders' }).waitFor();
    await untilOrdersAre(shop, false);
    expect(await shop.getByText('We take no orders at the moment.').isVisible()).toBe(false);
    expect([...office.faults, ...shop.faults]).toEqual([]);
  });
});
