import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

export type CallParts = {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes as JSON with its content type, text as it is. */
  readonly body?: unknown;
  readonly sourceIp?: string;
  /** The body as bytes, in base64, as gateways hand over what is no text. */
  readonly bytes?: Uint8Array;
};

const jsonType = { 'Content-Type': 'application/json' };

const textOf = (body: unknown): string | undefined =>
  body === undefined || typeof body === 'string' ? body : JSON.stringify(body);

const handedOver = ({ body, bytes }: CallParts): string | undefined =>
  bytes === undefined ? textOf(body) : Buffer.from(bytes).toString('base64');

const headersOf = ({ body, bytes, headers }: CallParts): Record<string, string> => ({
  ...(body === undefined && bytes === undefined ? {} : jsonType),
  ...headers,
});

/** The path of a route with its parameters in. */
export const pathOf = (route: string, parameters: Readonly<Record<string, string>> = {}): string =>
  (route.split(' ')[1] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '');

/** An event of the HTTP API (payload 2.0), as the shop's gateway sends it. */
export const shopEvent = (route: string, parts: CallParts = {}): APIGatewayProxyEventV2 => {
  const { parameters, query = '', sourceIp = '203.0.113.7' } = parts;
  const body = handedOver(parts);
  return {
    version: '2.0',
    routeKey: route,
    rawPath: pathOf(route, parameters),
    rawQueryString: query,
    headers: headersOf(parts),
    ...(parameters === undefined ? {} : { pathParameters: parameters }),
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: parts.bytes !== undefined,
    requestContext: {
      accountId: '000000000000',
      apiId: 'shop',
      domainName: 'shop',
      domainPrefix: 'shop',
      http: {
        method: route.split(' ')[0] ?? '',
        path: pathOf(route, parameters),
        protocol: 'HTTP/1.1',
        sourceIp,
        userAgent: 'test',
      },
      requestId: 'request',
      routeKey: route,
      stage: '$default',
      time: '23/Nov/2025:10:00:00 +0000',
      timeEpoch: 0,
    },
  };
};

/** An event of the REST API, as the back office's gateway sends it: what our code reads of it. */
export const adminEvent = (route: string, parts: CallParts = {}): APIGatewayProxyEvent => {
  const { parameters, query = '', sourceIp = '127.0.0.1' } = parts;
  const [httpMethod = '', resource = ''] = route.split(' ');
  const names = [...new Set(new URLSearchParams(query).keys())];
  return {
    httpMethod,
    resource,
    path: pathOf(route, parameters),
    pathParameters: parameters ?? null,
    multiValueQueryStringParameters: Object.fromEntries(
      names.map((name) => [name, new URLSearchParams(query).getAll(name)]),
    ),
    headers: headersOf(parts),
    body: handedOver(parts) ?? null,
    isBase64Encoded: parts.bytes !== undefined,
    requestContext: { identity: { sourceIp } },
  } as unknown as APIGatewayProxyEvent;
};
