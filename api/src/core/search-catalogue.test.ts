import { catalogueQuerySchema } from '@penstock/domain/catalogue';
import type { SnapshotProduct } from '@penstock/domain/items';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchCatalogue, wordsOf } from '#core/search-catalogue';
import { snapshotProduct } from '#testing/snapshot-product';

const shelf: readonly SnapshotProduct[] = [
  snapshotProduct({ id: 'assam', name: 'Assam', category: 'tea', price: { amountMinor: 900, currency: 'GBP' } }),
  snapshotProduct({ id: 'creme', name: 'Crème brûlée', category: 'tea', level: 'out' }),
  snapshotProduct({
    id: 'mug',
    name: 'Blue mug',
    category: 'cups-and-pots',
    level: 'low',
    createdAt: '2025-11-24T10:00:00.000Z',
  }),
  snapshotProduct({ id: 'gone', name: 'Gone', category: 'tea', archived: true }),
];
const search = (query: object) => searchCatalogue(shelf, catalogueQuerySchema.parse(query));
const idsOf = (query: object) => search(query).products.map(({ id }) => id);

describe('searching the catalogue', () => {
  it.each([
    ['everything but what is archived', {}, ['assam', 'mug', 'creme']],
    ['words in any order, without case and accents', { q: 'BRULEE creme' }, ['creme']],
    ['a category by its words', { q: 'cups pots' }, ['mug']],
    ['every word', { q: 'blue tea' }, []],
    ['by category', { category: ['tea'] }, ['assam', 'creme']],
    ['by price, both ends included', { priceMin: '900', priceMax: '900' }, ['assam']],
    ['in stock', { inStock: 'true' }, ['assam', 'mug']],
    ['out of stock', { inStock: 'false' }, ['creme']],
    ['newest first', { sort: 'newest' }, ['mug', 'assam', 'creme']],
    ['dearest first', { sort: '-price' }, ['mug', 'creme', 'assam']],
    ['a page', { page: '2', pageSize: '2' }, ['creme']],
    ['a page past the end', { page: '9' }, []],
  ])('%s', (_title, query, ids) => {
    expect(idsOf(query)).toEqual(ids);
  });

  it('counts a category as choosing it would show: the other filters apply, the category does not', () => {
    expect(search({ category: ['tea'], inStock: 'true' })).toMatchObject({
      total: 1,
      facets: {
        category: [
          { value: 'cups-and-pots', count: 1 },
          { value: 'tea', count: 1 },
        ],
      },
    });
  });

  it('pages without loss or repeat, in either direction of every order', () => {
    const product = fc
      .record({ name: fc.string({ minLength: 1, maxLength: 8 }), amountMinor: fc.nat({ max: 5 }) })
      .map(({ name, amountMinor }) => ({ name, price: { amountMinor, currency: 'GBP' } }));
    const sorts = fc.constantFrom('name', '-name', 'price', '-price', 'newest');
    fc.assert(
      fc.property(
        fc.array(product, { maxLength: 40 }),
        sorts,
        fc.integer({ min: 1, max: 7 }),
        (drafts, sort, pageSize) => {
          const products = drafts.map((draft, index) => snapshotProduct({ ...draft, id: `product-${index}` }));
          const pages = Array.from({ length: Math.ceil(products.length / pageSize) }, (_, index) =>
            searchCatalogue(
              products,
              catalogueQuerySchema.parse({ sort, page: String(index + 1), pageSize: String(pageSize) }),
            ),
          );
          const ids = pages.flatMap((page) => page.products.map(({ id }) => id));
          expect(new Set(ids).size).toBe(products.length);
          expect(ids).toHaveLength(products.length);
        },
      ),
    );
  });

  it('reads words of any text', () => {
    expect(wordsOf('  Crème   BRÛLÉE\n')).toEqual(['creme', 'brulee']);
    expect(wordsOf('   ')).toEqual([]);
  });
});
