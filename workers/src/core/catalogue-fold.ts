import type { DetailsItem, OfferItem, SnapshotProduct } from '@penstock/domain/items';
import { chunkOf, chunkOfRow, chunkRow } from '@penstock/domain/snapshot';
import { stockLevelOf } from '@penstock/domain/stock';
import { bytesOf, foldRows } from '#core/fold-rows';

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
};

/** Bytes of chunks in one transaction: AWS takes 4 MB, counted its own way. */
export const stepBytesMax = 3_000_000;
/** Bytes of one row of a chunk: a row holds 400 KB, names included. One product has 60 KB at most, by its schema. */
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
  const changed = changedRows(input.chunks, products);
  if (changed.length === 0 && head !== undefined && head.announced === fingerprint) return { steps: [], rev: head.rev };
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
  return { steps, rev: read?.rev ?? nowMs };
};

/** The rows that these products change, each chunk's rows folded together; a row that no chunk had yet is new (rev 0). */
const changedRows = (
  rows: ReadonlyMap<string, CatalogueChunk>,
  products: readonly SnapshotProduct[],
): [string, ChangedChunk][] =>
  [...Map.groupBy(rows, ([name]) => chunkOfRow(name))].flatMap(([chunk, own]) => {
    const changes = products.filter((product) => chunkOf(product.id) === chunk);
    const stored = own.map(([, row]) => row.products);
    return foldRows(stored, changes, chunkBytesMax).flatMap((folded, index): [string, ChangedChunk][] =>
      folded === stored[index]
        ? []
        : [[chunkRow(chunk, index), { readRev: own[index]?.[1].rev ?? 0, products: folded }]],
    );
  });

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
