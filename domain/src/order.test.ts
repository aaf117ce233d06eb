import { describe, expect, it } from 'vitest';
import { limits } from '#limits';
import { totalOf } from '#money';
import { addressSchema, orderLineSchemaIn } from '#order';

const address = (overrides: object) => ({
  line1: '1 High Street',
  city: 'Leeds',
  postcode: 'LS1 1AA',
  country: 'GB',
  ...overrides,
});
const faultsOf = (overrides: object) =>
  addressSchema.safeParse(address(overrides)).error?.issues.map(({ path, message }) => [path.join('.'), message]);

describe('[T11] an address', () => {
  it.each(['AE', 'HK', 'IE', 'QA', 'JM'])('in %s needs no postcode', (country) => {
    expect(addressSchema.parse(address({ country, postcode: undefined })).postcode).toBe('');
    expect(addressSchema.parse(address({ country, postcode: ' ' })).postcode).toBe('');
  });

  it.each(['GB', 'DE', 'US', 'JP'])('in %s needs one', (country) => {
    expect(faultsOf({ country, postcode: '' })).toEqual([['postcode', 'Enter the postcode.']]);
    expect(faultsOf({ country, postcode: '\u200B' })).toEqual([['postcode', 'Enter the postcode.']]);
  });

  it.each(['ZZ', 'QQ', 'EU', 'AA'])('in %s is nowhere', (country) => {
    expect(faultsOf({ country })).toEqual([
      ['country', `There is no country ${country}. Give a two-letter code such as GB.`],
    ]);
  });

  it.each(['AAA', 'gb', '', '__proto__', 'constructor'])('of the country %j is refused', (country) => {
    expect(faultsOf({ country })).toEqual([['country', 'Give a two-letter country code such as GB.']]);
  });
});

describe('[T12] prices', () => {
  const line = (amountMinor: number) => ({
    productId: 'tea',
    quantity: 99,
    unitPrice: { amountMinor, currency: 'GBP' },
  });

  it('of the dearest order sum to a number that is counted exactly', () => {
    const lines = Array.from({ length: limits.orderLinesMax }, () =>
      orderLineSchemaIn('GBP').parse(line(limits.priceMinorMax)),
    );
    expect(Number.isSafeInteger(totalOf(lines, 'GBP').amountMinor)).toBe(true);
  });

  it('above the bound are refused with it', () => {
    expect(orderLineSchemaIn('GBP').safeParse(line(limits.priceMinorMax + 1)).error?.issues).toMatchObject([
      { path: ['unitPrice', 'amountMinor'], message: 'The most is 1,000,000,000,000 minor units.' },
    ]);
  });
});

it.each(['constructor'])('[T10] no product is called %s', (productId) => {
  const line = { productId, quantity: 1, unitPrice: { amountMinor: 1, currency: 'GBP' } };
  expect(orderLineSchemaIn('GBP').safeParse(line).error?.issues).toMatchObject([{ path: ['productId'] }]);
});
