import { describe, expect, it } from 'vitest';
import { matchRoute, type Route } from '#gateways/routing';

const route = (method: Route['method'], path: string): Route => ({ method, path, function: 'f' });
const routes = [
  route('GET', '/api/orders/{id}'),
  route('GET', '/api/orders/recent'),
  route('POST', '/api/orders'),
  route('PUT', '/api/baskets/{id}/lines/{productId}'),
  route('DELETE', '/api/baskets/{id}/lines/{productId}'),
];

describe('the routes of a gateway', () => {
  it('hand each parameter over, decoded', () => {
    expect(matchRoute(routes, 'PUT', '/api/baskets/a%20b/lines/caf%C3%A9')).toMatchObject({
      kind: 'route',
      parameters: { id: 'a b', productId: 'café' },
    });
  });

  it('prefer a literal to a parameter, in whatever order they are declared', () => {
    expect(matchRoute(routes, 'GET', '/api/orders/recent')).toMatchObject({ route: { path: '/api/orders/recent' } });
    expect(matchRoute(routes, 'GET', '/api/orders/older')).toMatchObject({ route: { path: '/api/orders/{id}' } });
  });

  it.each([
    '/api/none',
    '/api/orders/1/2',
    '/api/orders/',
    '/api/baskets//lines/x',
    '/api/orders/%E0%A4%A',
    '/API/orders',
    'api/orders',
  ])('know no %s', (path) => {
    expect(matchRoute(routes, 'GET', path)).toEqual({ kind: 'route-not-found' });
  });

  it('say which methods a path takes when it is another', () => {
    expect(matchRoute(routes, 'POST', '/api/baskets/a/lines/b')).toEqual({
      kind: 'method-not-allowed',
      allow: ['PUT', 'DELETE'],
    });
    expect(matchRoute(routes, 'HEAD', '/api/orders').kind).toBe('method-not-allowed');
  });
});
