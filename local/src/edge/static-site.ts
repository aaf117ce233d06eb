import { createReadStream, existsSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { own } from '@penstock/domain/own';
import { chooseEncoding, compressFile } from '#edge/compression';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.yaml': 'text/yaml; charset=utf-8',
};

export type Found = { readonly file: string; readonly type: string; readonly cache: string };

/**
 * The file that a path of a site means, as the CloudFront function decides: a path without an extension is a page and gets
 * index.html, so that deep links work; a missing asset stays missing, so that a page is never taken for a script.
 */
export const findFile = (folder: string, path: string): Found | undefined => {
  const decoded = decode(path);
  if (decoded === undefined) return undefined;
  const isPage = extname(decoded) === '';
  const file = join(folder, isPage ? 'index.html' : normalize(decoded));
  if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep) || !existsSync(file) || !statSync(file).isFile())
    return undefined;
  // Hashed names never change their content; everything else is asked again.
  const cache = /\/assets\/[^/]+-[\w-]{8,}\.\w+$/.test(decoded) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return { file, type: own(types, extname(file)) ?? 'application/octet-stream', cache };
};

type SendOptions = {
  readonly headers: Readonly<Record<string, string>>;
  readonly withBody: boolean;
  /** The client's Accept-Encoding. */
  readonly accepted: string | undefined;
};

/** Sends a file, compressed where the distribution compresses. */
export const sendFile = async (
  response: ServerResponse,
  found: Found,
  { headers, withBody, accepted }: SendOptions,
): Promise<void> => {
  const { size } = statSync(found.file);
  const encoding = chooseEncoding(accepted, found.type, size);
  const bytes = encoding === undefined ? undefined : await compressFile(found.file, encoding);
  response.writeHead(200, {
    ...headers,
    'content-type': found.type,
    'cache-control': found.cache,
    vary: 'Accept-Encoding',
    'content-length': String(bytes?.length ?? size),
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  });
  if (!withBody || bytes !== undefined) {
    response.end(withBody ? bytes : undefined);
    return;
  }
  createReadStream(found.file)
    .on('error', () => response.destroy())
    .pipe(response);
};

const decode = (path: string): string | undefined => {
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes('\0') ? undefined : decoded;
  } catch {
    return undefined;
  }
};
