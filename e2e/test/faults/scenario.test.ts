import { describe, expect, it } from 'vitest';
import { faultsOf, type Seen, type StoredOrder } from '#scenario';

const stamp = (wallMs: number) => ({ wallMs, counter: 0, device: 'device-one' });
const placed: StoredOrder = { status: 'placed', quantities: [2, 0] };

/** Two of five were ordered and placed, the basket holds three of the second product, all pages know. */
const right: Seen = {
  scenario: {
    stock: [5, 5],
    steps: [[{ do: 'order', key: 0, quantities: [2, 0] }], [{ do: 'set', device: 0, product: 1, quantity: 3 }]],
  },
  ops: [{ line: '1', quantity: 3, stamp: stamp(1) }],
  orders: new Map([['a', [[2, 0]]]]),
  stored: new Map([['a', placed]]),
  left: [3, 5],
  basket: new Map([[1, 3]]),
  told: new Map([['a', ['placed']]]),
};

describe('the judge of scenarios', () => {
  it('has nothing to say of what is right', () => {
    expect(faultsOf(right)).toEqual([]);
  });

  it.each<[string, Partial<Seen>, string]>([
    ['a loss', { stored: new Map(), left: [5, 5] }, 'lost: a'],
    ['a doubled order', { left: [1, 5] }, 'stock of 0: 1 is left, 3 by the ledger'],
    ['stranded units', { left: [3, 4] }, 'stock of 1: 4 is left, 5 by the ledger'],
    ['an oversell', { left: [-1, 5] }, 'oversold'],
    [
      'a refusal without a cause',
      { stored: new Map([['a', { ...placed, status: 'rejected', reason: 'out-of-stock' }]]), left: [5, 5] },
      'wrongly refused',
    ],
    [
      'a price that nobody raised',
      { stored: new Map([['a', { ...placed, status: 'rejected', reason: 'price-changed' }]]), left: [5, 5] },
      'wrongly refused',
    ],
    [
      'another body',
      { stored: new Map([['a', { status: 'placed', quantities: [1, 0] }]]), left: [4, 5] },
      'holds what nobody sent',
    ],
    ['a page that was misled', { told: new Map([['a', ['rejected', 'placed']]]) }, 'misled'],
    ['a page that never learned', { told: new Map() }, 'never learned'],
    ['an order that hangs', { stored: new Map([['a', { ...placed, status: 'accepted' }]]), left: [5, 5] }, 'not final'],
    ['a lost basket op', { basket: new Map() }, 'basket: 0 of 1 is kept, 3 by the replay'],
    ['an old basket op', { ops: [...right.ops, { line: '1', quantity: 1, stamp: stamp(2) }] }, 'basket: 3 of 1'],
    ['a clear that came to nothing', { ops: [...right.ops, { clear: true, stamp: stamp(2) }] }, 'basket: 3 of 1'],
  ])('finds %s', (_what, over, says) => {
    expect(faultsOf({ ...right, ...over }).join('\n')).toContain(says);
  });
});
