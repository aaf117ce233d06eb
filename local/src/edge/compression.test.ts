import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseEncoding } from '#edge/compression';
import { builtSite } from '#edge/servers';
import { ask, makeServers } from '#edge/testing/http';

const servers = makeServers();
let folder = '';
let port = 0;
const script = 'const tea = "Assam";\n'.repeat(200);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-compression-'));
  writeFileSync(join(folder, 'app.js'), script);
  const site = builtSite(folder, {});
  port = await servers.listen((request, response) => site(request, response, request.url ?? '/'));
});
afterAll(async () => {
  await servers.close();
  rmSync(folder, { recursive: true });
});

describe('a built file', () => {
  it.each([
    ['br, gzip, deflate', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['identity', undefined, (bytes: Buffer) => bytes],
  ] as const)('is sent to a client that takes %s as %s', async (accepted, encoding, unpack) => {
    for (const _time of [1, 2]) {
      const { headers, body } = await ask(port, '/app.js', { headers: { 'accept-encoding': accepted } });
      expect([headers['content-encoding'], headers.vary]).toEqual([encoding, 'Accept-Encoding']);
      expect(Number(headers['content-length'])).toBe(body.length);
      expect(String(unpack(body))).toBe(script);
    }
  });

  it('that has changed is compressed anew', async () => {
    const take = async () =>
      String(brotliDecompressSync((await ask(port, '/app.js', { headers: { 'accept-encoding': 'br' } })).body));
    expect(await take()).toBe(script);
    await new Promise((resolve) => setTimeout(resolve, 10));
    writeFileSync(join(folder, 'app.js'), `${script}//`);
    expect(await take()).toBe(`${script}//`);
  });

  it.each([
    ['a picture', 'image/webp', 9999],
    ['a small one', 'text/css', 999],
  ])('is sent as it is: %s', (_what, type, bytes) => {
    expect(chooseEncoding('br, gzip', type, bytes)).toBeUndefined();
  });
});
