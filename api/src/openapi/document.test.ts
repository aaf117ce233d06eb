import { problemCodes } from '@penstock/domain/problems';
import { loadTopology } from '@penstock/platform/topology';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { compareRoutes, DocumentIncomplete, documentedCalls, makeDocument } from '#openapi/document';

const topology = loadTopology(new URL('../../../topology.json', import.meta.url));
const document = makeDocument(topology);
const validate = (value: unknown) => new Validator().validate(structuredClone(value) as Record<string, unknown>);

const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  (['get', 'post', 'put', 'delete'] as const).flatMap((method) => {
    const operation = item[method];
    return operation === undefined ? [] : [{ name: `${method.toUpperCase()} ${path}`, operation }];
  }),
);

describe('the OpenAPI document', () => {
  it('is valid as OpenAPI 3.1', async () => {
    expect(await validate(document)).toMatchObject({ valid: true });
  });

  it('would be found invalid with a planted fault', async () => {
    const planted = { ...document, paths: { ...document.paths, '/planted': { get: { responses: 'none' } } } };
    expect(await validate(planted)).toMatchObject({ valid: false });
  });

  it('has every route of the topology and no call without a route', () => {
    expect(compareRoutes(topology.routes.shop, documentedCalls.shop)).toEqual([]);
    expect(compareRoutes(topology.routes.admin, documentedCalls.admin)).toEqual([]);
    expect(operations).toHaveLength(topology.routes.shop.length + topology.routes.admin.length);
  });

  it('names a planted route that is not documented, and is not written', () => {
    const planted = { method: 'GET', path: '/api/planted', function: 'shop-catalogue' } as const;
    const routes = { ...topology.routes, shop: [...topology.routes.shop, planted] };
    expect(compareRoutes(routes.shop, documentedCalls.shop)).toEqual(['GET /api/planted is not documented.']);
    expect(() => makeDocument({ ...topology, routes })).toThrow(DocumentIncomplete);
  });

  it('names a documented call whose route was taken away, and is not written', () => {
    const routes = { ...topology.routes, admin: topology.routes.admin.slice(1) };
    expect(() => makeDocument({ ...topology, routes })).toThrow(/GET \/products is documented and has no route/);
  });

  it('tells every problem code with meaning, status and remedy', () => {
    const told = document['x-problems' as keyof typeof document] as unknown as Record<string, object>;
    expect(Object.keys(told)).toEqual([...problemCodes]);
    for (const problem of Object.values(told))
      expect(problem).toEqual({
        status: expect.any(Number),
        title: expect.stringMatching(/./),
        meaning: expect.stringMatching(/./),
        remedy: expect.stringMatching(/./),
      });
  });

  it.each(operations)(
    '$name: problems as problem+json, Retry-After where waiting helps, ids in every answer',
    ({ operation }) => {
      for (const [status, answer] of Object.entries(operation.responses ?? {})) {
        const { content = {}, headers = {} } = answer as { content?: object; headers?: object };
        expect(Object.keys(content)).toEqual([Number(status) >= 400 ? 'application/problem+json' : 'application/json']);
        expect(headers).toHaveProperty('X-Correlation-Id');
        if (['429', '503'].includes(status)) expect(headers).toHaveProperty('Retry-After');
      }
    },
  );

  it('names the one currency of the deployment, and every rule that no schema can say', () => {
    const priceIn = (currency: string) => makeDocument({ ...topology, currency }).components?.schemas?.Price;
    expect(priceIn('EUR')).toMatchObject({ properties: { currency: { const: 'EUR' } } });
    expect(document.components?.schemas?.Price).toMatchObject({
      properties: { currency: { const: topology.currency } },
    });
    const placed = operations.find(({ name }) => name === 'POST /api/orders')?.operation;
    expect(placed).toMatchObject({ 'x-rules': [{ at: '/lines/*/stamp/wallMs' }, { at: '/lines/*/productId' }] });
    expect(placed?.description).toContain('A stamp is at most 10 s ahead of the server');
  });

  it('gives every operation an id of its own', () => {
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });
});
