import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { addMoney, CurrencyMismatch, formatMoney, totalOf } from '#money';

const gbp = (amountMinor: number) => ({ amountMinor, currency: 'GBP' });

describe('money', () => {
  test.prop([
    fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 99 }), price: fc.integer({ min: 0, max: 100_000 }) })),
  ])('adds up in whole minor units, in any order', (lines) => {
    const priced = lines.map(({ quantity, price }) => ({ quantity, unitPrice: gbp(price) }));
    const total = totalOf(priced, 'GBP');
    expect(Number.isSafeInteger(total.amountMinor)).toBe(true);
    expect(totalOf([...priced].reverse(), 'GBP')).toEqual(total);
  });

  it('refuses to add two currencies', () => {
    expect(() => addMoney(gbp(1), { amountMinor: 1, currency: 'EUR' })).toThrow(CurrencyMismatch);
  });

  it('is written with the digits of its currency', () => {
    expect(formatMoney(gbp(420))).toBe('£4.20');
    expect(formatMoney({ amountMinor: 420, currency: 'JPY' })).toBe('JP¥420');
  });
});
