import { type DetailsItem, itemSchemaNumber, type OfferItem, type StockEditItem } from '@penstock/domain/items';
import type { CreateProduct, EditProduct, StockChange } from '@penstock/domain/product';

/** Edit ids that a row keeps: a repeat within the last eight edits is the same success (E2). */
const editIdsKept = 8;

/** Who edits, when, and under which id a repeat is the same edit. */
export type Edit = {
  readonly editId: string;
  readonly at: string;
  readonly staffName: string;
  readonly correlationId: string;
};

/** Units that a stock change adds; 0 when there is none. */
export const stockDeltaOf = (change: StockChange | undefined): number => {
  if (change === undefined) return 0;
  return 'delta' in change ? change.delta : change.wanted - change.seen;
};

export const newOffer = (
  id: string,
  draft: CreateProduct,
  { editId, at, staffName }: Edit,
): Omit<OfferItem, 'stock' | 'rev'> => ({
  id,
  part: 'offer',
  schema: itemSchemaNumber,
  name: draft.name,
  category: draft.category,
  priceMinor: draft.price.amountMinor,
  currency: draft.price.currency,
  version: 1,
  archived: false,
  editIds: [editId],
  createdAt: at,
  updatedAt: at,
  editedAt: at,
  editedBy: staffName,
});

export const newDetails = (
  id: string,
  { description, images }: Pick<DetailsItem, 'description' | 'images'>,
): DetailsItem => ({
  id,
  part: 'details',
  schema: itemSchemaNumber,
  description,
  images: [...images],
});

/** The offer after an edit: what the edit names, the rest as it is; version + 1. */
export const editedOffer = (
  offer: OfferItem,
  edit: Omit<EditProduct, 'version'>,
  { editId, at, staffName }: Edit,
): Omit<OfferItem, 'stock' | 'rev'> => {
  const { stock: _stock, rev: _rev, ...kept } = offer;
  return {
    ...kept,
    schema: itemSchemaNumber,
    name: edit.name ?? offer.name,
    category: edit.category ?? offer.category,
    priceMinor: edit.price?.amountMinor ?? offer.priceMinor,
    archived: edit.archived ?? offer.archived,
    version: offer.version + 1,
    editIds: [...offer.editIds, editId].slice(-editIdsKept),
    updatedAt: at,
    editedAt: at,
    editedBy: staffName,
  };
};

/** The details after an edit; undefined when it does not touch them. */
export const editedDetails = (
  id: string,
  details: DetailsItem | undefined,
  edit: Pick<EditProduct, 'description' | 'images'>,
): DetailsItem | undefined => {
  const { description = details?.description ?? '', images = details?.images ?? [] } = edit;
  const isSame =
    description === (details?.description ?? '') && JSON.stringify(images) === JSON.stringify(details?.images ?? []);
  return isSame ? undefined : newDetails(id, { description, images });
};

/** The entry in the ledger of stock edits: conservation is start + edits - placed + cancelled (E2). */
export const ledgerEntry = (
  productId: string,
  change: StockChange | undefined,
  { editId, at, staffName, correlationId }: Edit,
): StockEditItem | undefined => {
  const delta = stockDeltaOf(change);
  if (change === undefined || delta === 0) return undefined;
  return {
    pk: `stock-edit#${productId}`,
    sk: `${at}#${editId}`,
    schema: itemSchemaNumber,
    kind: 'stock-edit',
    productId,
    editId,
    delta,
    reason: change.reason,
    staffName,
    at,
    lastSeenAt: at,
    correlationId,
  };
};
