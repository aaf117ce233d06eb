/** What must hold of an environment right after a deployment, asked from outside at its public addresses. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Ask, jsonOf } from './ask.ts';
import type { App } from './plan.ts';
import type { Addresses } from './sites.ts';

export type SmokeWish = {
  readonly apps: readonly App[];
  readonly addresses: Pick<Addresses, 'shop' | 'admin'>;
  /** Headers that the edge would add; empty on AWS. */
  readonly edgeHeaders: Readonly<Record<string, string>>;
  /** The release that the functions must name, or undefined when they were not deployed. */
  readonly version: string | undefined;
  /** The index.html that each site must serve; undefined when it was not deployed. */
  readonly index: (app: App) => string | undefined;
};

export type SmokeDeps = {
  readonly ask: Ask;
  readonly say: (text: string) => void;
  /** An edge takes a while to learn of a change: each check is tried this often, this far apart. */
  readonly tries: number;
  readonly everyMs: number;
};

/** A check failed after all its tries: the release is out, and wrong. */
export class SmokeFailed extends Error {
  readonly code = 'smoke-failed';
}

/** What every page must carry, with a word that its value has (terraform/modules/site/headers.tf). */
const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "frame-ancestors 'none'",
  'strict-transport-security': 'max-age=',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin',
};

/** Runs every check in order; throws SmokeFailed at the first that does not come true. */
export const smokeTest = async (wish: SmokeWish, { ask, say, tries, everyMs }: SmokeDeps): Promise<void> => {
  const check = async (what: string, look: () => Promise<string>): Promise<void> => {
    for (let tried = 1; ; tried += 1) {
      try {
        say(`${what}: ${await look()}`);
        return;
      } catch (error) {
        if (tried >= tries) throw new SmokeFailed(`${what}: ${error instanceof Error ? error.message : String(error)}`);
        await sleep(everyMs);
      }
    }
  };
  const get = (url: string) => ask(url, { headers: wish.edgeHeaders });
  if (wish.apps.includes('storefront')) {
    const { shop } = wish.addresses;
    await check('health', async () => {
      const { status, version } = jsonOf<{ status: string; version: string }>(
        'GET /api/health',
        await get(`${shop}/api/health`),
        200,
      );
      if (status !== 'ok') throw new Error(`the shop says ${status}`);
      if (wish.version !== undefined && version !== wish.version)
        throw new Error(`the functions are of release ${version}, not ${wish.version}`);
      return `ok, release ${version}`;
    });
    await check('product list', async () => {
      const { total } = jsonOf<{ total: number; items: readonly unknown[] }>(
        'GET /api/products',
        await get(`${shop}/api/products`),
        200,
      );
      return `${total} products`;
    });
    await check('shop index', async () => isPage(await get(`${shop}/`), wish.index('storefront')));
    await check('shop deep link', async () => isPage(await get(`${shop}/basket`), wish.index('storefront')));
    await check('shop config.json', async () => {
      jsonOf('GET /config.json', await get(`${shop}/config.json`), 200);
      return 'there';
    });
  }
  if (wish.apps.includes('admin'))
    await check('back office index', async () => {
      const answer = await get(`${wish.addresses.admin}/`);
      // A build machine is in no staff network: that it is refused is the guard at work, and all that it can see.
      if (answer.status === 403)
        return 'refused, as this machine is in no staff network: the guard works, the page was not seen';
      return isPage(answer, wish.index('admin'));
    });
};

const isPage = (answer: Answer, index: string | undefined): string => {
  if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.text.slice(0, 200)}`);
  if (index !== undefined && answer.text !== index)
    throw new Error('serves another index.html than the one of this release');
  const missing = Object.entries(pageHeaders).filter(([name, word]) => !(answer.headers[name] ?? '').includes(word));
  if (missing.length > 0) throw new Error(`lacks the security headers ${missing.map(([name]) => name).join(', ')}`);
  return 'served, with its security headers';
};
