import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { SnapshotProduct } from '#items';
import { chunkOf, foldChunk, snapshotChunks } from '#snapshot';

const at = '2025-11-23T10:00:00.000Z';
const product = (id: string, rev: number, overrides: Partial<SnapshotProduct> = {}): SnapshotProduct => ({
  id,
  rev,
  version: 1,
  name: 'Assam second flush',
  category: 'tea',
  description: '',
  price: { amountMinor: 1250, currency: 'GBP' },
  level: 'in',
  images: [],
  archived: false,
  createdAt: at,
  updatedAt: at,
  ...overrides,
});

/** States of one product never share a rev: a rev names one state. */
const history = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('assam', 'oolong', 'sencha'),
    rev: fc.integer({ min: 1, max: 40 }),
    amountMinor: fc.integer({ min: 1, max: 9999 }),
  }),
  { selector: (each) => `${each.id}@${each.rev}`, maxLength: 20 },
);
const toProducts = (list: readonly { id: string; rev: number; amountMinor: number }[]) =>
  list.map(({ id, rev, amountMinor }) =>
    product(id, rev, { price: { amountMinor: amountMinor * 100 + rev, currency: 'GBP' } }),
  );

describe('foldChunk', () => {
  test.prop([history, fc.infiniteStream(fc.nat())])('gives the same list in any order and grouping', (list, draws) => {
    const products = toProducts(list);
    const shuffled = products
      .map((each) => ({ each, key: draws.next().value }))
      .sort((left, right) => left.key - right.key)
      .map(({ each }) => each);
    const oneByOne = shuffled.reduce<readonly SnapshotProduct[]>((chunk, each) => foldChunk(chunk, [each]), []);
    expect(oneByOne).toEqual(foldChunk([], products));
  });

  test.prop([history])('changes nothing when it is replayed: the very same list comes back', (list) => {
    const products = toProducts(list);
    const folded = foldChunk([], products);
    expect(foldChunk(folded, products)).toBe(folded);
  });

  it('keeps the list for a number of units alone, and changes it with the level', () => {
    const before = foldChunk([], [product('assam', 1)]);
    expect(foldChunk(before, [product('assam', 2, { updatedAt: '2025-11-23T11:00:00.000Z' })])).toBe(before);
    expect(foldChunk(before, [product('assam', 2, { level: 'low' })])).toMatchObject([{ rev: 2, level: 'low' }]);
  });

  it('lists the products of a chunk by id', () => {
    const folded = foldChunk([product('oolong', 1)], [product('assam', 1), product('sencha', 1)]);
    expect(folded.map((each) => each.id)).toEqual(['assam', 'oolong', 'sencha']);
  });
});

describe('chunkOf', () => {
  it('spreads products over the chunks, two digits each', () => {
    const names = Array.from({ length: 5000 }, (_, index) => chunkOf(`product-number-${index}`));
    expect(new Set(names).size).toBe(snapshotChunks);
    expect(names.every((name) => /^\d\d$/.test(name) && Number(name) < snapshotChunks)).toBe(true);
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    const most = Math.max(...counts.values());
    expect(most).toBeLessThan(160);
  });
});
