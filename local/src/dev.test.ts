import { afterEach, describe, expect, it } from 'vitest';
import { lateSite } from '#dev';
import { ask, makeServers } from '#edge/testing/http';

const servers = makeServers();
afterEach(() => servers.close());

describe('a site whose pages are being prepared', () => {
  it('says so, comes again by itself, and shows them when they are there', async () => {
    const site = lateSite();
    const port = await servers.listen((request, response) => site.files(request, response, '/'));
    const early = await ask(port, '/');
    expect([early.status, early.headers['retry-after']]).toEqual([503, '1']);
    expect(String(early.body)).toContain('<meta http-equiv="refresh" content="1">');
    site.set((_request, response) => response.end('pages'));
    expect(String((await ask(port, '/')).body)).toBe('pages');
  });
});
