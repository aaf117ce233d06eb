import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '#browser';
import { givenCloud } from '#given-cloud';
import { sqs } from '#sqs';

const cloud = givenCloud();
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

describe('dead letters in the back office', () => {
  it('[G5] come into the list by themselves, are sent again in vain, and are discarded with a reason', async () => {
    const text = `not a message ${randomUUID()}`;
    const page = await openPage(browser);
    await page.goto(`${cloud.adminUrl}/#/dead-letters`);
    await page.getByRole('textbox', { name: 'Your name' }).fill('Sam');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page
      .getByText(/every write that was accepted is placed|About/)
      .first()
      .waitFor();
    await sqs(cloud, 'SendMessage', { QueueUrl: cloud.queues.orders, MessageBody: text, MessageGroupId: 'g' });

    const row = page.getByRole('row').filter({ hasText: 'Its message cannot be read' }).first();
    await row.click();
    await page.getByText(text).waitFor();
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Perhaps it was a hiccup');
    await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
    await page.getByText('1 sent again.').waitFor();
    // It comes back as the case that it was, open again and one attempt older.
    await page.locator('dt', { hasText: 'Sent again' }).locator('+ dd', { hasText: 'once' }).waitFor();
    await page.getByRole('heading', { name: /Open/ }).waitFor();

    await page.goto(`${cloud.adminUrl}/#/dead-letters`);
    await row.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Nobody can read it');
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByText('1 discarded.').waitFor();

    await page.goto(`${cloud.adminUrl}/#/activity`);
    await page.getByText('Nobody can read it').first().waitFor();
    await page.getByText('Letter: sent again (orders)').first().waitFor();
    expect(page.faults).toEqual([]);
  });
});
