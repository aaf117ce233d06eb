import { describe, expect, it } from 'vitest';
import { readQuantity } from '#lib/basket/read-quantity.ts';

const bounds = { min: 1, max: 99 };

describe('a typed quantity', () => {
  it.each([
    ['7', 7],
    [' 12 ', 12],
    ['007', 7],
    ['٣', 3],
    ['۴۲', 42],
    ['５', 5],
  ])('reads %s', (typed, quantity) => {
    expect(readQuantity(typed, bounds)).toEqual({ quantity });
  });

  it.each(['1e1', '1.5', '1,5', '-1', '+3', '0x10', '', '   ', 'two', '0', 'Infinity', '½'])(
    'answers %j in words and takes nothing',
    (typed) => {
      expect(readQuantity(typed, bounds)).toEqual({
        quantity: undefined,
        words: 'Type a whole number from 1 to 99.',
      });
    },
  );

  it.each(['100', '9'.repeat(5000)])('takes the most when more is typed, and says so', (typed) => {
    expect(readQuantity(typed, bounds)).toEqual({ quantity: 99, words: '99 is the most that can be taken.' });
  });

  it('takes nought where that means to remove', () => {
    expect(readQuantity('0', { min: 0, max: 99 })).toEqual({ quantity: 0 });
  });
});
