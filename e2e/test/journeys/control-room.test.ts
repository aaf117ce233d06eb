import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Operations } from '@penstock/domain/operations';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '#browser';
import { givenCloud } from '#given-cloud';
import { call, control } from '#http';
import { listenersOf } from '#listeners';
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

describe('a page of somebody else', () => {
  /** What a page can read of an address, with every header that DynamoDB or a control door asks for; undefined: nothing. */
  const readable = (page: Page, urls: readonly string[]) =>
    page.evaluate(async (addresses) => {
      const signed = {
        authorization: 'AWS4-HMAC-SHA256 Credential=operator/20260101/eu-west-2/dynamodb/aws4_request',
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-date': '20260101T000000Z',
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        'x-penstock-control': '1',
      };
      const tries = [{ method: 'POST', headers: signed, body: '{}' }, {}];
      const read: string[] = [];
      for (const url of addresses)
        for (const init of tries)
          await fetch(url, init).then(
            async (answer) => read.push(`${url} ${answer.status} ${(await answer.text()).slice(0, 100)}`),
            () => undefined,
          );
      return read;
    }, urls);

  it('reads nothing of any listener of the cloud, and no other name of this machine opens one', async () => {
    const listeners = listenersOf(cloud.pid);
    expect(listeners.length).toBeGreaterThanOrEqual(14);
    expect(listeners.map(({ host }) => host).filter((host) => !host.startsWith('127.'))).toEqual([]);
    const own = createServer((_request, response) => response.end('<title>somebody else</title>'));
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
    const { port } = own.address() as AddressInfo;
    try {
      const page = await openPage(browser);
      // Chromium takes every name under localhost for this machine, as a name would be that is bound to it anew.
      await page.goto(`http://evil.localhost:${port}/`);
      expect(await page.title()).toBe('somebody else');
      expect(
        await readable(
          page,
          listeners.map(({ host, port: at }) => `http://${host}:${at}/`),
        ),
      ).toEqual([]);
      for (const { host, port: at } of listeners) {
        const url = `http://${host === '127.0.0.1' ? 'evil.localhost' : host}:${at}/`;
        // An answer that no page can show is a download to the browser, and its visit a failed one.
        const answered = page.waitForResponse(url, { timeout: 5000 }).then((answer) => answer.status());
        const refused = page.goto(url).then<number | string, number | string>(
          () => answered,
          (error: Error) => error.message.match(/ERR_UNSAFE_PORT/)?.[0] ?? answered,
        );
        answered.catch(() => undefined);
        const status = await refused;
        // Forbidden, no socket, no such call of AWS; the engine's port is none that a browser calls.
        expect([400, 403, 426, 'ERR_UNSAFE_PORT'], `${host}:${at}`).toContain(status);
      }
    } finally {
      own.close();
    }
  });
});
