import { describe, expect, it } from 'vitest';
import { catalogueQuerySchema } from '#catalogue';

describe('[T13] the query of the catalogue', () => {
  it.each([
    ['page', '0x2'],
    ['page', '1e1'],
    ['page', ' 5'],
    ['page', '+5'],
    ['page', '5.0'],
    ['page', '٥'],
    ['page', '10001'],
    ['pageSize', '1e1'],
    ['pageSize', '101'],
    ['priceMin', ' 5'],
    ['priceMax', '-1'],
    ['priceMax', '9007199254740993'],
    ['inStock', 'yes'],
    ['inStock', '1'],
    ['inStock', 'TRUE'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(catalogueQuerySchema.safeParse({ [name]: value }).error?.issues[0]).toMatchObject({ path: [name] });
  });

  it('reads digits and words', () => {
    expect(catalogueQuerySchema.parse({ page: '07', pageSize: '24', priceMin: '0', inStock: 'false' })).toMatchObject({
      page: 7,
      pageSize: 24,
      priceMin: 0,
      inStock: false,
    });
  });

  it.each(['__proto__', 'constructor', 'toString'])('refuses the parameter %s by name', (name) => {
    const query = Object.fromEntries([[name, '1']]);
    expect(catalogueQuerySchema.safeParse(query).error?.issues).toMatchObject([{ keys: [name] }]);
  });
});
