import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type OrderLine, type PlaceOrder, placeOrderSchemaIn } from '#order';
import { mergeOrderLines, orderBodyHash } from '#order-body';
import { fieldErrorsOf, violationsOf } from '#problems';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const stamp = { wallMs: 1, counter: 0, device: 'device-a' };
const line = (overrides: Partial<OrderLine> = {}): OrderLine => ({
  productId: 'assam-second-flush',
  quantity: 1,
  unitPrice: { amountMinor: 950, currency: 'GBP' },
  stamp,
  ...overrides,
});
const body = (overrides: Partial<PlaceOrder> = {}): PlaceOrder => ({
  basketId: 'dGhpcyBpcyBhIGJhc2tldA',
  lines: [line()],
  contact: { name: 'Ada', email: 'ada@example.com' },
  address: { line1: '1 Weir Lane', city: 'Leeds', postcode: 'LS1 1AA', country: 'GB' },
  ...overrides,
});

describe('[A1] equal products', () => {
  it('are merged when price and stamp agree', () => {
    expect(mergeOrderLines([line({ quantity: 2 }), line({ quantity: 3 })])).toEqual({
      ok: true,
      lines: [line({ quantity: 5 })],
    });
  });

  it.each([
    ['price-differs', line({ unitPrice: { amountMinor: 951, currency: 'GBP' } })],
    ['stamp-differs', line({ stamp: { ...stamp, counter: 1 } })],
    ['too-many', line({ quantity: 99 })],
  ])('are refused by line when %s', (reason, second) => {
    expect(mergeOrderLines([line(), second])).toEqual({ ok: false, conflict: { index: 1, reason } });
  });
});

describe('[A2] the body hash', () => {
  it('does not depend on the order of fields in the JSON', async () => {
    const reordered = JSON.parse(
      JSON.stringify({
        address: body().address,
        contact: body().contact,
        lines: body().lines,
        basketId: body().basketId,
      }),
    );
    expect(await orderBodyHash(sha256, reordered)).toBe(await orderBodyHash(sha256, body()));
  });

  it('stays what it was: a change would make every receipt a mismatch', async () => {
    expect(await orderBodyHash(sha256, body())).toBe(
      '407766f07744402e4fedfdfc3f7072982427f4ac2ae35da97f5a8903715e2f8b',
    );
  });

  it.each([
    ['a quantity', body({ lines: [line({ quantity: 2 })] })],
    ['a price', body({ lines: [line({ unitPrice: { amountMinor: 1, currency: 'GBP' } })] })],
    ['a name', body({ contact: { name: 'Bea', email: 'ada@example.com' } })],
    ['a second address line', body({ address: { ...body().address, line2: 'Flat 2' } })],
  ])('changes with %s', async (_what, changed) => {
    expect(await orderBodyHash(sha256, changed)).not.toBe(await orderBodyHash(sha256, body()));
  });
});

describe('[A1] a faulty body', () => {
  it('is refused field by field, unknown fields too', () => {
    const result = placeOrderSchemaIn('GBP').safeParse({ ...body(), lines: [{ ...line(), quantity: 0 }], extra: 1 });
    expect(result.success).toBe(false);
    const violations = result.success ? [] : violationsOf(result.error);
    expect(fieldErrorsOf(violations)).toEqual({
      'lines.0.quantity': 'Order 1 to 99.',
      extra: 'This field is not known.',
    });
    expect(violations.every((violation) => violation.remedy !== '')).toBe(true);
  });
});
