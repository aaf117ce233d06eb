import type { CataloguePage } from '@penstock/domain/catalogue';
import { cataloguePageSchema } from '@penstock/domain/catalogue';
import { type Product, productSchema } from '@penstock/domain/product';
import { describe, expect, it } from 'vitest';
import { givenCloud } from '#given-cloud';
import { call, staff } from '#http';
import { makeProduct } from '#shopper';
import { until } from '#until';

const cloud = givenCloud();
const list = async (query = '') => (await call<CataloguePage>('GET', `${cloud.shopApiUrl}/products${query}`)).body;

describe('the catalogue', () => {
  it('answers health with a version and whether orders are paused', async () => {
    expect((await call('GET', `${cloud.shopApiUrl}/health`)).body).toEqual({
      status: 'ok',
      version: expect.any(String),
      ordersPaused: false,
    });
  });

  it('is seeded with about 60 products in 6 categories, all of the documented shape', async () => {
    const page = cataloguePageSchema.parse(await list('?pageSize=100'));
    expect(page.total).toBeGreaterThanOrEqual(55);
    expect(page.facets.category.length).toBeGreaterThanOrEqual(6);
    const seeded = page.items.filter((item) => item.category !== 'test-tea');
    for (const item of seeded) expect(item.images.length).toBeGreaterThan(0);
  });

  it('pages without repeating or losing a product', async () => {
    const [first, second] = [await list('?pageSize=20&page=1'), await list('?pageSize=20&page=2')];
    const ids = [...first.items, ...second.items].map((item) => item.id);
    expect(new Set(ids).size).toBe(40);
    expect([first.page, second.page, first.pageSize]).toEqual([1, 2, 20]);
  });

  it.each(['name', 'price'] as const)('sorts by %s both ways', async (sort) => {
    const compare = (left: Product, right: Product): number =>
      sort === 'name' ? left.name.localeCompare(right.name, 'en') : left.price.amountMinor - right.price.amountMinor;
    const up = (await list(`?sort=${sort}&pageSize=100`)).items;
    const down = (await list(`?sort=-${sort}&pageSize=100`)).items;
    for (const [index, item] of up.slice(1).entries()) expect(compare(up[index] ?? item, item)).toBeLessThanOrEqual(0);
    for (const [index, item] of down.slice(1).entries())
      expect(compare(down[index] ?? item, item)).toBeGreaterThanOrEqual(0);
  });

  it('searches, filters by category, price and stock, and counts facets', async () => {
    const all = await list('?pageSize=100');
    const some = all.items[0];
    if (some === undefined) throw new Error('The catalogue is empty.');
    const found = await list(`?q=${encodeURIComponent(some.name)}&pageSize=100`);
    expect(found.items.map((item) => item.id)).toContain(some.id);
    const inCategory = await list(`?category=${some.category}&pageSize=100`);
    expect(new Set(inCategory.items.map((item) => item.category))).toEqual(new Set([some.category]));
    expect(inCategory.total).toBe(all.facets.category.find((facet) => facet.value === some.category)?.count);
    const dear = await list('?priceMin=2000&pageSize=100');
    expect(dear.items.every((item) => item.price.amountMinor >= 2000)).toBe(true);
    const available = await list('?inStock=true&pageSize=100');
    expect(available.items.every((item) => item.stock.level !== 'out')).toBe(true);
    expect((await list('?q=zzzzzz')).items).toEqual([]);
  });

  it.each(['?page=0', '?pageSize=101', '?sort=colour', '?priceMin=cheap', '?colour=red', '?inStock=maybe'])(
    'refuses %s as parameter-invalid',
    async (query) => {
      const answer = await call('GET', `${cloud.shopApiUrl}/products${query}`);
      expect([answer.status, answer.body.code]).toEqual([400, 'parameter-invalid']);
      expect(Object.keys(answer.body.errors as object)).toHaveLength(1);
    },
  );

  it('shows a product made, edited and archived by staff, from the stream alone', async () => {
    const made = await makeProduct(cloud, 7);
    const shown = () => call('GET', `${cloud.shopApiUrl}/products/${made.id}`);
    expect(productSchema.parse((await shown()).body)).toMatchObject({
      id: made.id,
      stock: { available: 7, level: 'in' },
    });
    await until('the list to show it', async () => (await list(`?q=${made.id}`)).total === 1);
    await staff(cloud, 'PUT', `/products/${made.id}`, { version: made.version, name: `Renamed ${made.id}` });
    await until(
      'the list to show the new name',
      async () => (await list(`?q=${made.id}`)).items[0]?.name === `Renamed ${made.id}`,
    );
    await staff(cloud, 'DELETE', `/products/${made.id}`);
    await until('the list to drop it', async () => (await list(`?q=${made.id}`)).total === 0);
    expect((await shown()).status).toBe(404);
  });

  it('serves pictures that exist', async () => {
    const page = await list('?pageSize=5&sort=price');
    for (const item of page.items.filter((each) => each.images.length > 0)) {
      const source = item.images[0]?.src ?? '';
      const picture = await fetch(new URL(source, cloud.shopUrl));
      expect([picture.status, picture.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^image\//)]);
    }
  });

  it('answers unknown paths and methods as problems', async () => {
    const unknown = await call('GET', `${cloud.shopApiUrl}/nothing`);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'route-not-found']);
    const wrong = await call('DELETE', `${cloud.shopApiUrl}/products`);
    expect([wrong.status, wrong.body.code, wrong.headers.get('allow')]).toEqual([
      405,
      'method-not-allowed',
      expect.stringContaining('GET'),
    ]);
    for (const answer of [unknown, wrong]) expect(Number(answer.headers.get('x-server-time'))).toBeGreaterThan(0);
  });

  it('echoes a correlation id that is one and mints another for one that is not', async () => {
    const echo = async (id: string) =>
      (await call('GET', `${cloud.shopApiUrl}/health`, { headers: { 'x-correlation-id': id } })).headers.get(
        'x-correlation-id',
      );
    expect(await echo('abcd-1234-EFGH')).toBe('abcd-1234-EFGH');
    expect(await echo('no spaces allowed')).not.toBe('no spaces allowed');
  });
});
