import type { FieldChange, StaffDeed } from '@penstock/domain/dead-letters';
import { type DetailsItem, itemSchemaNumber, type OfferItem, type StaffDeedItem } from '@penstock/domain/items';
import { formatMoney } from '@penstock/domain/money';

/** Who did it, when, and under which id. */
export type Doing = {
  readonly id: string;
  readonly at: string;
  readonly staffName: string;
  readonly correlationId: string;
};

/** An entry in the list of what was done. */
export const deedOf = (
  kind: StaffDeed,
  about: string | undefined,
  changes: readonly FieldChange[],
  { id, at, staffName, correlationId }: Doing,
): StaffDeedItem => ({
  pk: `staff-act#${kind}${about === undefined ? '' : `#${about}`}`,
  sk: `${at}#${id}`,
  schema: itemSchemaNumber,
  kind,
  ...(about === undefined ? {} : { about }),
  ...(changes.length === 0 ? {} : { changes: [...changes] }),
  staffName,
  lastSeenAt: at,
  correlationId,
});

type Offer = Pick<OfferItem, 'id' | 'name' | 'category' | 'priceMinor' | 'currency' | 'archived'>;
type Stored = { readonly offer: Offer; readonly details: DetailsItem | undefined };

/** What an edit of a product did beside its stock; undefined when that is all it did. */
export const productDeed = (
  before: Stored | undefined,
  after: { readonly offer: Offer; readonly details: DetailsItem | undefined },
  doing: Doing,
): StaffDeedItem | undefined => {
  const { id } = after.offer;
  if (before === undefined) return deedOf('product-create', id, changesOf(undefined, after.offer), doing);
  const changes = [...changesOf(before.offer, after.offer), ...textChanges(before.details, after.details)];
  if (before.offer.archived !== after.offer.archived)
    return deedOf(after.offer.archived ? 'product-archive' : 'product-restore', id, changes, doing);
  return changes.length === 0 ? undefined : deedOf('product-edit', id, changes, doing);
};

const changesOf = (before: Offer | undefined, after: Offer): readonly FieldChange[] =>
  (['name', 'category', 'price'] as const).flatMap((field) => {
    const from = before === undefined ? undefined : shownValue(before, field);
    const to = shownValue(after, field);
    return from === to ? [] : [{ field, ...(from === undefined ? {} : { from }), to }];
  });

const shownValue = (offer: Offer, field: 'name' | 'category' | 'price'): string =>
  field === 'price' ? formatMoney({ amountMinor: offer.priceMinor, currency: offer.currency }) : offer[field];

/** `after` is undefined when the edit does not touch the details. */
const textChanges = (before: DetailsItem | undefined, after: DetailsItem | undefined): readonly FieldChange[] => {
  if (after === undefined) return [];
  return [
    ...((before?.description ?? '') === after.description ? [] : [{ field: 'description' }]),
    ...(JSON.stringify(before?.images ?? []) === JSON.stringify(after.images) ? [] : [{ field: 'pictures' }]),
  ];
};
