import { describe, expect, it } from 'vitest';
import { listOf, mapOf, optional, readShape, shape, text, whole } from '#lib/storage/shape.ts';

const line = shape({ id: text(/^[a-z_]+$/), count: whole(0, 99), note: optional(text()) });

describe('what a browser kept', () => {
  it('is read by its shape, without what the shape does not name', () => {
    expect(readShape(line, { id: 'tea', count: 2, more: true })).toEqual({
      value: { id: 'tea', count: 2 },
      badParts: [],
    });
  });

  it.each([['text'], [5], [[]], [{ id: 'tea' }], [{ id: 'TEA', count: 1 }], [{ id: 'tea', count: 1e30 }]])(
    'is set aside whole when a part that matters is not there: %j',
    (raw) => {
      expect(readShape(line, raw)).toEqual({ value: undefined, badParts: [raw] });
    },
  );

  it('goes on without the bad item, entry or extra, and hands them out', () => {
    expect(readShape(listOf(line), [{ id: 'tea', count: 1 }, null, { id: 'mug', count: 2, note: 7 }])).toEqual({
      value: [
        { id: 'tea', count: 1 },
        { id: 'mug', count: 2 },
      ],
      badParts: [null, 7],
    });
    const raw = JSON.parse('{"__proto__":1,"constructor":2,"tea":"x"}');
    const { value, badParts } = readShape(mapOf(/^[a-z_]+$/, whole()), raw);
    expect([...(value ?? [])]).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
    expect(badParts).toEqual([{ tea: 'x' }]);
  });

  it('is nothing when there is nothing', () => {
    expect(readShape(line, undefined)).toEqual({ value: undefined, badParts: [] });
  });
});
