import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Topology } from '@penstock/platform/topology';
import { authorizationOf } from '#aws-call';
import { pictureHeaders } from '#edge/headers';
import { findFile, sendFile } from '#edge/static-site';
import type { Outcome } from '#functions/instance';
import { httpApiEvent, replyOfOutcome, restApiEvent } from '#gateways/events';
import { unknownRouteReply } from '#gateways/gateway-problem';
import {
  calledAs,
  gatewayReply,
  type HttpCall,
  type HttpReply,
  isReply,
  readCall,
  sendReply,
} from '#gateways/http-call';
import { matchRoute } from '#gateways/routing';
import { isThisMachine } from '#this-machine';

export type Invoke = (functionName: string, event: unknown) => Promise<Outcome>;

/** Serves what is left of a site when its own routes did not answer: the built files, or Vite's dev server. */
export type SiteFiles = (request: IncomingMessage, response: ServerResponse, path: string) => void;

/** Files of a built site, with headers on every answer. */
export const builtSite =
  (folder: string, headers: Readonly<Record<string, string>>): SiteFiles =>
  (request, response, path) => {
    const found = findFile(folder, path);
    if (found === undefined)
      return sendReply(response, {
        status: 404,
        headers: { ...headers, 'content-type': 'text/plain', 'cache-control': 'no-store' },
        body: 'Not found',
      });
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendReply(response, gatewayReply(405, 'Method Not Allowed'));
    sendFile(response, found, {
      headers,
      withBody: request.method === 'GET',
      accepted: String(request.headers['accept-encoding'] ?? ''),
    }).catch(() => response.destroy());
  };

export type ShopEdgeOptions = {
  readonly topology: Topology;
  readonly invoke: Invoke;
  readonly originSecret: string;
  readonly objectsUrl: string;
  readonly config: () => object;
  readonly files: SiteFiles;
  readonly developers: SiteFiles;
};

/**
 * The shop's one origin, as CloudFront makes it: the site, `/api/*` to the shop API with the origin secret and the
 * viewer's address (whatever the client sent of these is dropped), `/images/*` from the bucket's public prefix.
 */
export const makeShopEdge =
  (options: ShopEdgeOptions) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (!isThisMachine(request.headers.host))
      return sendReply(response, gatewayReply(403, 'The host is not this machine.'));
    if (path.startsWith('/api/') || path === '/api') {
      const call = await readCall(request);
      return sendReply(response, isReply(call) ? call : await callShopApi(options, call));
    }
    if (path.startsWith('/images/')) return sendPicture(response, options.objectsUrl, path, request.method === 'HEAD');
    if (path === '/config.json') return sendReply(response, jsonReply(options.config()));
    if (path === '/developers')
      return sendReply(response, { status: 301, headers: { location: '/developers/' }, body: '' });
    if (path.startsWith('/developers/'))
      return options.developers(request, response, path.slice('/developers'.length).replace(/^\/$/, '/index.html'));
    options.files(request, response, path);
  };

const callShopApi = async (
  { topology, invoke, originSecret }: ShopEdgeOptions,
  received: HttpCall,
): Promise<HttpReply> => {
  const call: HttpCall = {
    ...received,
    headers: { ...received.headers, 'x-origin-secret': originSecret, 'x-viewer-ip': received.sourceIp },
  };
  // A HEAD is answered like the GET, without its body.
  const method = call.method === 'HEAD' ? 'GET' : call.method;
  const match = matchRoute(topology.routes.shop, method, call.path);
  if (match.kind !== 'route') return unknownRouteReply(match, calledAs(call));
  const reply = replyOfOutcome(
    await invoke(match.route.function, httpApiEvent({ ...call, method }, match.route, match.parameters, Date.now())),
  );
  return call.method === 'HEAD' ? { ...reply, body: '' } : reply;
};

export type AdminApiOptions = {
  readonly topology: Topology;
  readonly invoke: Invoke;
  readonly allowedOrigins: readonly string[];
  readonly isStaff: (address: string) => boolean;
};

/** The admin API, as a regional REST API: preflights are answered by the gateway, and so is a foreign network. */
export const makeAdminApi =
  (options: AdminApiOptions) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isThisMachine(request.headers.host))
      return sendReply(response, gatewayReply(403, 'The host is not this machine.'));
    const received = await readCall(request);
    if (isReply(received)) return sendReply(response, received);
    const cors = corsHeaders(options.allowedOrigins, received.headers.origin);
    if (received.method === 'OPTIONS') return sendReply(response, { status: 204, headers: cors, body: '' });
    const match = matchRoute(options.topology.routes.admin, received.method, received.path);
    if (match.kind !== 'route') {
      if (!options.isStaff(received.sourceIp))
        return sendReply(response, gatewayReply(403, 'network-not-allowed'), cors);
      return sendReply(response, unknownRouteReply(match, calledAs(received)), cors);
    }
    const outcome = await options.invoke(
      match.route.function,
      restApiEvent(received, match.route, match.parameters, Date.now()),
    );
    sendReply(response, replyOfOutcome(outcome), cors);
  };

export type AdminSiteOptions = {
  readonly objectsUrl: string;
  readonly config: () => object;
  readonly files: SiteFiles;
  readonly isStaff: (address: string) => boolean;
};

/** The back office's site: its files, its configuration, the pictures. Open to the staff networks alone. */
export const makeAdminSite =
  (options: AdminSiteOptions) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (!isThisMachine(request.headers.host))
      return sendReply(response, gatewayReply(403, 'The host is not this machine.'));
    if (!options.isStaff((request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')))
      return sendReply(response, gatewayReply(403, 'network-not-allowed'));
    if (path.startsWith('/images/')) return sendPicture(response, options.objectsUrl, path, request.method === 'HEAD');
    if (path === '/config.json') return sendReply(response, jsonReply(options.config()));
    options.files(request, response, path);
  };

const sendPicture = async (
  response: ServerResponse,
  objectsUrl: string,
  path: string,
  isHead: boolean,
): Promise<void> => {
  const url = new URL(`${objectsUrl}/images/public/${path.slice('/images/'.length)}`);
  // A path may climb, in more than one spelling. What was uploaded and not yet checked lies beside the public prefix.
  const answer = url.pathname.startsWith('/images/public/')
    ? await fetch(url, {
        method: isHead ? 'HEAD' : 'GET',
        headers: { authorization: authorizationOf('operator') },
      }).catch(() => undefined)
    : new Response(undefined, { status: 404 });
  if (answer === undefined || !answer.ok) {
    await answer?.body?.cancel();
    return sendReply(response, {
      status: answer === undefined || answer.status >= 500 ? 503 : 404,
      headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' },
      body: 'Not found',
    });
  }
  sendReply(response, {
    status: 200,
    headers: { ...pictureHeaders, 'content-type': answer.headers.get('content-type') ?? 'application/octet-stream' },
    body: Buffer.from(await answer.arrayBuffer()),
  });
};

const corsHeaders = (allowed: readonly string[], origin: string | undefined): Readonly<Record<string, string>> => ({
  vary: 'Origin',
  ...(origin !== undefined && allowed.includes(origin)
    ? {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS',
        'access-control-allow-headers':
          'content-type, range, if-match, idempotency-key, x-staff-name, x-correlation-id',
        'access-control-expose-headers':
          'Content-Range, X-Total-Count, X-Total-Capped, X-Correlation-Id, X-Server-Time, ETag, Location, Retry-After',
        'access-control-max-age': '600',
      }
    : {}),
});

const jsonReply = (value: object): HttpReply => ({
  status: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});
