import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { Outcome } from '#functions/instance';
import { gatewayReply, type HttpCall, type HttpReply } from '#gateways/http-call';
import type { Route } from '#gateways/routing';

type Parameters = Readonly<Record<string, string>>;

/** API Gateway HTTP API, payload version 2.0. */
export const httpApiEvent = (call: HttpCall, route: Route, parameters: Parameters, nowMs: number): object => {
  const query = new URLSearchParams(call.query);
  const { cookie, ...headers } = call.headers;
  return {
    version: '2.0',
    routeKey: `${route.method} ${route.path}`,
    rawPath: call.path,
    rawQueryString: call.query,
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers,
    ...(call.query === '' ? {} : { queryStringParameters: joined(query) }),
    ...(Object.keys(parameters).length === 0 ? {} : { pathParameters: parameters }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'shop',
      domainName: call.headers.host ?? '',
      domainPrefix: 'shop',
      http: {
        method: call.method,
        path: call.path,
        protocol: 'HTTP/1.1',
        sourceIp: call.sourceIp,
        userAgent: call.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: `${route.method} ${route.path}`,
      stage: '$default',
      time: new Date(nowMs).toISOString(),
      timeEpoch: nowMs,
    },
    isBase64Encoded: false,
    ...bodyOf(call),
  };
};

/** API Gateway REST API, proxy event version 1.0. */
export const restApiEvent = (call: HttpCall, route: Route, parameters: Parameters, nowMs: number): object => {
  const query = new URLSearchParams(call.query);
  const names = [...new Set(query.keys())];
  return {
    version: '1.0',
    resource: route.path,
    path: call.path,
    httpMethod: call.method,
    headers: call.headers,
    multiValueHeaders: Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, [value]])),
    queryStringParameters:
      names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, query.getAll(name).at(-1) ?? ''])),
    multiValueQueryStringParameters:
      names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, query.getAll(name)])),
    pathParameters: Object.keys(parameters).length === 0 ? null : parameters,
    stageVariables: null,
    requestContext: {
      accountId: '000000000000',
      apiId: 'admin',
      httpMethod: call.method,
      identity: { sourceIp: call.sourceIp, userAgent: call.headers['user-agent'] ?? '' },
      path: call.path,
      protocol: 'HTTP/1.1',
      requestId: randomUUID(),
      requestTimeEpoch: nowMs,
      resourceId: route.path,
      resourcePath: route.path,
      stage: 'live',
    },
    body: null,
    isBase64Encoded: false,
    ...bodyOf(call),
  };
};

/** The reply that a proxy answer of a function means; a gateway's own 502 when the function failed or answered nonsense. */
export const replyOfOutcome = (outcome: Outcome): HttpReply => {
  if (!outcome.ok) return replyOfError(outcome.error.errorType);
  const answer = outcome.value as {
    statusCode?: unknown;
    headers?: Record<string, string | number | boolean>;
    multiValueHeaders?: Record<string, (string | number | boolean)[]>;
    cookies?: string[];
    body?: string;
    isBase64Encoded?: boolean;
  } | null;
  if (answer === null || typeof answer !== 'object' || typeof answer.statusCode !== 'number')
    return gatewayReply(502, 'Internal server error');
  const headers = new Map<string, string | string[]>();
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name.toLowerCase(), String(value));
  for (const [name, values] of Object.entries(answer.multiValueHeaders ?? {}))
    headers.set(name.toLowerCase(), values.map(String));
  if (answer.cookies !== undefined) headers.set('set-cookie', answer.cookies);
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(headers),
    body: Buffer.from(answer.body ?? '', answer.isBase64Encoded === true ? 'base64' : 'utf8'),
  };
};

const replyOfError = (errorType: string): HttpReply => {
  if (errorType === 'Sandbox.Timedout') return gatewayReply(504, 'Endpoint request timed out');
  // What Lambda says when all instances that a function may have are taken.
  if (errorType === 'TooManyRequestsException') {
    const reply = gatewayReply(503, 'Service Unavailable');
    return { ...reply, headers: { ...reply.headers, 'retry-after': '1' } };
  }
  return gatewayReply(502, 'Internal server error');
};

/** Repeated parameters are joined by commas, as payload version 2.0 does. */
const joined = (query: URLSearchParams): Parameters =>
  Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name).join(',')]));

const bodyOf = ({ body, headers }: HttpCall): object => {
  if (body.length === 0) return {};
  // Bytes that are no UTF-8 would not survive as text, so the function gets them as they came and can say so.
  const hasTextType = /^(text\/|application\/(json|[a-z.+-]*\+json|x-www-form-urlencoded|javascript|xml))/.test(
    headers['content-type'] ?? 'text/plain',
  );
  const isText = hasTextType && isUtf8(body);
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
};
