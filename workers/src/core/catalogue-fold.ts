import type { DetailsItem, OfferItem, SnapshotProduct } from '@penstock/domain/items';
import { chunkOf, foldChunk } from '@penstock/domain/snapshot';
import { stockLevelOf } from '@penstock/domain/stock';

/** The head of the snapshot as this fold reads and makes it. */
export type CatalogueHead = {
  readonly rev: number;
  readonly chunks: Readonly<Record<string, number>>;
  readonly announced?: string | undefined;
};
export type CatalogueChunk = { readonly rev: number; readonly products: readonly SnapshotProduct[] };
type ChangedChunk = { readonly readRev: number; readonly products: readonly SnapshotProduct[] };

/** One transaction: the head as it is by then, the head to be, and the chunks that go with it. */
export type CatalogueStep = {
  readonly read: CatalogueHead | undefined;
  readonly head: CatalogueHead;
  readonly chunks: ReadonlyMap<string, ChangedChunk>;
};

export type CatalogueFold = {
  readonly steps: readonly CatalogueStep[];
  /** The head's rev after the last step: what the catalogue frame carries. */
  readonly rev: number;
  /** Chunks that would outgrow a row and stay as they were. */
  readonly full: readonly string[];
};

/** Bytes of chunks in one transaction: AWS takes 4 MB, counted its own way. */
export const stepBytesMax = 3_000_000;
/** Bytes of one chunk: a row holds 400 KB, names included. */
export const chunkBytesMax = 380_000;

/** A product as the snapshot holds it: the level of its stock, not the number. */
export const snapshotProductOf = (offer: OfferItem, details: DetailsItem | undefined): SnapshotProduct => ({
  id: offer.id,
  rev: offer.rev,
  version: offer.version,
  name: offer.name,
  category: offer.category,
  description: details?.description ?? '',
  price: { amountMinor: offer.priceMinor, currency: offer.currency },
  level: stockLevelOf(offer.stock),
  images: details?.images ?? [],
  archived: offer.archived,
  createdAt: offer.createdAt,
  updatedAt: offer.updatedAt,
  ...(offer.editedAt === undefined ? {} : { editedAt: offer.editedAt }),
});

/**
 * Folds products into the snapshot as read. The head's rev goes up with everything that is announced, the number of
 * units too, because it orders the frames of topic `catalogue`; a chunk is written only when a list looks different.
 * The same products announced again (same `fingerprint`) change nothing and keep the rev. A new head's rev starts at
 * the server's milliseconds, so that a snapshot made anew is never behind what open pages have seen.
 */
export const foldCatalogue = (input: {
  readonly head: CatalogueHead | undefined;
  readonly chunks: ReadonlyMap<string, CatalogueChunk>;
  readonly products: readonly SnapshotProduct[];
  readonly fingerprint: string;
  readonly nowMs: number;
}): CatalogueFold => {
  const { head, products, fingerprint, nowMs } = input;
  const full: string[] = [];
  const changed: [string, ChangedChunk][] = [];
  for (const [name, chunk] of input.chunks) {
    const folded = foldChunk(
      chunk.products,
      products.filter((product) => chunkOf(product.id) === name),
    );
    if (folded === chunk.products) continue;
    if (bytesOf(folded) > chunkBytesMax) full.push(name);
    else changed.push([name, { readRev: chunk.rev, products: folded }]);
  }
  if (changed.length === 0 && head !== undefined && head.announced === fingerprint)
    return { steps: [], rev: head.rev, full };
  const steps: CatalogueStep[] = [];
  const groups = groupsWithin(changed, stepBytesMax);
  let read = head;
  for (const [index, group] of groups.entries()) {
    const rev: number = read === undefined ? nowMs : read.rev + 1;
    const isLast = index === groups.length - 1;
    const next: CatalogueHead = {
      rev,
      chunks: { ...read?.chunks, ...Object.fromEntries(group.map(([name]) => [name, rev])) },
      // Only the last step settles the batch: after a crash between two steps the rest is still to be announced.
      ...(isLast ? { announced: fingerprint } : {}),
    };
    steps.push({ read, head: next, chunks: new Map(group) });
    read = next;
  }
  return { steps, rev: read?.rev ?? nowMs, full };
};

/** Groups of chunks below a size; one group, perhaps empty, when they all fit: the head alone is a step too. */
const groupsWithin = (
  chunks: readonly [string, ChangedChunk][],
  bytesMax: number,
): readonly (readonly [string, ChangedChunk][])[] => {
  const groups: [string, ChangedChunk][][] = [[]];
  let bytes = 0;
  for (const chunk of chunks) {
    const size = bytesOf(chunk[1].products);
    if (bytes > 0 && bytes + size > bytesMax) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(chunk);
    bytes += size;
  }
  return groups;
};

const bytesOf = (products: readonly SnapshotProduct[]): number => Buffer.byteLength(JSON.stringify(products));
