import type { SnapshotProduct } from '#items';
import { shardOf } from '#topics';

/**
 * Chunks of the catalogue snapshot: at 5,000 products about 80 a chunk, some 200 KB of the 400 KB that a row may have. One
 * that outgrows its row goes on in further rows: 07, 07+1, 07+2.
 */
export const snapshotChunks = 64;

/** The chunk that holds a product, as the head's map and the chunk's sort key name it: "00".."63". */
export const chunkOf = (productId: string): string => String(shardOf(productId, snapshotChunks)).padStart(2, '0');

/** The row of a chunk by its place: the first bears the chunk's name, and so it was when there was only one. */
export const chunkRow = (chunk: string, index: number): string => (index === 0 ? chunk : `${chunk}+${index}`);
/** The chunk that a row belongs to. */
export const chunkOfRow = (row: string): string => row.split('+')[0] ?? row;

/** All rows, by name, that may hold these products: `known` are those that the head names. Rows never leave a head. */
export const chunkRowsOf = (
  productIds: readonly string[],
  known: Readonly<Record<string, number>> = {},
): readonly string[] =>
  [...new Set(productIds.map(chunkOf))].flatMap((chunk) => {
    const rows = [chunk];
    while (Object.hasOwn(known, chunkRow(chunk, rows.length))) rows.push(chunkRow(chunk, rows.length));
    return rows;
  });

export const chunkSortKey = (chunk: string): string => `chunk#${chunk}`;

/**
 * Folds products into a chunk: the higher rev of each wins, so a replayed stream changes nothing. Returns the very same
 * array when nothing a list shows has changed: the number of units is not in the snapshot, only its level.
 */
export const foldChunk = (
  products: readonly SnapshotProduct[],
  changes: readonly SnapshotProduct[],
): readonly SnapshotProduct[] => {
  const byId = new Map(products.map((product) => [product.id, product]));
  let changed = false;
  for (const change of changes) {
    const known = byId.get(change.id);
    if (known !== undefined && (known.rev >= change.rev || sameFace(known, change))) continue;
    byId.set(change.id, change);
    changed = true;
  }
  if (!changed) return products;
  return [...byId.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
};

/** Whether two states of a product look the same in a list: everything but rev and the time of the last write. */
const sameFace = (left: SnapshotProduct, right: SnapshotProduct): boolean => faceOf(left) === faceOf(right);

const faceOf = ({ rev: _rev, updatedAt: _updatedAt, ...face }: SnapshotProduct): string => JSON.stringify(face);
