import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { repeatedKey } from '#http/repeated-key';
import { documentedCalls } from '#openapi/document';
import { makeAdminRoom } from '#testing/admin-room';
import type { CallParts } from '#testing/events';
import { basketId, key, makeShopRoom } from '#testing/shop-room';

const parameters = { id: basketId, productId: 'assam-second-flush' };
const shop = (route: string, parts: CallParts) =>
  makeShopRoom().call(route, { parameters, ...parts, headers: { 'Idempotency-Key': key, ...parts.headers } });
const admin = (route: string, parts: CallParts) => makeAdminRoom().call(route, { parameters, ...parts });

const withBody = (api: 'shop' | 'admin') =>
  Object.entries(documentedCalls[api]).flatMap(([route, { body }]) => (body === undefined ? [] : [route]));
const routes = [
  ...withBody('shop').map((route) => [route, shop] as const),
  ...withBody('admin').map((route) => [route, admin] as const),
];

const json = (type: string) => ({ 'Content-Type': type });
const packed = (coding: string): CallParts => ({ bytes: gzipSync('{}'), headers: { 'Content-Encoding': coding } });

describe.each(routes)('a body of %s', (route, call) => {
  it.each<[string, CallParts, number, string, RegExp]>([
    ['gzip', packed('gzip'), 415, 'media-type-unsupported', /Content-Encoding gzip/],
    ['br', packed('br'), 415, 'media-type-unsupported', /Content-Encoding br/],
    ['deflate', packed('deflate'), 415, 'media-type-unsupported', /Content-Encoding deflate/],
    ['two codings', packed('gzip, identity'), 415, 'media-type-unsupported', /Content-Encoding/],
    [
      'UTF-16',
      { body: '{}', headers: json('application/json; charset=utf-16') },
      415,
      'media-type-unsupported',
      /utf-16/,
    ],
    [
      'Latin 1',
      { body: '{}', headers: json('application/json;charset="iso-8859-1"') },
      415,
      'media-type-unsupported',
      /iso-8859-1/,
    ],
    ['a form', { body: 'a=1', headers: json('application/x-www-form-urlencoded') }, 415, 'media-type-unsupported', /./],
    ['like JSON', { body: '{}', headers: json('application/jsonx') }, 415, 'media-type-unsupported', /./],
    ['no UTF-8', { bytes: Buffer.from('{"name":"\xe9"}', 'latin1') }, 400, 'malformed-json', /not UTF-8/],
    [
      'half a surrogate in bytes',
      { bytes: Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]) },
      400,
      'malformed-json',
      /not UTF-8/,
    ],
    ['nothing', { body: '' }, 400, 'malformed-json', /empty/],
    ['blanks', { body: ' \n' }, 400, 'malformed-json', /empty/],
    ['no JSON', { body: '{"a":' }, 400, 'malformed-json', /not JSON/],
    ['a member twice', { body: '{"reason":"a","reason":"b"}' }, 400, 'malformed-json', /"reason" stands twice/],
    ['over 64 KiB', { body: `{"a":"${'x'.repeat(65_536)}"}` }, 413, 'body-too-large', /./],
  ])('that is %s is refused by name', async (_what, parts, status, code, detail) => {
    const answer = await call(route, parts);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.detail).toMatch(detail);
    if (status === 415 && parts.headers !== undefined && 'Content-Encoding' in parts.headers)
      expect(answer.headers['accept-encoding']).toBe('identity');
  });

  it('in UTF-8 by any of its names comes through to the schema', async () => {
    for (const type of ['application/json', 'application/json; charset=UTF-8', 'application/json;charset=utf8'])
      expect((await call(route, { body: '[]', headers: json(type) })).status).toBe(422);
    expect((await call(route, { body: '[]', headers: { 'Content-Encoding': 'identity' } })).status).toBe(422);
  });
});

describe('every answer', () => {
  it('forbids guessing what it is, of both APIs, problems too', async () => {
    const answers = [
      await shop('GET /api/products', {}),
      await shop('GET /api/orders/{id}', {}),
      await admin('GET /orders', {}),
      await admin('PUT /products/{id}', { body: '' }),
    ];
    for (const { headers } of answers) expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('repeatedKey', () => {
  it.each<[string, string | undefined]>([
    ['{"a":1,"a":2}', '"a"'],
    ['{"a":{"b":1,"b":2}}', '"b"'],
    ['[{"a":1},{"a":1}]', undefined],
    ['{"a":{"a":1}}', undefined],
    ['{"a":"b","b":"a"}', undefined],
    ['{"a":["a","a"]}', undefined],
    [String.raw`{"a":1,"\u0061":2}`, String.raw`"\u0061"`],
    [String.raw`{"a\"":1,"a\\":2}`, undefined],
    [String.raw`{"a":"{\"a\":1,","b":1}`, undefined],
    ['{"__proto__":1,"__proto__":2}', '"__proto__"'],
    ['"text"', undefined],
    [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, undefined],
  ])('of %s', (text, expected) => expect(repeatedKey(text)).toBe(expected));
});
