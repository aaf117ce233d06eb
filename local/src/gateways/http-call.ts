import type { IncomingMessage, ServerResponse } from 'node:http';
import { gatewayProblem } from '#gateways/gateway-problem';
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
  const called = { path, correlationId: oneOf(request.headers['x-correlation-id']) };
  if (headerBytes > headerBytesMax) return headersTooLarge(called);
  const body = await readBody(request, bodyBytesMax);
  if (body === undefined)
    return gatewayProblem('body-too-large', called, `A body has at most ${bodyBytesMax} bytes here. Send less.`);
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

/** What a problem tells of the call that it answers. */
export const calledAs = ({ path, headers }: Pick<HttpCall, 'path' | 'headers'>) => ({
  path,
  correlationId: headers['x-correlation-id'],
});

export const headersTooLarge = (called: Parameters<typeof gatewayProblem>[1]): HttpReply =>
  gatewayProblem(
    'headers-too-large',
    called,
    `Address and headers together have at most ${headerBytesMax} bytes. Send a shorter address, or fewer headers.`,
  );

const oneOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];

export const isReply = (value: HttpCall | HttpReply): value is HttpReply => 'status' in value;

/** What a gateway says by itself: its own shape, without problem+json (contract, section 3). */
export const gatewayReply = (status: number, message: string): HttpReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

/** What is said here is what its type says, whatever it looks like. */
const nosniff = { 'x-content-type-options': 'nosniff' };

export const sendReply = (
  response: ServerResponse,
  reply: HttpReply,
  more: Readonly<Record<string, string>> = {},
): void => {
  if (response.headersSent || response.destroyed) return;
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  const headers = new Map<string, string | string[]>();
  for (const [name, value] of Object.entries({ ...nosniff, ...more, ...reply.headers }))
    headers.set(name.toLowerCase(), typeof value === 'string' ? value : [...value]);
  headers.set('content-length', String(body.length));
  response.writeHead(reply.status, Object.fromEntries(headers));
  response.end(body);
};

const plainAddress = (address: string): string => address.replace(/^::ffff:/, '');

const splitOnce = (text: string, at: string): readonly [string, string] => {
  const index = text.indexOf(at);
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
};
