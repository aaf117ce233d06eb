import { existsSync } from 'node:fs';
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Launches a Chromium: PENSTOCK_CHROMIUM, else the system's, else the npm package @sparticuz/chromium. Throws a sentence
 * that says how to get one when there is none.
 */
export const launchBrowser = async (): Promise<Browser> => chromium.launch(await findBrowser());

const findBrowser = async (): Promise<LaunchOptions> => {
  const named = process.env.PENSTOCK_CHROMIUM;
  if (named !== undefined && named !== '') return { executablePath: named, args: flags };
  const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  );
  if (system !== undefined) return { executablePath: system, args: flags };
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    return { executablePath: await packed.executablePath(), args: [...packed.args, ...flags] };
  } catch (cause) {
    throw new Error('No Chromium found: install the Debian package chromium, or name one in PENSTOCK_CHROMIUM.', {
      cause,
    });
  }
};

/** A page whose console errors and failed requests are kept for the test to look at. */
export const openPage = async (
  browser: Browser,
  options: { width?: number; height?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<Page & { faults: string[] }> => {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
  });
  const page = (await context.newPage()) as Page & { faults: string[] };
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.setDefaultTimeout(15_000);
  return page;
};

/** Counts what the page reports on the console as a fault too; that something asked for is not there is no fault of a page. */
export const hearConsole = (page: Page & { faults: string[] }): void => {
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 404/.test(message.text())) page.faults.push(message.text());
  });
};
