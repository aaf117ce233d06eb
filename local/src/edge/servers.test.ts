import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTopology } from '@penstock/platform/topology';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { topologyPath } from '#config';
import { siteHeaders } from '#edge/headers';
import { builtSite, type Invoke, makeAdminApi, makeAdminSite, makeShopEdge } from '#edge/servers';
import { ask, makeServers } from '#edge/testing/http';
import { listenOn } from '#gateways/door';

const topology = loadTopology(topologyPath);
const servers = makeServers();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-edge-'));
  for (const site of ['shop', 'developers']) {
    mkdirSync(join(folder, site));
    writeFileSync(join(folder, site, 'index.html'), `page of ${site}`);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => servers.close());

type Event = Readonly<Record<string, unknown>> & { readonly headers: Readonly<Record<string, string>> };
const answering = (answer: unknown = { statusCode: 200, headers: {}, body: '{}' }) => {
  const calls: { name: string; event: Event }[] = [];
  const invoke: Invoke = async (name, event) => {
    calls.push({ name, event: event as Event });
    return { ok: true, value: answer };
  };
  return { calls, invoke };
};
const headers = siteHeaders({ api: '', socket: 'ws://127.0.0.1:1', objects: 'http://127.0.0.1:2' });

/** The bucket: a public picture, an upload beside it, and one that the store cannot give. */
const bucket = () =>
  servers.listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const body = { '/images/public/tea.webp': 'picture', '/images/incoming/raw.webp': 'unchecked' }[pathname];
    response.writeHead(pathname.endsWith('down.webp') ? 503 : body === undefined ? 404 : 200, {
      'content-type': 'image/webp',
    });
    response.end(body);
  });

/** What is answered to bytes that ask has no words for. */
const speak = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      said += String(chunk);
    });
    socket.once('close', () => resolve(said));
  });

const openShop = async (invoke: Invoke = answering().invoke, objectsUrl = 'http://127.0.0.1:9') =>
  servers.keep(
    await listenOn(
      0,
      makeShopEdge({
        topology,
        invoke,
        originSecret: 'from-the-edge',
        objectsUrl,
        config: () => ({ currency: 'GBP' }),
        files: builtSite(join(folder, 'shop'), headers),
        developers: builtSite(join(folder, 'developers'), headers),
      }),
    ),
  );

describe("the shop's one origin", () => {
  it('hands a call to the function of its route, with the origin secret and the address of the peer', async () => {
    const { calls, invoke } = answering({ statusCode: 202, headers: { Location: '/api/x' }, body: 'done' });
    const shop = await openShop(invoke);
    const answer = await ask(shop, '/api/baskets/b1?x=1', {
      headers: { 'X-Origin-Secret': 'guessed', 'X-Viewer-Ip': '10.0.0.1', 'X-Mine': 'kept' },
    });
    expect([answer.status, String(answer.body), answer.headers.location]).toEqual([202, 'done', '/api/x']);
    expect(calls).toMatchObject([
      {
        name: 'shop-baskets',
        event: {
          routeKey: 'GET /api/baskets/{id}',
          pathParameters: { id: 'b1' },
          headers: { 'x-origin-secret': 'from-the-edge', 'x-viewer-ip': '127.0.0.1', 'x-mine': 'kept' },
        },
      },
    ]);
  });

  it('answers a HEAD as its GET, without the body', async () => {
    const { calls, invoke } = answering({ statusCode: 200, headers: { etag: 'e' }, body: 'long' });
    const answer = await ask(await openShop(invoke), '/api/products', { method: 'HEAD' });
    expect([answer.status, answer.headers.etag, answer.body.length]).toEqual([200, 'e', 0]);
    expect(calls[0]?.event).toMatchObject({ routeKey: 'GET /api/products' });
  });

  it('answers an unknown path with a problem, and calls nobody', async () => {
    const { calls, invoke } = answering();
    const answer = await ask(await openShop(invoke), '/api/nothing', {
      headers: { 'x-correlation-id': 'given-by-me-1' },
    });
    expect([answer.status, answer.headers['content-type']]).toEqual([404, 'application/problem+json']);
    expect(JSON.parse(String(answer.body))).toMatchObject({
      type: '/problems/route-not-found',
      code: 'route-not-found',
      instance: '/api/nothing',
      correlationId: 'given-by-me-1',
    });
    expect(Number(answer.headers['x-server-time'])).toBeGreaterThan(0);
    expect(calls).toEqual([]);
  });

  it('names the methods of a path that takes others', async () => {
    const answer = await ask(await openShop(), '/api/orders', { method: 'DELETE' });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
  });

  it('makes up a correlation id where the given one could be anything', async () => {
    const answer = await ask(await openShop(), '/api/nothing', { headers: { 'x-correlation-id': '<script>' } });
    expect(answer.headers['x-correlation-id']).toMatch(/^[\da-f-]{36}$/);
  });

  it('says so when it is sent what is no HTTP, and hangs up', async () => {
    expect(await speak(await openShop(), 'HELLO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*"code":"parameter-invalid"/s);
  });

  it('gives up a call that does not arrive', async () => {
    const port = servers.keep(await listenOn(0, async () => undefined, { arriveMaxMs: 50, checkEveryMs: 20 }));
    expect(await speak(port, 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nx')).toMatch(
      /^HTTP\/1\.1 408 /,
    );
  });

  it('passes a binary body on, byte by byte', async () => {
    const { calls, invoke } = answering();
    const body = Buffer.from([0xff, 0x00, 0xc3, 0x28]);
    await ask(await openShop(invoke), '/api/orders', {
      method: 'POST',
      headers: { 'content-type': 'image/webp' },
      body,
    });
    expect(calls[0]?.event).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
  });

  it.each([
    [413, 'body-too-large', '', { body: Buffer.alloc(10 * 1024 * 1024 + 1) }],
    [431, 'headers-too-large', '', { headers: { 'x-long': 'x'.repeat(10_300) } }],
    [431, 'headers-too-large', `?q=${'a'.repeat(15_000)}`, {}],
    [431, 'headers-too-large', `?q=${'a'.repeat(100_000)}`, {}],
    [431, 'headers-too-large', `?q=${'a'.repeat(400_000)}`, {}],
  ])("refuses with %i %s what is over a gateway's limits", async (status, code, query, more) => {
    const { calls, invoke } = answering();
    const answer = await ask(await openShop(invoke), `/api/orders${query}`, { method: 'POST', ...more });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'x-content-type-options': 'nosniff',
      'x-correlation-id': expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(JSON.parse(String(answer.body))).toMatchObject({ code, status, type: `/problems/${code}` });
    expect(calls).toEqual([]);
  });

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:80'])(
    'refuses the host %j: a page that rebinds its name would read the answers',
    async (host) => {
      expect((await ask(await openShop(), '/', { headers: { host } })).status).toBe(403);
    },
  );

  it('serves pages with their headers, on deep links too; a missing file is no page', async () => {
    const shop = await openShop();
    const page = await ask(shop, '/products/tea-1?from=list');
    expect([page.status, String(page.body), page.headers['cache-control']]).toEqual([200, 'page of shop', 'no-cache']);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    expect(page.headers['content-security-policy']).toContain(
      "connect-src 'self' ws://127.0.0.1:1 http://127.0.0.1:2;",
    );
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    const missing = await ask(shop, '/assets/gone-12345678.js');
    expect([missing.status, missing.headers['cache-control']]).toEqual([404, 'no-store']);
    expect((await ask(shop, '/', { method: 'POST' })).status).toBe(405);
    expect((await ask(shop, '/', { method: 'HEAD' })).body.length).toBe(0);
  });

  it('has its settings and the API page beside the pages', async () => {
    const shop = await openShop();
    expect(JSON.parse(String((await ask(shop, '/config.json')).body))).toEqual({ currency: 'GBP' });
    expect((await ask(shop, '/developers')).headers.location).toBe('/developers/');
    expect(String((await ask(shop, '/developers/')).body)).toBe('page of developers');
  });

  it("shows the bucket's public pictures so that a browser only draws them", async () => {
    const shop = await openShop(undefined, `http://127.0.0.1:${await bucket()}`);
    const answer = await ask(shop, '/images/tea.webp');
    expect([answer.status, String(answer.body), answer.headers['content-type']]).toEqual([
      200,
      'picture',
      'image/webp',
    ]);
    expect(answer.headers).toMatchObject({
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    '/images/../incoming/raw.webp',
    '/images/%2e%2e/incoming/raw.webp',
    '/images/.%2E/incoming/raw.webp',
    '/images/..\\incoming/raw.webp',
    '/images/x/../../incoming/raw.webp',
  ])('keeps what is beside the public pictures to itself: %s', async (path) => {
    const shop = await openShop(undefined, `http://127.0.0.1:${await bucket()}`);
    const answer = await ask(shop, path);
    expect([answer.status, String(answer.body)]).toEqual([404, 'Not found']);
  });

  it('tells a missing picture from a store that is away, and keeps neither', async () => {
    const shop = await openShop(undefined, `http://127.0.0.1:${await bucket()}`);
    const answers = [await ask(shop, '/images/none.webp'), await ask(shop, '/images/down.webp')];
    answers.push(await ask(await openShop(), '/images/tea.webp'));
    expect(answers.map(({ status }) => status)).toEqual([404, 503, 503]);
    expect(answers.map((answer) => answer.headers['cache-control'])).toEqual(['no-store', 'no-store', 'no-store']);
  });

  it('answers 502 when the call could not be made, without a word why', async () => {
    const silent = vi.spyOn(console, 'error').mockReturnValue();
    const answer = await ask(await openShop(() => Promise.reject(new Error('secret'))), '/api/health');
    expect([answer.status, String(answer.body)]).toEqual([502, '{"message":"Bad Gateway"}']);
    silent.mockRestore();
  });
});

describe('the admin API', () => {
  const origin = 'http://127.0.0.1:4101';
  const open = async (invoke: Invoke, isStaff = true) =>
    servers.keep(
      await listenOn(0, makeAdminApi({ topology, invoke, allowedOrigins: [origin], isStaff: () => isStaff })),
    );

  it('answers a preflight of the back office by itself', async () => {
    const { calls, invoke } = answering();
    const answer = await ask(await open(invoke), '/products', { method: 'OPTIONS', headers: { origin } });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([204, origin]);
    expect(answer.headers['access-control-allow-headers']).toContain('x-staff-name');
    expect(calls).toEqual([]);
  });

  it('allows no other origin anything', async () => {
    const { invoke } = answering();
    const answer = await ask(await open(invoke), '/products', {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example' },
    });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(answer.headers.vary).toBe('Origin');
  });

  it('hands a call over as a REST API does, and its answer back with the lists counted', async () => {
    const { calls, invoke } = answering({
      statusCode: 200,
      headers: { 'Content-Range': 'products 0-0/1' },
      body: '[]',
    });
    const answer = await ask(await open(invoke), '/products/p%201', { headers: { origin } });
    expect(calls).toMatchObject([
      { name: 'admin-products', event: { version: '1.0', resource: '/products/{id}', pathParameters: { id: 'p 1' } } },
    ]);
    expect(answer.headers['content-range']).toBe('products 0-0/1');
    expect(answer.headers['access-control-expose-headers']).toContain('Content-Range');
  });

  it('tells a foreign network nothing, not even which paths there are', async () => {
    const { invoke } = answering();
    expect((await ask(await open(invoke, false), '/nothing')).status).toBe(403);
    expect((await ask(await open(invoke, true), '/nothing')).status).toBe(404);
  });
});

describe("the back office's site", () => {
  const open = async (isStaff: boolean) =>
    servers.keep(
      await listenOn(
        0,
        makeAdminSite({
          objectsUrl: `http://127.0.0.1:${await bucket()}`,
          config: () => ({ apiUrl: 'x' }),
          files: builtSite(join(folder, 'shop'), headers),
          isStaff: () => isStaff,
        }),
      ),
    );

  it('is open to the staff networks', async () => {
    const port = await open(true);
    expect((await ask(port, '/orders')).status).toBe(200);
    expect((await ask(port, '/config.json')).status).toBe(200);
    expect((await ask(port, '/images/tea.webp')).status).toBe(200);
  });

  it.each(['/', '/config.json', '/images/tea.webp'])('and closed to all others: %s', async (path) => {
    expect((await ask(await open(false), path)).status).toBe(403);
  });
});
