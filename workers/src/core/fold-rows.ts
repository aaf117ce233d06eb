import type { SnapshotProduct } from '@penstock/domain/items';
import { foldChunk } from '@penstock/domain/snapshot';

type Row = readonly SnapshotProduct[];

/**
 * Folds products into the rows of their chunk. A product stays in its row while that has room, moves to the first that
 * has when it grew, and to a new row when none has: so a change writes one row, at most a few. Rows that do not change
 * are the very same arrays, and none is ever taken away.
 */
export const foldRows = (stored: readonly Row[], changes: Row, bytesMax: number): readonly Row[] => {
  const rows: Row[] = [];
  const moving: SnapshotProduct[] = [];
  const known = new Set<string>();
  for (const row of stored) {
    const own = new Set(row.map(({ id }) => id));
    for (const id of own) known.add(id);
    const { kept, outgrown } = fitted(
      row,
      foldChunk(
        row,
        changes.filter(({ id }) => own.has(id)),
      ),
      bytesMax,
    );
    rows.push(kept);
    moving.push(...outgrown);
  }
  moving.push(...changes.filter(({ id }) => !known.has(id)));
  if (moving.length === 0) return rows;
  const sizes = rows.map(bytesOf);
  for (const product of moving) {
    const size = bytesOf([product]);
    const free = sizes.findIndex((used) => used + size <= bytesMax);
    const index = free === -1 ? rows.length : free;
    rows[index] = foldChunk(rows[index] ?? [], [product]);
    sizes[index] = (sizes[index] ?? 0) + size;
  }
  return rows;
};

/** A row without the changed products for which it has become too small. */
const fitted = (before: Row, after: Row, bytesMax: number): { readonly kept: Row; readonly outgrown: Row } => {
  if (after === before) return { kept: before, outgrown: [] };
  const unchanged = new Set(before);
  let bytes = bytesOf(after);
  const outgrown = new Set<SnapshotProduct>();
  for (const product of after) {
    if (bytes <= bytesMax) break;
    if (unchanged.has(product)) continue;
    outgrown.add(product);
    bytes -= bytesOf([product]);
  }
  return { kept: after.filter((product) => !outgrown.has(product)), outgrown: [...outgrown] };
};

/** Bytes of products as JSON: a little more than the table counts. */
export const bytesOf = (products: Row): number => Buffer.byteLength(JSON.stringify(products));
