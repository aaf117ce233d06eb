/** What of a release goes to a site's bucket, under which headers, and what may go from there. Pure. */
import { extname } from 'node:path';
import type { App } from './plan.ts';

export type SiteFile = {
  /** Path in the site's folder and key in its bucket. */
  readonly key: string;
  readonly contentType: string;
  readonly cacheControl: string;
};

/** A file's name changes with its content, so a browser may keep it for ever. */
const immutable = 'public, max-age=31536000, immutable';
/** A browser asks each time; the distribution is told by an invalidation. */
export const revalidated = 'no-cache';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** A file's type and how long it may be kept; a type that is not known is a fault of the build, so it throws. */
const siteFileOf = (key: string): SiteFile => {
  const contentType = types[extname(key)];
  if (contentType === undefined)
    throw new TypeError(`${key}: no content type is known for it (scripts/deploy/sites.ts).`);
  return { key, contentType, cacheControl: isHashed(key) ? immutable : revalidated };
};

/** The build puts all that carries its digest in its name below assets/. */
const isHashed = (key: string): boolean => key.startsWith('assets/');

/** Keys of a site in a release's manifest, without the site's folder. */
export const keysOf = (app: App, manifest: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(manifest)
    .filter((path) => path.startsWith(`${app}/`))
    .map((path) => path.slice(app.length + 1))
    .sort();

/** The three heaps of a site in the order in which they go up: what index.html names must be there before it. */
export const heapsOf = (
  keys: readonly string[],
): {
  readonly assets: readonly SiteFile[];
  readonly pages: readonly SiteFile[];
  readonly index: readonly SiteFile[];
} => {
  const files = keys.map(siteFileOf);
  return {
    assets: files.filter(({ key }) => isHashed(key)),
    pages: files.filter(({ key }) => !isHashed(key) && key !== 'index.html'),
    index: files.filter(({ key }) => key === 'index.html'),
  };
};

/** Assets in the bucket that neither this release nor the one before it names: an open tab may still ask for those. */
export const outdated = (stored: readonly string[], kept: readonly (readonly string[])[]): readonly string[] => {
  const wanted = new Set(kept.flat());
  return stored.filter((key) => isHashed(key) && !wanted.has(key)).sort();
};

export type Addresses = {
  readonly shop: string;
  readonly admin: string;
  readonly admin_api: string;
  readonly socket: string;
  readonly shop_bucket: string;
  readonly admin_bucket: string;
  readonly images_bucket: string;
  readonly distributions: { readonly shop: string; readonly admin: string };
};

/** What a site reads of its environment, so that the same bytes are promoted (storefront and admin: their config modules). */
export const configOf = (app: App, addresses: Addresses, currency: string): object =>
  app === 'storefront'
    ? { socketUrl: addresses.socket }
    : { apiUrl: addresses.admin_api, socketUrl: addresses.socket, shopUrl: addresses.shop, currency };
