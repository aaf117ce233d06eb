import simpleRestProvider from 'ra-data-simple-rest';
import { expect, it } from 'vitest';
import { withCappedTotals } from '#data/capped-total.ts';

const listWith = (headers: Record<string, string>) =>
  withCappedTotals(
    (client) => simpleRestProvider('http://api', client, 'X-Total-Count'),
    async () => ({ status: 200, headers: new Headers(headers), body: '[]', json: [] }),
  )('orders', { filter: {}, pagination: { page: 1, perPage: 25 }, sort: { field: 'placedAt', order: 'DESC' } });

it('a list whose total is cut says so, and another does not', async () => {
  expect(await listWith({ 'X-Total-Count': '1000', 'X-Total-Capped': 'true' })).toEqual({
    data: [],
    total: 1000,
    meta: { capped: true },
  });
  expect(await listWith({ 'X-Total-Count': '12' })).toEqual({ data: [], total: 12 });
});
