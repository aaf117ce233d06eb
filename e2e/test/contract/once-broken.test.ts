import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Order } from '@penstock/domain/order';
import type { StaffProduct } from '@penstock/domain/product';
import { describe, expect, it } from 'vitest';
import { givenCloud } from '#given-cloud';
import { call, control, drained, staff } from '#http';
import { makeProduct, newBasket, orderBody, postOrder, settled } from '#shopper';
import { openSocket } from '#socket';
import { until } from '#until';

/** Cases that users met in a running shop, entered as they met them. Each stands for its kind: units test the siblings. */
const cloud = givenCloud();
type Problem = {
  readonly code: string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly retryAfterSeconds?: number;
};
type Basket = { readonly lines: readonly { readonly productId: string; readonly quantity: number }[] };

const address = { line1: '1 Quay', city: 'Leeds', postcode: 'LS1 1AA', country: 'GB' };
const contact = { name: 'Ann', email: 'ann@example.org' };
const order = async (productId: string, overrides: Record<string, unknown> = {}) =>
  orderBody(await newBasket(cloud), [{ productId, quantity: 1, priceMinor: 500 }], overrides);

describe('any text of a shopper', () => {
  it.each([
    ['an emoji', 'Ann 😀'],
    ['a family of joined emoji', 'Zoë 👩‍👩‍👧‍👦'],
    ['a letter beyond the first plane', '𠮷野家'],
    ['right-to-left', 'شركة الشاي'],
    ['combining marks', 'Ame\u0301lie Nguyê\u0303n'],
    ['an apostrophe and a hyphen', "O'Neill-Łódź"],
  ])('goes from the form to the table: %s', async (_what, text) => {
    const product = await makeProduct(cloud, 5);
    const sent = await postOrder(
      cloud,
      await order(product.id, { contact: { ...contact, name: text }, address: { ...address, line1: `${text} 1` } }),
    );
    expect(sent.status).toBe(202);
    const stored = await settled(cloud, sent.body);
    expect(stored).toMatchObject({
      status: 'placed',
      contact: { name: text.normalize('NFC') },
      address: { line1: `${text} 1`.normalize('NFC') },
    });
  });

  it.each([
    ['contact.name', { contact: { ...contact, name: '\u200b' } }],
    ['contact.name', { contact: { ...contact, name: 'Ann \u0000 B' } }],
    ['contact.name', { contact: { ...contact, name: 'Ann \uffff' } }],
    ['contact.name', { contact: { ...contact, name: '\u3164\u2800' } }],
    ['address.line1', { address: { ...address, line1: '\u200b\u200d' } }],
    ['address.city', { address: { ...address, city: 'Leeds\u0007' } }],
    ['address.country', { address: { ...address, country: 'ZZ' } }],
  ])('is refused by name where nobody can read or store it: %s %j', async (field, overrides) => {
    const product = await makeProduct(cloud, 5);
    const answer = await postOrder(cloud, await order(product.id, overrides));
    expect(answer.status).toBe(422);
    expect(Object.keys((answer.body as unknown as Problem).errors ?? {})).toContain(field);
  });

  it.each(['info@müller.de', 'a&b@example.org', "o'neill+tea@example.co.uk", 'x@sub.example.photography'])(
    'may be the e-mail address %s',
    async (email) => {
      const product = await makeProduct(cloud, 5);
      expect((await postOrder(cloud, await order(product.id, { contact: { ...contact, email } }))).status).toBe(202);
    },
  );

  it('needs no postcode where there is none', async () => {
    const product = await makeProduct(cloud, 5);
    const abroad = { address: { line1: '1 Creek Road', city: 'Dubai', postcode: '', country: 'AE' } };
    expect((await postOrder(cloud, await order(product.id, abroad))).status).toBe(202);
  });
});

describe('what cannot be stored', () => {
  it('is refused at the door: a total that no number holds', async () => {
    const product = await makeProduct(cloud, 99);
    const lines = [{ productId: product.id, quantity: 99, priceMinor: 1_000_000_000_000_000 }];
    const answer = await postOrder(cloud, orderBody(await newBasket(cloud), lines));
    expect(answer.status).toBe(422);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'never freezes a basket: a line named %s',
    async (line) => {
      const product = await makeProduct(cloud, 5);
      const basket = await newBasket(cloud);
      const put = (id: string, quantity: number) =>
        call('PUT', `${cloud.shopApiUrl}/baskets/${basket}/lines/${id}`, { body: { quantity } });
      expect([202, 400, 404, 422]).toContain((await put(line, 2)).status);
      expect((await put(product.id, 3)).status).toBe(202);
      await until('the other line', async () => {
        const { body } = await call<Basket>('GET', `${cloud.shopApiUrl}/baskets/${basket}`);
        return body.lines.some(({ productId, quantity }) => productId === product.id && quantity === 3);
      });
      await drained(cloud);
    },
  );

  it('[C3] is a stamp far ahead, in an order too: later edits still count', async () => {
    const product = await makeProduct(cloud, 9);
    const stamp = { wallMs: 9_999_999_999_999, counter: 0, device: 'devicedevice' };
    const lines = [{ productId: product.id, quantity: 2, priceMinor: 500, stamp }];
    const answer = await postOrder(cloud, orderBody(await newBasket(cloud), lines));
    expect(answer).toMatchObject({ status: 422, body: { code: 'stamp-out-of-range' } });
  });
});

describe('staff', () => {
  const made = (overrides: Record<string, unknown>) =>
    staff<StaffProduct & Problem>(cloud, 'POST', '/products', {
      name: 'Tea',
      category: 'test-tea',
      description: 'A tea that a test made.',
      price: { amountMinor: 500, currency: 'GBP' },
      ...overrides,
    });

  it('name products in any script, and twice the same', async () => {
    const mark = randomUUID().slice(0, 6);
    const names = [`緑茶 ${mark}`, `Зелёный чай ${mark}`, `شاي ${mark}`, `Tea ${mark}`, `Tea ${mark}`, '🍵🍵'];
    const ids: string[] = [];
    for (const name of names) {
      const answer = await made({ name });
      expect(answer, name).toMatchObject({ status: 201 });
      ids.push(answer.body.id);
    }
    expect(new Set(ids).size).toBe(names.length);
    for (const id of ids)
      expect((await call('GET', `${cloud.shopApiUrl}/products/${encodeURIComponent(id)}`)).status).toBe(200);
  });

  it.each([
    [{ delta: 1.5, reason: 'count wrong' }, 'stockChange.delta'],
    [{ delta: 5 }, 'stockChange.reason'],
    [{ delta: -9_999_999, reason: 'lost' }, 'stockChange.delta'],
  ])('are told which part of a stock change is wrong: %j', async (stockChange, field) => {
    const product = await makeProduct(cloud, 5);
    const answer = await staff<Problem>(cloud, 'PUT', `/products/${product.id}`, {
      version: product.version,
      stockChange,
    });
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.body.errors ?? {})).toContain(field);
  });

  it.each([
    'https://evil.example/x.png',
    'javascript:alert(1)',
    '//evil.example/x.png',
    'data:image/svg+xml,x',
    '/images/../config.json',
  ])('give no picture from elsewhere: %s', async (src) => {
    const product = await makeProduct(cloud, 5);
    const answer = await staff(cloud, 'PUT', `/products/${product.id}`, {
      version: product.version,
      images: [{ src, alt: 'x', width: 1, height: 1, sources: [] }],
    });
    expect(answer.status).toBe(422);
  });

  it('may ask twice for a move: both are told that it is done', async () => {
    const product = await makeProduct(cloud, 5);
    const placed = (await postOrder(cloud, await order(product.id))).body;
    await settled(cloud, placed);
    const pack = () => staff(cloud, 'PUT', `/orders/${placed.id}`, { status: 'packed' });
    expect((await Promise.all([pack(), pack()])).map(({ status }) => status < 300)).toEqual([true, true]);
    await drained(cloud);
    const { body } = await call<Order & { refusedMove?: unknown }>('GET', `${cloud.adminApiUrl}/orders/${placed.id}`);
    expect(body).toMatchObject({ status: 'packed' });
    expect(body.refusedMove).toBeUndefined();
  });

  it('find an order by its number in any spelling, and with other filters beside it', async () => {
    const product = await makeProduct(cloud, 5);
    const placed = (await postOrder(cloud, await order(product.id))).body;
    await settled(cloud, placed);
    const find = async (filter: object) => {
      const query = new URLSearchParams({ filter: JSON.stringify(filter), range: '[0,0]' });
      const answer = await call<Order[]>('GET', `${cloud.adminApiUrl}/orders?${query}`);
      return answer.status === 200 ? answer.body.map(({ id }) => id) : answer.status;
    };
    const plain = placed.number.replace('-', '');
    for (const number of [plain, plain.toLowerCase(), ` ${placed.number} `, placed.number.replace('-', '–')])
      expect(await find({ number }), number).toEqual([placed.id]);
    expect(await find({ number: placed.number.replaceAll('0', 'O').replaceAll('1', 'I') })).toEqual([placed.id]);
    expect(await find({ number: placed.number, status: 'placed' })).toEqual([placed.id]);
    expect(await find({ number: placed.number, status: 'packed' })).toEqual([]);
    expect(await find({ number: placed.number, placedAt_gte: '' })).toEqual([placed.id]);
    expect(await find({ id: [placed.id, randomUUID().replaceAll('-', '').slice(0, 26)] })).toEqual([placed.id]);
  });
});

describe('bodies and queries', () => {
  it('that are compressed or in another charset are refused by their kind', async () => {
    const url = `${cloud.shopApiUrl}/orders`;
    const zipped = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', 'idempotency-key': randomUUID() },
      body: gzipSync('{}'),
    });
    expect([zipped.status, ((await zipped.json()) as Problem).code]).toEqual([415, 'media-type-unsupported']);
    const latin = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=iso-8859-1', 'idempotency-key': randomUUID() },
      body: '{}',
    });
    expect(latin.status).toBe(415);
  });

  it.each(['page=0x2', 'pageSize=1e1', 'inStock=yes', 'page=-1', 'priceMin=1.5'])(
    'with odd numbers are refused by name: %s',
    async (query) => {
      const answer = await call<Problem>('GET', `${cloud.shopApiUrl}/products?${query}`);
      expect([answer.status, answer.body.code]).toEqual([400, 'parameter-invalid']);
    },
  );

  it.each(['inStock=', 'sort=', 'page=', 'q=', 'category='])('with an empty %s mean: not said', async (query) => {
    expect((await call('GET', `${cloud.shopApiUrl}/products?${query}`)).status).toBe(200);
  });

  it('say what they are and nothing else: no sniffing', async () => {
    for (const url of [`${cloud.shopApiUrl}/products`, `${cloud.adminApiUrl}/products`, `${cloud.shopUrl}/config.json`])
      expect((await fetch(url)).headers.get('x-content-type-options'), url).toBe('nosniff');
  });
});

describe('sockets', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'answer an action named %s with a problem',
    async (action) => {
      const socket = await openSocket(cloud, 'shop');
      socket.send({ action });
      const frame = await socket.next('a problem', (seen): seen is typeof seen => seen.type === 'problem');
      expect(frame.type).toBe('problem');
      socket.close();
    },
  );
});

describe('a fault of a part', () => {
  it('is never our 500: the tables answer with errors only', async () => {
    const product = await makeProduct(cloud, 5);
    const placed = (await postOrder(cloud, await order(product.id))).body;
    const stored = await settled(cloud, placed);
    expect((await control(cloud, 'PUT', '/faults', { seed: 1, dynamodb: { errorShare: 1 } })).status).toBeLessThan(300);
    try {
      const get = (url: string) => call<Problem>('GET', url);
      const reads = await Promise.all([
        get(`${cloud.shopApiUrl}/orders/${stored.id}`),
        get(`${cloud.shopApiUrl}/baskets/${await newBasket(cloud)}`),
        get(`${cloud.shopApiUrl}/products`),
        get(`${cloud.shopApiUrl}/products/${product.id}`),
        get(`${cloud.shopApiUrl}/health`),
        ...['orders', 'products', 'baskets', 'activity', 'dead-letters', `orders/${stored.id}`, 'operations'].map(
          (path) => get(`${cloud.adminApiUrl}/${path}`),
        ),
        staff<Problem>(cloud, 'PUT', `/products/${product.id}`, { version: product.version, name: 'Other' }),
        staff<Problem>(cloud, 'PUT', `/orders/${stored.id}`, { status: 'packed' }),
      ]);
      for (const { status, body, headers } of reads) {
        expect([200, 202, 503], JSON.stringify(body)).toContain(status);
        if (status === 503) expect([body.code, headers.get('retry-after') !== null]).toEqual(['store-busy', true]);
      }
    } finally {
      await control(cloud, 'DELETE', '/faults');
    }
  }, 90_000);

  it('does not take the list of products away, however long it lasts', async () => {
    // Instances that began amid the faults of before read the list within a second of their end, each for itself.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await control(cloud, 'PUT', '/faults', { seed: 1, dynamodb: { errorShare: 1 } });
    try {
      for (let second = 0; second < 6; second += 1) {
        expect((await call('GET', `${cloud.shopApiUrl}/products`)).status).toBe(200);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    } finally {
      await control(cloud, 'DELETE', '/faults');
    }
  });
});

describe('a switch', () => {
  it('holds for the first calls after its delay, both ways', async () => {
    const product = await makeProduct(cloud, 50);
    const four = async () => {
      const bodies = await Promise.all([1, 2, 3, 4].map(() => order(product.id)));
      return (await Promise.all(bodies.map((body) => postOrder(cloud, body)))).map(({ status }) => status);
    };
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    expect(await four()).toEqual([202, 202, 202, 202]);
    await control(cloud, 'PUT', '/switches', { ordersPaused: true });
    try {
      await wait(2_500);
      expect(await four()).toEqual([503, 503, 503, 503]);
    } finally {
      await control(cloud, 'PUT', '/switches', { ordersPaused: false });
    }
    await wait(2_500);
    expect(await four()).toEqual([202, 202, 202, 202]);
  });
});
