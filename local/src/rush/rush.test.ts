import { afterEach, describe, expect, it } from 'vitest';
import { makeServers } from '#edge/testing/http';
import { runRush } from '#rush/rush';
import { type RushWish, readRushArguments } from '#rush/rush-arguments';
import { lineOf, tallyOf } from '#rush/tally';

const servers = makeServers();
afterEach(() => servers.close());

const wish: RushWish = { count: 12, concurrency: 4, products: [], followMs: 5000, json: false, data: '.' };
const product = (id: string, available: number) => ({
  id,
  price: { amountMinor: 500, currency: 'GBP' },
  stock: { available },
});

/** A shop that is busy at every third order's first try, refuses the sold out, and places what it took at the second look. */
const openShop = async (items: readonly object[] = [product('assam', 9)]) => {
  const keys = new Map<string, number>();
  const looks = new Map<string, number>();
  const ordered: string[] = [];
  let underWay = 0;
  let most = 0;
  const port = await servers.listen(async (request, response) => {
    const reply = (status: number, body: object, headers = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    const url = request.url ?? '';
    if (url.startsWith('/api/products')) return reply(200, { items });
    if (request.method === 'GET') {
      expect(request.headers['order-receipt']).toBe('signed');
      looks.set(url, (looks.get(url) ?? 0) + 1);
      return reply(200, { status: (looks.get(url) ?? 0) > 1 ? 'placed' : 'accepted' });
    }
    underWay += 1;
    most = Math.max(most, underWay);
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const key = String(request.headers['idempotency-key']);
    keys.set(key, (keys.get(key) ?? 0) + 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    underWay -= 1;
    const { lines } = JSON.parse(String(Buffer.concat(chunks))) as { lines: { productId: string }[] };
    if (keys.size % 3 === 0 && keys.get(key) === 1) return reply(503, { code: 'store-busy' }, { 'retry-after': '0' });
    if (lines[0]?.productId === 'gone') return reply(422, { code: 'validation-failed' });
    ordered.push(lines[0]?.productId ?? '');
    reply(202, { id: `o${ordered.length}`, receipt: 'signed', status: 'accepted', estimatedWaitMs: 23_000 });
  });
  return { shopApiUrl: `http://127.0.0.1:${port}/api`, ordered, keys, most: () => most };
};

const run = async (shopApiUrl: string, more: Partial<RushWish> = {}) => {
  const said: string[] = [];
  const printed: object[] = [];
  const deps = {
    shopApiUrl,
    everyMs: 20,
    say: (text: string) => said.push(text),
    print: (value: object) => printed.push(value),
  };
  return { tally: await runRush({ ...wish, ...more }, deps), said, printed };
};

describe('a rush', () => {
  it('places what it was asked for, so many at once, repeats with the same key, and ends when all have landed', async () => {
    const shop = await openShop();
    const { tally, said } = await run(shop.shopApiUrl);
    expect(tally).toMatchObject({
      asked: 12,
      accepted: 12,
      placed: 12,
      waiting: 0,
      statedWaitMs: 23_000,
      notTaken: {},
    });
    expect(shop.ordered).toHaveLength(12);
    expect(shop.keys.size).toBe(12);
    expect(shop.most()).toBeLessThanOrEqual(4);
    expect(said.join('\n')).toMatch(/12 accepted, \d+ placed, \d+ waiting; stated wait up to 23 s/);
    expect(said.at(-1)).toMatch(/^12 of 12 orders were accepted, 12 are placed/);
  });

  it('prints JSON lines for scripts', async () => {
    const { printed, said } = await run((await openShop()).shopApiUrl, { json: true });
    expect(said).toEqual([]);
    expect(printed.at(-1)).toMatchObject({ event: 'done', placed: 12 });
  });

  it('counts what is not taken by its reason, and ends all the same', async () => {
    const { tally, said } = await run((await openShop([product('gone', 1)])).shopApiUrl, { count: 3 });
    expect(said.at(-1)).toMatch(/^None of 3 orders was accepted \(validation-failed\)/);
    expect(tally).toMatchObject({ accepted: 0, notTaken: { 'validation-failed': 3 } });
  });

  it('ends when its time is over, and says what still waits', async () => {
    const { tally, said } = await run((await openShop()).shopApiUrl, { followMs: 60, count: 2, concurrency: 1 });
    expect(tally.placed).toBeLessThanOrEqual(2);
    expect(said.at(-1)).toContain('of 2 orders were accepted');
  });

  it.each([
    ['a shop elsewhere', 'https://shop.example/api', {}, /not this machine/],
    ['a product that is not there', undefined, { products: ['darjeeling'] }, /no such product with stock/],
  ])('refuses %s', async (_what, url, more, message) => {
    await expect(run(url ?? (await openShop()).shopApiUrl, more)).rejects.toThrow(message);
  });

  it('says that the shop does not answer', async () => {
    await expect(run('http://127.0.0.1:9/api')).rejects.toThrow('the shop does not answer');
  });

  it('refuses a shop with empty shelves', async () => {
    await expect(run((await openShop([])).shopApiUrl)).rejects.toThrow('nothing in the shop has stock');
  });
});

describe('the words of a rush', () => {
  it('are a count, and flags with a bound', () => {
    expect(readRushArguments([], {})).toEqual({
      count: 50,
      concurrency: 10,
      products: [],
      followMs: 600_000,
      json: false,
      data: '.penstock',
    });
    expect(
      readRushArguments(['7', '--product', 'assam', '--product=green', '--json', '--seconds', '9'], {}),
    ).toMatchObject({
      count: 7,
      products: ['assam', 'green'],
      followMs: 9000,
      json: true,
    });
  });

  it.each([['0'], ['1001'], ['many'], ['5', '6'], ['--concurrency', '51'], ['--product', '../x'], ['--fast']])(
    'are refused: %j %j',
    (...args) => {
      expect(() => readRushArguments(args, {})).toThrow(expect.objectContaining({ exitCode: 2 }));
    },
  );

  it('name what came of each order', () => {
    const attempts = ['accepted', 'placed', 'packed', 'rejected', 'held', 'held'].map((status) => ({
      id: status,
      receipt: '',
      status,
      statedWaitMs: 400,
    }));
    expect(
      lineOf(
        tallyOf(8, attempts, [
          { status: 429, code: 'backlog-too-deep' },
          { status: 500, code: '' },
        ]),
        7,
      ),
    ).toBe(
      '   7 s  [########......................]  6 accepted, 2 placed, 1 waiting, 1 rejected, 2 held, 1 backlog-too-deep, 1 status 500; stated wait up to a moment',
    );
  });
});
