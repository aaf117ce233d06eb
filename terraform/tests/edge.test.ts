import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

type Request = { uri: string; headers: Record<string, { value: string }> };
type Handler = (event: { request: Request; viewer: { ip: string } }) => Request | { statusCode: number };

/** The functions as they are shipped: CloudFront gets this very text, joined and with its blanks filled in by Terraform. */
const load = (files: readonly string[], blanks: Readonly<Record<string, string>>, globals: object = {}): Handler => {
  const text = files
    .map((file) => readFileSync(new URL(`../modules/site/edge/${file}`, import.meta.url), 'utf8'))
    .join('\n')
    .replace(/\$\{(\w+)\}/g, (_whole, name: string) => blanks[name] ?? '')
    .replace(/^import .*$/m, '');
  expect(Buffer.byteLength(text)).toBeLessThan(10_240);
  return runInNewContext(`${text}; handler`, { ...globals }) as Handler;
};

const ask = (handler: Handler, uri: string, ip = '203.0.113.9', headers: Request['headers'] = {}) =>
  handler({ request: { uri, headers }, viewer: { ip } });

describe('the function of pages', () => {
  const open = load(['network.js', 'page.js'], { networks: '[]' });

  it.each([
    ['/', '/index.html'],
    ['/products/assam', '/index.html'],
    ['/orders/01hv', '/index.html'],
    ['/assets/index-abc.js', '/assets/index-abc.js'],
    ['/config.json', '/config.json'],
    ['/v1.2/page', '/index.html'],
    ['/developersx', '/index.html'],
    ['/developers/', '/developers/index.html'],
    ['/developers/openapi.json', '/developers/openapi.json'],
  ])('sends %s to %s', (uri, expected) => {
    expect(ask(open, uri)).toMatchObject({ uri: expected });
  });

  it('sends /developers on, so that what lies beside the page is found', () => {
    expect(ask(open, '/developers')).toMatchObject({
      statusCode: 301,
      headers: { location: { value: '/developers/' } },
    });
  });

  it.each([
    ['203.0.113.0', true],
    ['203.0.113.255', true],
    ['203.0.114.0', false],
    ['10.9.8.7', true],
    ['11.0.0.0', false],
    ['2001:db8::1', false],
    ['not an address', false],
  ])('with networks, lets %s in: %s', (ip, isIn) => {
    const guarded = load(['network.js', 'page.js'], {
      networks: JSON.stringify([
        [3405803776, 24],
        [167772160, 8],
      ]),
    });
    expect('statusCode' in ask(guarded, '/', ip)).toBe(!isIn);
  });
});

/** CloudFront's `cf.kvs`: no argument opens the one associated store, a store's id opens that one; a name fails at run time. */
const openStore = (id?: string) => {
  if (id !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
    throw new TypeError(`KvsNotFound: ${id} is no id of a key value store`);
  return { get: async () => 'the-secret' };
};

describe('the function of the API', () => {
  it('proves the distribution and tells who asks, whatever the client sent', async () => {
    const handler = load(['api.js'], {}, { cf: { kvs: openStore } });
    const answer = await ask(handler, '/api/products', '198.51.100.4', {
      'x-viewer-ip': { value: '127.0.0.1' },
      'x-origin-secret': { value: 'guess' },
    });
    expect(answer).toMatchObject({
      headers: { 'x-viewer-ip': { value: '198.51.100.4' }, 'x-origin-secret': { value: 'the-secret' } },
    });
  });
});

describe('the key value store', () => {
  it.each(['penstock-dev-shop', ''])('is not opened by "%s"', (name) => {
    expect(() => openStore(name)).toThrow('no id of a key value store');
  });
});

describe('the function of pictures', () => {
  it('serves the public prefix alone', () => {
    const handler = load(['network.js', 'picture.js'], { networks: '[]' });
    expect(ask(handler, '/images/ab/1.webp')).toMatchObject({ uri: '/public/ab/1.webp' });
    expect(ask(handler, '/images/../incoming/x')).toMatchObject({ uri: '/public/../incoming/x' });
  });

  it("is closed to foreign networks where the site is, as the one-machine cloud's is", () => {
    const handler = load(['network.js', 'picture.js'], { networks: '[[3405803776,24]]' });
    expect(ask(handler, '/images/tea.webp', '198.51.100.4')).toMatchObject({ statusCode: 403 });
    expect(ask(handler, '/images/tea.webp', '203.0.113.4')).toMatchObject({ uri: '/public/tea.webp' });
  });
});
