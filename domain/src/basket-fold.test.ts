import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  type BasketOp,
  type BasketState,
  coversOp,
  emptyBasket,
  foldBasket,
  setFarStampsAside,
  viewBasketLines,
} from '#basket-fold';
import { basketItemSchema } from '#items';
import { compareStamps, orderStamp, type Stamp } from '#stamps';
import { basketStateOf, storedBasketLines } from '#views';

const stamp = fc.record({
  wallMs: fc.integer({ min: 1, max: 4 }),
  counter: fc.integer({ min: 0, max: 2 }),
  device: fc.constantFrom('device-a', 'device-b'),
});
const op: fc.Arbitrary<BasketOp> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      line: fc.constantFrom('tea', 'mug', '__proto__'),
      quantity: fc.integer({ min: 0, max: 3 }),
      stamp,
    }),
  },
  { weight: 1, arbitrary: fc.record({ clear: fc.constant(true as const), stamp }) },
);
const ops = fc.array(op, { maxLength: 12 });
const view = (state: BasketState) => viewBasketLines(state);

describe('[C2] the fold', () => {
  test.prop([ops, fc.infiniteStream(fc.nat())])('is commutative: any order gives the same basket', (list, randoms) => {
    const shuffled = [...list].sort(() => ((randoms.next().value ?? 0) % 2 === 0 ? 1 : -1));
    expect(view(foldBasket(emptyBasket, shuffled))).toEqual(view(foldBasket(emptyBasket, list)));
  });

  test.prop([ops, fc.nat()])('is associative: any grouping gives the same basket', (list, at) => {
    const cut = list.length === 0 ? 0 : at % list.length;
    const grouped = foldBasket(foldBasket(emptyBasket, list.slice(0, cut)), list.slice(cut));
    expect(grouped).toEqual(foldBasket(emptyBasket, list));
  });

  test.prop([ops])('is idempotent: a second delivery returns the very same object', (list) => {
    const once = foldBasket(emptyBasket, list);
    expect(foldBasket(once, list)).toBe(once);
  });

  test.prop([ops])('never drops an op: the registers cover each of them', (list) => {
    const state = foldBasket(emptyBasket, list);
    for (const each of list) expect(coversOp(state, each)).toBe(true);
  });

  it('fails this suite when the older intent wins', () => {
    // The planted failure: a fold that lets the last arrival win is not commutative.
    const lastArrivalWins = (list: readonly BasketOp[]) =>
      new Map(list.map((each) => ['clear' in each ? '' : each.line, each]));
    const early: BasketOp = { line: 'tea', quantity: 1, stamp: { wallMs: 1, counter: 0, device: 'device-a' } };
    const late: BasketOp = { line: 'tea', quantity: 2, stamp: { wallMs: 2, counter: 0, device: 'device-a' } };
    expect(lastArrivalWins([late, early])).not.toEqual(lastArrivalWins([early, late]));
  });

  it('reads a line that is older than the clear as removed at the clear, whichever came first', () => {
    const line: BasketOp = { line: 'tea', quantity: 2, stamp: { wallMs: 1, counter: 0, device: 'device-a' } };
    const clear: BasketOp = { clear: true, stamp: { wallMs: 2, counter: 0, device: 'device-b' } };
    const expected = [{ productId: 'tea', quantity: 0, stamp: clear.stamp }];
    expect(view(foldBasket(emptyBasket, [line, clear]))).toEqual(expected);
    expect(view(foldBasket(emptyBasket, [clear, line]))).toEqual(expected);
  });
});

describe('[C9] the removal after an order', () => {
  const later = (stampOf: Stamp): Stamp => ({ ...stampOf, counter: stampOf.counter + 1 });

  test.prop([stamp])('lies just above the ordered line and below any later edit', (ordered) => {
    expect(compareStamps(orderStamp(ordered), ordered)).toBeGreaterThan(0);
    expect(compareStamps(orderStamp(ordered), later(ordered))).toBeLessThan(0);
  });

  it('[C3] a register further ahead than anything accepted is set aside, so that it locks its line no longer', () => {
    const far = {
      line: 'tea',
      quantity: 0,
      stamp: { wallMs: 9_999_999_999_999, counter: 0, device: 'device-1~order' },
    };
    const locked = foldBasket(emptyBasket, [far, { line: 'mug', quantity: 1, stamp: stampAt(1000) }]);
    const freed = setFarStampsAside(locked, 5000);
    expect(view(foldBasket(freed, [{ line: 'tea', quantity: 5, stamp: stampAt(5000) }]))).toMatchObject([
      { productId: 'mug', quantity: 1 },
      { productId: 'tea', quantity: 5 },
    ]);
    expect(setFarStampsAside(freed, 5000)).toBe(freed);
  });

  it('[T10] a line called like a member of every object is a line like any other', () => {
    const op = { line: 'constructor', quantity: 2, stamp: stampAt(1) };
    expect(coversOp(emptyBasket, op)).toBe(false);
    const state = foldBasket(emptyBasket, [op]);
    expect(coversOp(state, op)).toBe(true);
    expect(view(state)).toEqual([{ productId: 'constructor', quantity: 2, stamp: stampAt(1) }]);
  });

  it('[T10] an old row with lines called like members of every object keeps the others, and is folded on', () => {
    const line = { quantity: 2, stamp: '1.0.device-2' };
    const stored = JSON.stringify({ tea: line, constructor: line }).replace(
      '{',
      `{"__proto__":${JSON.stringify(line)},`,
    );
    const lines = basketItemSchema.shape.lines.parse(JSON.parse(stored));
    const state = foldBasket(basketStateOf({ lines }), [{ line: 'mug', quantity: 1, stamp: stampAt(5) }]);
    expect([...state.lines.keys()].sort()).toEqual(['constructor', 'mug', 'tea']);
    expect(basketStateOf(storedBasketLines(state))).toEqual(state);
    expect(Object.getPrototypeOf(storedBasketLines(state).lines)).toBe(Object.prototype);
  });
});

const stampAt = (wallMs: number) => ({ wallMs, counter: 0, device: 'device-2' });
