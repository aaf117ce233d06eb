import { describe, expect, it } from 'vitest';
import { itemBytes } from '#database/gate/item-size';
import { writeUnitsOf } from '#database/gate/units';

describe('the size of an item', () => {
  it.each([
    ['nothing', {}, 0],
    ['name and text', { id: { S: 'abc' } }, 5],
    ['text beyond ASCII, in UTF-8', { id: { S: 'ä€' } }, 7],
    ['a number at two digits a byte and one more', { n: { N: '12345' } }, 5],
    ['zeros at both ends of a number for nothing', { n: { N: '0012000' } }, 3],
    ['the sign of a number', { n: { N: '-12' } }, 4],
    ['bytes as they are, not in base64', { b: { B: 'AAEC' } }, 4],
    ['one byte for true and for null', { t: { BOOL: true }, n: { NULL: true } }, 4],
    ['sets by their elements', { s: { SS: ['ab', 'c'] } }, 4],
    ['a list with 3 and one an element', { l: { L: [{ S: 'ab' }, { S: 'c' }] } }, 9],
    ['a map with 3, one a member, and the names', { m: { M: { a: { S: 'b' } } } }, 7],
  ])('counts %s', (_what, item, bytes) => {
    expect(itemBytes(item)).toBe(bytes);
  });

  it.each([
    [0, 1],
    [1024, 1],
    [1025, 2],
    [409_600, 400],
  ])('of %i bytes costs %i write units', (bytes, units) => {
    expect(writeUnitsOf(bytes)).toBe(units);
  });
});
