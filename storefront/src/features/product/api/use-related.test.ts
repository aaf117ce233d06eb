import { describe, expect, it } from 'vitest';
import { followersOf } from '#features/product/api/use-related.ts';

const items = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id }));
const idsAfter = (id: string) => followersOf(items, id).map((item) => item.id);

describe('related products', () => {
  it('are the next four, from the end back to the start', () => {
    expect([idsAfter('a'), idsAfter('e')]).toEqual([
      ['b', 'c', 'd', 'e'],
      ['f', 'a', 'b', 'c'],
    ]);
  });

  it('are the first four of a category that does not list the product', () => {
    expect(idsAfter('z')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('never hold the product itself', () => {
    expect(followersOf([{ id: 'a' }], 'a')).toEqual([]);
  });
});
