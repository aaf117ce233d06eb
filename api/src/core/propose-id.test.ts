import { isProductId } from '@penstock/domain/ids';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposeIds } from '#core/propose-id';

describe('ids from names', () => {
  it.each([
    ['Earl Grey, Blue', 'earl-grey-blue'],
    ['Café Crème', 'cafe-creme'],
    ['緑茶 煎茶', 'lucha-jiancha'],
    ['Зелёный чай', 'zelenyy-chay'],
    ['🍵🍵', 'tea-tea'],
    ['Constructor', 'product-constructor'],
    ['T', 'product-t'],
    ['\u{E000}', 'product'],
  ])('[T10] %s proposes %s', (name, id) => {
    expect(proposeIds(name)[0]).toBe(id);
    expect(proposeIds(name)[1]).toBe(`${id}-2`);
  });

  it('[T10] of any name may be ids, and differ', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (name) => {
        const ids = proposeIds(name);
        expect(ids.every(isProductId)).toBe(true);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
