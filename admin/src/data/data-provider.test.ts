import { describe, expect, it } from 'vitest';
import { chunksOf } from '#data/data-provider.ts';

describe('getMany', () => {
  it.each([
    [0, []],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('of %i ids asks in pieces of %j', (count, sizes) => {
    const pieces = chunksOf(Array.from({ length: count }), 100);
    expect(pieces.map((piece) => piece.length)).toEqual(sizes);
  });
});
