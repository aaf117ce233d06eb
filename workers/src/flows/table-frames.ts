import {
  basketItemSchema,
  type DetailsItem,
  detailsItemSchema,
  offerItemSchema,
  orderItemSchema,
} from '@penstock/domain/items';
import { chunkRowsOf } from '@penstock/domain/snapshot';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { ProductRowsReader } from '@penstock/platform/product-rows';
import { faultOf } from '@penstock/platform/row-fault';
import type { SnapshotStore } from '@penstock/platform/snapshot-store';
import { type EntityChange, foldChanges } from '#core/entity-changes';
import { basketFrames, type FrameDraft, orderFrames, productFrames } from '#core/frame-drafts';
import type { FramesOfChanges } from '#flows/broadcast';
import { readVersions } from '#flows/read-changes';

const isOffer = (image: Readonly<Record<string, unknown>>): boolean => image.part === 'offer';

/** Stream `products`: the offer's record, joined with the details as stored now. A change of details raises the offer's rev. */
export const makeProductFrames =
  ({ rows, logger }: { readonly rows: ProductRowsReader; readonly logger: Logger }): FramesOfChanges =>
  async (records) => {
    const changes = foldChanges(readVersions(records, offerItemSchema, logger, isOffer));
    const shown = changes.filter((change) => change.row !== undefined).map((change) => change.id);
    const stored = await rows.read(shown, ['details']);
    return draftEach(changes, logger, (change) =>
      productFrames(change, readDetails(stored.get(change.id)?.details, logger)),
    );
  };

/** Stream `baskets`: as GET shows it, with what is archived by the snapshot. */
export const makeBasketFrames =
  ({ snapshot, logger }: { readonly snapshot: SnapshotStore; readonly logger: Logger }): FramesOfChanges =>
  async (records) => {
    const changes = foldChanges(readVersions(records, basketItemSchema, logger));
    const products = changes.flatMap((change) => Object.keys(change.row?.lines ?? {}));
    const unavailable = await archivedAmong(snapshot, products);
    return draftEach(changes, logger, (change) => basketFrames(change, unavailable));
  };

/** Stream `orders`. `framesOf` is a collaborator, so that a test can plant a view that tells too much. */
export const makeOrderFrames =
  ({
    logger,
    framesOf = orderFrames,
  }: {
    readonly logger: Logger;
    readonly framesOf?: typeof orderFrames;
  }): FramesOfChanges =>
  async (records) =>
    draftEach(foldChanges(readVersions(records, orderItemSchema, logger)), logger, framesOf);

/** Details as stored, or none: a product without readable texts is still told, by its offer. */
export const readDetails = (row: unknown, logger: Logger): DetailsItem | undefined => {
  if (row === undefined) return undefined;
  const parsed = detailsItemSchema.safeParse(row);
  if (parsed.success) return parsed.data;
  logger.error('product-details-unreadable', { reason: faultOf(parsed.error) });
  return undefined;
};

/** The frames of each entity. One whose row no view can show is logged and left out, like a row that cannot be read (H5). */
const draftEach = <Row>(
  changes: readonly EntityChange<Row>[],
  logger: Logger,
  draft: (change: EntityChange<Row>) => readonly FrameDraft[],
): readonly FrameDraft[] =>
  changes.flatMap((change) => {
    try {
      return draft(change);
    } catch (error) {
      logger.error('stream-row-unreadable', errorFields(error));
      return [];
    }
  });

const archivedAmong = async (snapshot: SnapshotStore, productIds: readonly string[]): Promise<ReadonlySet<string>> => {
  if (productIds.length === 0) return new Set();
  const wanted = new Set(productIds);
  const head = await snapshot.readHead();
  const chunks = await snapshot.readChunks(head, chunkRowsOf(productIds, head?.chunks));
  return new Set(
    [...chunks.values()].flatMap((chunk) =>
      chunk.products.filter((product) => product.archived && wanted.has(product.id)).map((product) => product.id),
    ),
  );
};
