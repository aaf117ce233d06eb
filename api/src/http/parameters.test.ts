import { describe, expect, it } from 'vitest';
import { parametersByRoute } from '#http/parameters';
import { documentedCalls } from '#openapi/document';
import { makeAdminRoom } from '#testing/admin-room';
import { makeShopRoom } from '#testing/shop-room';

const rooms = { shop: makeShopRoom, admin: makeAdminRoom } as const;
const routes = (['shop', 'admin'] as const).flatMap((api) =>
  Object.entries(documentedCalls[api]).map(([route, { query }]) => ({
    api,
    route,
    names: Object.keys(query?.shape ?? {}),
  })),
);

describe.each(routes)('parameters of $api $route', ({ api, route, names }) => {
  const call = (query: string) => rooms[api]().call(route, { query });

  it.each(['stranger', '__proto__', 'constructor', 'toString', 'Filter', ''])(
    '[T13] %j is refused by name',
    async (name) => {
      const answer = await call(`${encodeURIComponent(name)}=1`);
      expect(answer).toMatchObject({ status: 400, body: { code: 'parameter-invalid' } });
      expect(answer.body.violations).toMatchObject([{ pointer: `/${name}` }]);
    },
  );

  it('[T13] are those of the document, each once', async () => {
    expect([...(parametersByRoute.get(route) ?? [])].sort()).toEqual(names.sort());
    for (const name of names.filter((each) => each !== 'category'))
      expect((await call(`${name}=&${name}=`)).body).toMatchObject({ violations: [{ pointer: `/${name}` }] });
  });

  it('[T13] that are empty count as absent', async () => {
    const answer = await call(names.map((name) => `${name}=`).join('&'));
    expect({ status: answer.status, body: answer.body.code }).toEqual(
      await call('').then(({ status, body }) => ({ status, body: body.code })),
    );
  });
});

describe('a write that has no body', () => {
  it('needs no Content-Type', async () => {
    const room = makeAdminRoom();
    const parameters = { id: '00000000-0000-4000-8000-000000000001' };
    const complete = (body: { body?: unknown; headers?: Record<string, string> }) =>
      room.call('POST /uploads/{id}/complete', { parameters, ...body });
    for (const parts of [{}, { headers: { 'Content-Type': '' } }, { body: {} }])
      expect((await complete(parts)).body.code).toBe('record-not-found');
    const form = await complete({ body: 'a=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    expect(form.status).toBe(415);
    expect((await room.call('DELETE /products/{id}', { parameters })).body.code).toBe('product-not-found');
  });
});
