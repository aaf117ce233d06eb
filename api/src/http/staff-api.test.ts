import { offerOf } from '@penstock/platform/testing/drain-rows';
import { describe, expect, it } from 'vitest';
import { adminOrigin, makeAdminRoom } from '#testing/admin-room';

const id = 'assam-second-flush';
const call = (route: string, parts: Parameters<ReturnType<typeof makeAdminRoom>['call']>[1] = {}) => {
  const room = makeAdminRoom();
  room.putOffer(offerOf());
  return room.call(route, { parameters: { id }, ...parts });
};
const edit = (parts: Parameters<typeof call>[1]) => call('PUT /products/{id}', { body: { version: 1 }, ...parts });

describe('the staff network', () => {
  it.each([
    ['127.0.0.1', 200],
    ['10.20.255.1', 200],
    ['10.21.0.1', 403],
    ['203.0.113.7', 403],
    ['', 403],
    ['nonsense', 403],
  ])('an address %s reads: %i', async (sourceIp, status) => {
    const answer = await call('GET /products/{id}', { sourceIp });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body).toMatchObject({ code: 'network-not-allowed' });
  });

  it('is the address that the gateway saw: headers that claim another are not read', async () => {
    const claims = { 'X-Forwarded-For': '127.0.0.1', 'X-Viewer-Ip': '127.0.0.1', Forwarded: 'for=127.0.0.1' };
    expect((await call('GET /products/{id}', { sourceIp: '203.0.113.7', headers: claims })).status).toBe(403);
  });

  it('comes before everything else: a stranger learns nothing of the body or the record', async () => {
    const answer = await edit({ sourceIp: '203.0.113.7', body: 'not json', parameters: { id: 'no-such-thing' } });
    expect(answer.body.code).toBe('network-not-allowed');
  });
});

describe('the origin of a write', () => {
  it.each([
    ["the back office's", { Origin: adminOrigin }, 200],
    ["none: a tool's", {}, 200],
    ['a foreign page', { Origin: 'https://example.com' }, 403],
    ['a sandboxed page', { Origin: 'null' }, 403],
    ['an empty one', { Origin: '' }, 403],
    ['the same host at another port', { Origin: 'http://127.0.0.1:4100' }, 403],
    ['one that begins like ours', { Origin: `${adminOrigin}.example.com` }, 403],
  ])('%s', async (_title, headers, status) => {
    const answer = await edit({ headers });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.code).toBe('origin-not-allowed');
  });

  it('is told to the browser for our own origin alone, on problems too', async () => {
    const ours = await call('GET /products/{id}', {
      headers: { Origin: adminOrigin },
      parameters: { id: 'gone-away' },
    });
    expect(ours.status).toBe(404);
    expect(ours.headers).toMatchObject({ vary: 'Origin', 'access-control-allow-origin': adminOrigin });
    const foreign = await call('GET /products/{id}', { headers: { Origin: 'https://example.com' } });
    expect(foreign.headers).toHaveProperty('vary', 'Origin');
    expect(foreign.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('a write of staff', () => {
  it.each([
    ['no name', { 'X-Staff-Name': '' }],
    ['a blank name', { 'X-Staff-Name': '   ' }],
    ['a percent-encoded blank', { 'X-Staff-Name': '%20' }],
    ['a name of 81 characters', { 'X-Staff-Name': 'a'.repeat(81) }],
  ])('needs a name: %s', async (_title, headers) => {
    expect(await edit({ headers })).toMatchObject({ status: 400, body: { code: 'staff-name-missing' } });
  });

  it('takes a percent-encoded name, and one that only looks encoded as it is', async () => {
    const nameOf = async (name: string) => {
      const room = makeAdminRoom();
      room.putOffer(offerOf());
      const body = { version: 1, stockChange: { delta: 1, reason: 'delivery' } };
      await room.call('PUT /products/{id}', { parameters: { id }, body, headers: { 'X-Staff-Name': name } });
      return room.tables.ledger[0]?.staffName;
    };
    expect(await nameOf('Zo%C3%AB')).toBe('Zoë');
    expect(await nameOf('100%')).toBe('100%');
  });

  it('comes as JSON, so that no form of a foreign page can make one', async () => {
    for (const type of ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded', ''])
      expect(await edit({ headers: { 'Content-Type': type } })).toMatchObject({
        status: 415,
        body: { code: 'media-type-unsupported' },
      });
    expect((await edit({ headers: { 'Content-Type': 'application/json; charset=utf-8' } })).status).toBe(200);
  });

  it.each([
    ['no JSON', '{"version":', 400],
    ['a list', '[]', 422],
    ['null', 'null', 422],
    ['a number', '7', 422],
    ['over 64 KiB', JSON.stringify({ version: 1, description: 'x'.repeat(65_536) }), 413],
    ['no version', { name: 'Assam' }, 422],
    ['an unknown field', { version: 1, colour: 'red' }, 422],
    ['a prototype', '{"version":1,"__proto__":{"archived":true}}', 422],
    [
      'a stock change of both kinds',
      { version: 1, stockChange: { delta: 1, seen: 1, wanted: 2, reason: 'why not' } },
      422,
    ],
    ['a price of pounds and pence', { version: 1, price: { amountMinor: 12.5, currency: 'GBP' } }, 422],
    ['a price in another currency', { version: 1, price: { amountMinor: 12, currency: 'USD' } }, 422],
  ])('with a body that is %s is a problem with its remedy', async (_title, body, status) => {
    const answer = await edit({ body });
    expect(answer.status).toBe(status);
    if (status === 422) expect(answer.body.violations[0].remedy).not.toBe('');
    expect(answer.body.detail).not.toBe('');
  });

  it('with a key that cannot be one is refused', async () => {
    for (const key of ['', 'with space', 'k'.repeat(129), 'schlüssel'])
      expect((await edit({ headers: { 'Idempotency-Key': key } })).body.code).toBe('idempotency-key-invalid');
  });
});

describe('the switch of the back office', () => {
  const switches = { adminReadOnly: true };

  it('refuses writes with admin-read-only and Retry-After, and changes nothing', async () => {
    const room = makeAdminRoom({ switches });
    room.putOffer(offerOf());
    const answer = await room.call('PUT /products/{id}', { parameters: { id }, body: { version: 1 } });
    expect(answer).toMatchObject({ status: 503, body: { code: 'admin-read-only' } });
    expect(answer.headers['retry-after']).toBe('30');
    expect(room.tables.offers.get(id)).toEqual(offerOf());
  });

  it('lets everybody look', async () => {
    const room = makeAdminRoom({ switches });
    room.putOffer(offerOf());
    expect((await room.call('GET /products/{id}', { parameters: { id } })).status).toBe(200);
  });
});
