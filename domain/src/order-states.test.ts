import { describe, expect, it } from 'vitest';
import { canMove, canShopperCancel, isFinal, movesFrom, orderStatuses } from '#order-states';

describe('[E3] moves', () => {
  it.each([
    ['placed', ['packed', 'cancelled']],
    ['packed', ['shipped', 'cancelled']],
    ['shipped', ['delivered']],
    ['delivered', []],
    ['rejected', []],
    ['cancelled', []],
    ['accepted', []],
    ['held', []],
  ] as const)('from %s lead to %j', (status, expected) => {
    expect(movesFrom(status)).toEqual(expected);
  });

  it('let the shopper cancel while placed only', () => {
    expect(orderStatuses.filter(canShopperCancel)).toEqual(['placed']);
  });

  it('end in states that nothing leaves', () => {
    for (const status of orderStatuses.filter(isFinal)) expect(movesFrom(status)).toEqual([]);
    expect(canMove('shipped', 'cancelled')).toBe(false);
  });
});
