import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '#this-machine';

/** One HTTP call as a gateway has read it. */
export type HttpCall = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Lower-case names; repeated headers are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The address of the peer. Headers that claim another one are not believed. */
  readonly sourceIp: string;
};

export type HttpReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | string;
};

/** API Gateway takes 10,240 bytes of request line and headers. */
const headerBytesMax = 10_240;
/** API Gateway takes 10 MB; the functions refuse what is over their own limit. */
const bodyBytesMax = 10 * 1024 * 1024;

/** Reads a call; a gateway's own refusal when it is too large. */
export const readCall = async (request: IncomingMessage): Promise<HttpCall | HttpReply> => {
  const [path = '/', query = ''] = splitOnce(request.url ?? '/', '?');
  const headerBytes = (request.url ?? '').length + request.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  if (headerBytes > headerBytesMax) return gatewayReply(431, 'Request Header Fields Too Large');
  const body = await readBody(request, bodyBytesMax);
  if (body === undefined) return gatewayReply(413, 'Request Too Long');
  return {
    method: request.method ?? 'GET',
    path,
    query,
    headers: Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value]],
      ),
    ),
    body,
    sourceIp: plainAddress(request.socket.remoteAddress ?? ''),
  };
};

export const isReply = (value: HttpCall | HttpReply): value is HttpReply => 'status' in value;

/** What a gateway says by itself: its own shape, without problem+json (contract, section 3). */
export const gatewayReply = (status: number, message: string): HttpReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

export const sendReply = (
  response: ServerResponse,
  reply: HttpReply,
  more: Readonly<Record<string, string>> = {},
): void => {
  if (response.headersSent || response.destroyed) return;
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries({ ...more, ...reply.headers }))
    headers[name.toLowerCase()] = typeof value === 'string' ? value : [...value];
  headers['content-length'] = String(body.length);
  response.writeHead(reply.status, headers);
  response.end(body);
};

const plainAddress = (address: string): string => address.replace(/^::ffff:/, '');

const splitOnce = (text: string, at: string): readonly [string, string] => {
  const index = text.indexOf(at);
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
};
