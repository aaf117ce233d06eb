import type { DetailsItem } from '@penstock/domain/items';
import { offerOf } from '@penstock/platform/testing/drain-rows';
import { describe, expect, it } from 'vitest';
import { productDeed } from '#core/staff-deeds';

const doing = { id: 'edit-1', at: '2025-11-23T10:00:00.000Z', staffName: 'Ada', correlationId: 'correlation-1' };
const details: DetailsItem = {
  id: 'assam-second-flush',
  part: 'details',
  schema: 1,
  description: 'Malty.',
  images: [],
};
const before = { offer: offerOf(), details };
const after = (offer: Parameters<typeof offerOf>[0], texts?: Partial<DetailsItem>) =>
  productDeed(
    before,
    { offer: offerOf(offer), details: texts === undefined ? undefined : { ...details, ...texts } },
    doing,
  );

describe('what was done to a product', () => {
  it('names what was changed, with short values alone', () => {
    expect(after({ priceMinor: 5500, name: 'Assam' }, { description: 'A long text.' })).toMatchObject({
      kind: 'product-edit',
      about: 'assam-second-flush',
      staffName: 'Ada',
      lastSeenAt: doing.at,
      changes: [
        { field: 'name', from: 'Assam second flush', to: 'Assam' },
        { field: 'price', from: '£12.50', to: '£55.00' },
        { field: 'description' },
      ],
    });
  });

  it('is nothing when only the stock moved: the ledger has that', () => {
    expect(after({})).toBeUndefined();
    expect(after({}, {})).toBeUndefined();
  });

  it.each([
    [true, 'product-archive'],
    [false, 'product-restore'],
  ])('tells archived: %s as %s', (archived, kind) => {
    const was = { ...before, offer: offerOf({ archived: !archived }) };
    expect(productDeed(was, { offer: offerOf({ archived }), details: undefined }, doing)).toMatchObject({ kind });
  });

  it('begins with its making', () => {
    expect(productDeed(undefined, before, doing)).toMatchObject({
      kind: 'product-create',
      changes: [{ field: 'name', to: 'Assam second flush' }, { field: 'category' }, { field: 'price', to: '£12.50' }],
    });
  });
});
