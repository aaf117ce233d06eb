import { describe, expect, it } from 'vitest';
import { httpApiEvent, replyOfOutcome, restApiEvent } from '#gateways/events';
import type { HttpCall } from '#gateways/http-call';
import type { Route } from '#gateways/routing';

const route: Route = { method: 'GET', path: '/api/products/{id}', function: 'shop-catalogue' };
const callOf = (more: Partial<HttpCall> = {}): HttpCall => ({
  method: 'GET',
  path: '/api/products/tea%201',
  query: '',
  headers: { host: '127.0.0.1:4100', 'user-agent': 'vitest' },
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
  ...more,
});
const nowMs = Date.UTC(2026, 0, 2);

describe('what a gateway makes of an outcome that is no answer', () => {
  it.each([
    ['Sandbox.Timedout', 504, 'Endpoint request timed out', undefined],
    ['TooManyRequestsException', 503, 'Service Unavailable', '1'],
    ['PartAway', 502, 'Internal server error', undefined],
  ])('%s: %i', (errorType, status, message, retryAfter) => {
    const reply = replyOfOutcome({ ok: false, error: { errorType, errorMessage: '' } });
    expect([reply.status, JSON.parse(String(reply.body)), reply.headers['retry-after']]).toEqual([
      status,
      { message },
      retryAfter,
    ]);
  });
});

describe('an event of the shop API (payload version 2.0)', () => {
  it('carries the call as API Gateway tells it', () => {
    expect(httpApiEvent(callOf(), route, { id: 'tea 1' }, nowMs)).toEqual({
      version: '2.0',
      routeKey: 'GET /api/products/{id}',
      rawPath: '/api/products/tea%201',
      rawQueryString: '',
      headers: { host: '127.0.0.1:4100', 'user-agent': 'vitest' },
      pathParameters: { id: 'tea 1' },
      requestContext: expect.objectContaining({
        http: {
          method: 'GET',
          path: '/api/products/tea%201',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'vitest',
        },
        requestId: expect.stringMatching(/^[\da-f-]{36}$/),
        routeKey: 'GET /api/products/{id}',
        stage: '$default',
        time: '2026-01-02T00:00:00.000Z',
        timeEpoch: nowMs,
      }),
      isBase64Encoded: false,
    });
  });

  it('joins repeated parameters by commas and decodes them', () => {
    expect(httpApiEvent(callOf({ query: 'category=a&category=b%20c&q=' }), route, {}, nowMs)).toMatchObject({
      rawQueryString: 'category=a&category=b%20c&q=',
      queryStringParameters: { category: 'a,b c', q: '' },
    });
  });

  it('hands cookies over apart, and has no parameters where there are none', () => {
    const event = httpApiEvent(callOf({ headers: { cookie: 'a=1; b=2' } }), route, {}, nowMs);
    expect(event).toMatchObject({ cookies: ['a=1', 'b=2'], headers: {} });
    expect(Object.keys(event)).not.toContain('queryStringParameters');
    expect(Object.keys(event)).not.toContain('pathParameters');
  });
});

describe('an event of the admin API (version 1.0)', () => {
  it('carries every value of a parameter, and the last one apart', () => {
    expect(restApiEvent(callOf({ query: 'id=1&id=2&sort=%5B%22name%22%5D' }), route, { id: 'x' }, nowMs)).toMatchObject(
      {
        version: '1.0',
        resource: '/api/products/{id}',
        path: '/api/products/tea%201',
        httpMethod: 'GET',
        queryStringParameters: { id: '2', sort: '["name"]' },
        multiValueQueryStringParameters: { id: ['1', '2'], sort: ['["name"]'] },
        multiValueHeaders: { host: ['127.0.0.1:4100'] },
        pathParameters: { id: 'x' },
        requestContext: { identity: { sourceIp: '127.0.0.1', userAgent: 'vitest' }, requestTimeEpoch: nowMs },
      },
    );
  });

  it('says null where there is nothing', () => {
    expect(restApiEvent(callOf(), route, {}, nowMs)).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      body: null,
      isBase64Encoded: false,
    });
  });
});

describe('the body of an event', () => {
  const binary = Buffer.from([0xff, 0xd8, 0x00, 0xc3]);
  it.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['application/problem+json', false],
    ['text/plain', false],
    ['application/x-www-form-urlencoded', false],
    ['image/webp', true],
    ['application/octet-stream', true],
    ['multipart/form-data; boundary=x', true],
  ])('of type %s is base64: %s, in both versions', (type, isBase64Encoded) => {
    const call = callOf({ headers: { 'content-type': type }, body: Buffer.from('{"a":"é"}') });
    const body = isBase64Encoded ? Buffer.from('{"a":"é"}').toString('base64') : '{"a":"é"}';
    expect(httpApiEvent(call, route, {}, nowMs)).toMatchObject({ body, isBase64Encoded });
    expect(restApiEvent(call, route, {}, nowMs)).toMatchObject({ body, isBase64Encoded });
  });

  it('loses no byte when it is binary', () => {
    const call = callOf({ headers: { 'content-type': 'image/webp' }, body: binary });
    const { body } = httpApiEvent(call, route, {}, nowMs) as { body: string };
    expect(Buffer.from(body, 'base64')).toEqual(binary);
  });
});

describe("the reply of a function's answer", () => {
  const replyOf = (value: unknown) => replyOfOutcome({ ok: true, value });

  it('is the answer, with header names in lower case and cookies as headers', () => {
    expect(
      replyOf({
        statusCode: 202,
        headers: { 'Retry-After': 1, Location: '/api/orders/x' },
        multiValueHeaders: { Vary: ['Origin', 'Accept'] },
        cookies: ['a=1', 'b=2'],
        body: 'é',
      }),
    ).toEqual({
      status: 202,
      headers: {
        'retry-after': '1',
        location: '/api/orders/x',
        vary: ['Origin', 'Accept'],
        'set-cookie': ['a=1', 'b=2'],
      },
      body: Buffer.from('é'),
    });
  });

  it('decodes a binary body', () => {
    expect(replyOf({ statusCode: 200, body: '/9g=', isBase64Encoded: true }).body).toEqual(Buffer.from([0xff, 0xd8]));
  });

  it.each([null, undefined, 'text', 7, {}, { statusCode: '200' }, []])("is the gateway's own 502 for %j", (value) => {
    expect(replyOf(value)).toMatchObject({ status: 502, body: '{"message":"Internal server error"}' });
  });

  it.each([
    ['Sandbox.Timedout', 504, 'Endpoint request timed out'],
    ['Runtime.ExitError', 502, 'Internal server error'],
    ['PartAway', 502, 'Internal server error'],
    ['TypeError', 502, 'Internal server error'],
  ])('of a function that failed with %s is %i without any detail', (errorType, status, message) => {
    const reply = replyOfOutcome({ ok: false, error: { errorType, errorMessage: 'secret detail' } });
    expect(reply).toMatchObject({ status, body: JSON.stringify({ message }) });
  });
});
