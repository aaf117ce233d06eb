import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFile } from '#edge/static-site';

let root = '';
let site = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'penstock-site-'));
  site = join(root, 'dist');
  mkdirSync(join(site, 'assets'), { recursive: true });
  mkdirSync(join(root, 'dist-secret'));
  for (const name of [
    'index.html',
    'assets/index-B1x_9-aZ.js',
    'assets/plain.css',
    'a b.txt',
    'robots.txt',
    'data.bin',
  ])
    writeFileSync(join(site, name), name);
  writeFileSync(join(root, 'secret.txt'), 'secret');
  writeFileSync(join(root, 'dist-secret', 'key.txt'), 'secret');
});
afterAll(() => rmSync(root, { recursive: true }));

describe('the file of a path', () => {
  it.each(['/', '/products/tea-1', '/basket', '/assets', '/deep/er/'])('%s is a page: index.html', (path) => {
    expect(findFile(site, path)).toEqual({
      file: join(site, 'index.html'),
      type: 'text/html; charset=utf-8',
      cache: 'no-cache',
    });
  });

  it.each(['/assets/gone-12345678.js', '/favicon.ico', '/products/tea.webp', '/index.htm'])(
    '%s is missing, never a page',
    (path) => {
      expect(findFile(site, path)).toBeUndefined();
    },
  );

  it('with a hash in its name is kept for a year; others are asked again', () => {
    expect(findFile(site, '/assets/index-B1x_9-aZ.js')).toMatchObject({
      type: 'text/javascript; charset=utf-8',
      cache: 'public, max-age=31536000, immutable',
    });
    expect(findFile(site, '/assets/plain.css')?.cache).toBe('no-cache');
    expect(findFile(site, '/index.html')?.cache).toBe('no-cache');
  });

  it('is found by its decoded name, of its type', () => {
    expect(findFile(site, '/a%20b.txt')?.file).toBe(join(site, 'a b.txt'));
    expect(findFile(site, '/data.bin')?.type).toBe('application/octet-stream');
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fdist-secret/key.txt',
    '../secret.txt',
    '../dist-secret/key.txt',
    '/robots.txt%00.js',
    '/%E0%A4%A.txt',
    '/..%5csecret.txt',
  ])('never leaves the site: %s', (path) => {
    expect(findFile(site, path)).toBeUndefined();
  });
});
