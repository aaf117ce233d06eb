import type { IncomingMessage } from 'node:http';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Whether the Host header names this machine: a page that rebinds its own name to 127.0.0.1 still sends that name. */
export const isThisMachine = (host: string | readonly string[] | undefined): boolean =>
  typeof host === 'string' && /^(127\.0\.0\.\d{1,3}|localhost|\[::1\])(:\d+)?$/.test(host);

/**
 * Whether a call of a control door comes from a tool or a part of the cloud: it carries the header that a page cannot add
 * across origins without asking first, no Origin, and names this machine.
 */
export const isControlCaller = (headers: Headers): boolean =>
  headers['x-penstock-control'] === '1' && headers.origin === undefined && isThisMachine(headers.host);

/** Whether a call of an AWS service comes from no page. Whose it is, its signature says. */
export const isNoPage = (headers: Headers): boolean => headers.origin === undefined && isThisMachine(headers.host);

/** The whole body of a call; undefined when it is longer than `bytesMax`, of which no more is kept. */
export const readBody = async (request: IncomingMessage, bytesMax: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= bytesMax) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes > bytesMax ? undefined : Buffer.concat(chunks);
};
