import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

/** One HTTP call in our words, whichever gateway brought it. */
export type ApiCall = {
  readonly method: string;
  /** The route as the topology declares it, such as `GET /api/products/{id}`. */
  readonly route: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyText: string;
  /** The bytes were no UTF-8: `bodyText` holds U+FFFD in their place. */
  readonly isBodyBroken: boolean;
  /** The peer of the gateway. Headers that claim another address are not read. */
  readonly sourceIp: string;
};

export type ApiAnswer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the log may say of it. */
  readonly log?: { readonly orderId?: string; readonly basketHash?: string; readonly productId?: string };
};

/** HTTP API, payload version 2.0: the shop. */
export const callOfHttpApi = (event: APIGatewayProxyEventV2): ApiCall => ({
  method: event.requestContext.http.method,
  route: event.routeKey,
  path: event.rawPath,
  parameters: definedOf(event.pathParameters),
  query: new URLSearchParams(event.rawQueryString),
  headers: lowerCase(definedOf(event.headers)),
  ...bodyOf(event.body, event.isBase64Encoded),
  sourceIp: event.requestContext.http.sourceIp,
});

/** REST API, proxy event: the back office. */
export const callOfRestApi = (event: APIGatewayProxyEvent): ApiCall => {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(event.multiValueQueryStringParameters ?? {}))
    for (const value of values ?? []) query.append(name, value);
  return {
    method: event.httpMethod,
    route: `${event.httpMethod} ${event.resource}`,
    path: event.path,
    parameters: definedOf(event.pathParameters),
    query,
    headers: lowerCase(definedOf(event.headers)),
    ...bodyOf(event.body, event.isBase64Encoded),
    sourceIp: event.requestContext.identity.sourceIp,
  };
};

const definedOf = (
  record: Readonly<Record<string, string | undefined>> | null | undefined,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(record ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );

const lowerCase = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Gateways hand over text, or bytes in base64. What they cannot read as text they hand over as bytes. */
const bodyOf = (
  body: string | null | undefined,
  isBase64: boolean,
): { readonly bodyText: string; readonly isBodyBroken: boolean } => {
  if (body === undefined || body === null) return { bodyText: '', isBodyBroken: false };
  if (!isBase64) return { bodyText: body, isBodyBroken: false };
  const bytes = Buffer.from(body, 'base64');
  return { bodyText: bytes.toString('utf8'), isBodyBroken: !isUtf8(bytes) };
};
